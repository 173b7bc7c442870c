// A piece of a template: text, or a tag with what stands in it. Made by the parser, owned by the
// Body it stands in, immutable, rendered on any thread.
// Guarantee: whatever fails while a body is rendered comes out as RenderError with the place.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/templates/expression.h"
#include "gateway/templates/problem.h"

namespace rialto::templates {

class BlockNode;
class Body;
class Template;

// What a template was read from; nodes point into it.
struct Source {
  std::string file;
  std::string text;

  Problem problem(std::uint32_t line, std::string message) const {
    return {file, line, std::move(message), shown_line(text, line)};
  }
};

// Is shown what stands in a node, to look at it without rendering.
class NodeVisitor {
 public:
  using Names = std::vector<std::string>;
  enum class Bound { to_each, to_all };  // what a name stands for: an item of a value, or the value

  virtual ~NodeVisitor() = default;
  virtual void expression(const Expression& expression) = 0;
  virtual void body(const Body& body, const Names& names) = 0;  // names are known in it alone
  // The first of the names stands for that.
  virtual void body_of(const Expression& value, Bound bound, const Body& body, const Names& names) {
    (void)value, (void)bound;
    this->body(body, names);
  }
  virtual void block(const BlockNode& block) = 0;
  // Null: known only when the page is rendered.
  virtual void included(const Template* included, const Names& names) = 0;
  virtual void form_field(const Expression&) {}
  virtual void static_file(const Expression&) {}
  virtual void chat_channel(const Expression&) {}
};

class Node {
 public:
  Node(const Source& source, std::uint32_t line) : source_(source), line_(line) {}
  virtual ~Node() = default;

  virtual void render(Rendering& rendering, const Scope& scope) const = 0;
  virtual void show(NodeVisitor& visitor) const { (void)visitor; }

  const Source& source() const { return source_; }
  std::uint32_t line() const { return line_; }
  Problem problem(std::string message) const { return source_.problem(line_, std::move(message)); }

 private:
  const Source& source_;
  std::uint32_t line_;
};

class Body {
 public:
  void append(std::unique_ptr<Node> node) { nodes_.push_back(std::move(node)); }
  void render(Rendering& rendering, const Scope& scope) const;
  const std::vector<std::unique_ptr<Node>>& nodes() const { return nodes_; }
  std::vector<std::unique_ptr<Node>> take() { return std::move(nodes_); }

 private:
  std::vector<std::unique_ptr<Node>> nodes_;
};

}  // namespace rialto::templates
