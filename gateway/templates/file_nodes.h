// include, include_sibling and block.
#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "gateway/templates/known_names.h"
#include "gateway/templates/node.h"

namespace rialto::templates {

// Where templates find others. Failure says why there is none.
class Library {
 public:
  virtual ~Library() = default;
  // While a template is read: reads the other, too. Null: it has problems of its own.
  virtual const Template* load(const std::string& name) = 0;
  // While a page is rendered: what was read at the start.
  virtual const Template& find(const std::string& name) const = 0;
  // Every word after a dot in any file that `find` may give.
  virtual KnownNames::Names attributes() const = 0;
};

enum class IncludeFrom { anywhere, same_folder };

// {{ include 'auction/rules.html' with a=1 & b=player.x }}
class IncludeNode : public Node {
 public:
  // `text` is what follows the tag's name.
  IncludeNode(const Source& source, std::uint32_t line, IncludeFrom from, std::string_view text,
              Library& library);
  void render(Rendering& rendering, const Scope& scope) const override;
  void show(NodeVisitor& visitor) const override;

 private:
  std::string full_name(const std::string& name) const;
  const Template& choose(Rendering& rendering, const Scope& scope) const;
  void render_included(const Template& included, Rendering& rendering, const Scope& scope) const;

  IncludeFrom from_;
  Expression name_;
  std::vector<std::pair<std::string, Expression>> variables_;
  const Library& library_;
  const Template* known_ = nullptr;  // where the name is a literal
};

// {{ block title }} … {{ endblock }}: shown where the outermost layout has it, filled by the page.
class BlockNode : public Node {
 public:
  BlockNode(const Source& source, std::uint32_t line, std::string_view title)
      : Node(source, line), title_(title) {}
  void render(Rendering& rendering, const Scope& scope) const override;
  void show(NodeVisitor& visitor) const override;
  const std::string& title() const { return title_; }

  // {{ super() }}: the same block of the layout.
  static std::string render_ancestor(Rendering& rendering, const Scope& scope);

  Body body;

 private:
  std::string title_;
};

}  // namespace rialto::templates
