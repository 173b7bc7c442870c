// The tags that the page answers (TagRenderer): form fields, buttons, the chat, static files.
#pragma once

#include <optional>
#include <string>

#include "gateway/templates/node.h"

namespace rialto::templates {

// {{ formfield 'x' }}, {{ formfield 'x' label='…' }}, {{ formfield_errors 'x' }}, {{ formfields }}
class FormFieldNode : public Node {
 public:
  enum class Part { whole, errors };
  // `text` is what follows the tag's name.
  FormFieldNode(const Source& source, std::uint32_t line, Part part, std::string_view text);
  void render(Rendering& rendering, const Scope& scope) const override;
  void show(NodeVisitor& visitor) const override;

 private:
  Part part_;
  Expression field_;
  std::optional<Expression> label_;
};

class FormFieldsNode : public Node {
 public:
  using Node::Node;
  void render(Rendering& rendering, const Scope& scope) const override;
};

// {{ next_button }}, {{ next_button 'Go on' }}, {{ back_button }}
class ButtonNode : public Node {
 public:
  enum class Direction { next, back };
  ButtonNode(const Source& source, std::uint32_t line, Direction direction, std::string_view text);
  void render(Rendering& rendering, const Scope& scope) const override;
  void show(NodeVisitor& visitor) const override;

 private:
  Direction direction_;
  std::optional<Expression> text_;
};

// {{ chat }}, {{ chat channel=group.id nickname=player.role }}
class ChatNode : public Node {
 public:
  ChatNode(const Source& source, std::uint32_t line, std::string_view text);
  void render(Rendering& rendering, const Scope& scope) const override;
  void show(NodeVisitor& visitor) const override;

 private:
  std::optional<Expression> channel_;
  std::optional<Expression> nickname_;
};

// {{ static 'auction/pic.png' }}
class StaticNode : public Node {
 public:
  StaticNode(const Source& source, std::uint32_t line, std::string_view text);
  void render(Rendering& rendering, const Scope& scope) const override;
  void show(NodeVisitor& visitor) const override;

 private:
  Expression path_;
};

}  // namespace rialto::templates
