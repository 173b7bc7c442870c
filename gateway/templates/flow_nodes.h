// Text, {{ expression }}, if, for and with.
#pragma once

#include <string>
#include <vector>

#include "gateway/templates/condition.h"
#include "gateway/templates/node.h"

namespace rialto::templates {

class TextNode : public Node {
 public:
  TextNode(const Source& source, std::uint32_t line, std::string_view text)
      : Node(source, line), text_(text) {}
  void render(Rendering& rendering, const Scope& scope) const override;
  std::string_view text() const { return text_; }

 private:
  std::string_view text_;  // of the source
};

// {{ a }}, {{ a or b }} (the first that is true, otherwise the last), {{ a ?? b :: c }}.
class PrintNode : public Node {
 public:
  PrintNode(const Source& source, std::uint32_t line, std::string_view text);
  void render(Rendering& rendering, const Scope& scope) const override;
  void show(NodeVisitor& visitor) const override;

 private:
  bool ternary_ = false;
  std::vector<Expression> expressions_;
};

class IfNode : public Node {
 public:
  struct Branch {
    Test test;
    Body body;
  };

  using Node::Node;
  void render(Rendering& rendering, const Scope& scope) const override;
  void show(NodeVisitor& visitor) const override;

  std::vector<Branch> branches;
  Body otherwise;
};

// {{ for x in list }}, {{ for key, value in object.items }}; forloop.counter and counter0 in it.
class ForNode : public Node {
 public:
  // `text` is what follows `for`.
  ForNode(const Source& source, std::uint32_t line, std::string_view text);
  void render(Rendering& rendering, const Scope& scope) const override;
  void show(NodeVisitor& visitor) const override;

  Body each;
  Body empty;

 private:
  class Round;

  std::vector<std::string> names_;
  Expression list_;
};

class WithNode : public Node {
 public:
  WithNode(const Source& source, std::uint32_t line, std::string_view text);
  void render(Rendering& rendering, const Scope& scope) const override;
  void show(NodeVisitor& visitor) const override;

  Body body;

 private:
  std::string name_;
  Expression expression_;
};

// ibis_tag_lvar and the like: braces as text. trans: a text in the reader's language.
class TransNode : public Node {
 public:
  TransNode(const Source& source, std::uint32_t line, std::string_view text);
  void render(Rendering& rendering, const Scope& scope) const override;
  void show(NodeVisitor& visitor) const override;

 private:
  Expression expression_;
};

}  // namespace rialto::templates
