#include "gateway/templates/file_nodes.h"

#include <algorithm>

#include "gateway/templates/rendering.h"
#include "gateway/templates/scope.h"
#include "gateway/templates/split.h"
#include "gateway/templates/template.h"

namespace rialto::templates {
namespace {

constexpr std::size_t deepest = 20;  // includes that only the rendering knows of

}  // namespace

IncludeNode::IncludeNode(const Source& source, std::uint32_t line, IncludeFrom from,
                         std::string_view text, Library& library)
    : Node(source, line), from_(from), library_(library) {
  const auto parts = split(text, spaced_word("with"));
  if (parts.size() > 2) throw Failure("written {{ include 'file.html' with a=1 & b=2 }}");
  name_ = Expression::parse(parts[0]);
  if (parts.size() == 2) {
    for (const std::string_view part : split(parts[1], symbol("&"))) {
      if (trimmed(part).empty()) continue;
      const std::size_t equals = part.find('=');
      const std::string_view name = trimmed(part.substr(0, equals));
      if (equals == part.npos || !is_name(name)) {
        throw Failure("written {{ include 'file.html' with a=1 & b=2 }}");
      }
      variables_.emplace_back(name, Expression::parse(part.substr(equals + 1)));
    }
  }
  if (name_.literal && !name_.literal_text()) throw Failure("the name of a file is a text");
  if (const auto literal = name_.literal_text()) {
    known_ = library.load(full_name(*literal));
    if (known_ && known_->has_blocks()) {
      throw Failure("\"" + known_->file() + "\" has blocks, which an included file cannot have");
    }
  }
}

std::string IncludeNode::full_name(const std::string& name) const {
  if (from_ == IncludeFrom::anywhere) return name;
  if (name.find('/') != name.npos) {
    throw Failure("include_sibling takes the name of a file in the same folder, without \"/\"");
  }
  const std::size_t slash = source().file.rfind('/');
  return slash == std::string::npos ? name : source().file.substr(0, slash + 1) + name;
}

const Template& IncludeNode::choose(Rendering& rendering, const Scope& scope) const {
  const Operand name = name_.evaluate(rendering, scope);
  if (!name.value().is_string()) {
    throw Failure("\"" + name_.text + "\" is " + name.value().dump() + " and no file's name");
  }
  const Template& chosen = library_.find(full_name(name.value().as<std::string>()));
  if (chosen.has_blocks()) {
    throw Failure("\"" + chosen.file() + "\" has blocks, which an included file cannot have");
  }
  return chosen;
}

void IncludeNode::render(Rendering& rendering, const Scope& scope) const {
  if (known_) return render_included(*known_, rendering, scope);
  if (name_.literal) throw Failure("the file has problems");  // told when it was read
  const Template& chosen = choose(rendering, scope);
  if (rendering.including.size() == deepest) {
    std::string chain;
    for (const std::string& file : rendering.including) chain += file + " -> ";
    throw Failure("files include each other without end: " + chain + chosen.file());
  }
  rendering.including.push_back(chosen.file());
  render_included(chosen, rendering, scope);
  rendering.including.pop_back();
}

void IncludeNode::render_included(const Template& included, Rendering& rendering,
                                  const Scope& scope) const {
  std::vector<Operand> values;
  std::vector<Scope::Name> names;
  values.reserve(variables_.size());
  for (const auto& [name, expression] : variables_) {
    // Each may use those before it.
    values.push_back(expression.evaluate(rendering, Scope(names, scope)));
    names.insert(names.begin(), {name, &values.back()});
  }
  included.body().render(rendering, Scope(names, scope));
}

void IncludeNode::show(NodeVisitor& visitor) const {
  NodeVisitor::Names names;
  visitor.expression(name_);
  for (const auto& [name, expression] : variables_) {
    visitor.expression(expression);
    names.push_back(name);
  }
  if (known_ || !name_.literal) visitor.included(known_, names);
}

// -- block --------------------------------------------------------------------------------------

void BlockNode::render(Rendering& rendering, const Scope& scope) const {
  const auto* blocks = rendering.page.blocks(title_);
  // Shown where it comes first, as it was filled last.
  if (!blocks || blocks->front() != this) return;
  const auto* const outer_blocks = std::exchange(rendering.blocks, blocks);
  const std::size_t outer_ancestors = std::exchange(rendering.ancestors, blocks->size() - 1);
  blocks->back()->body.render(rendering, scope);
  rendering.blocks = outer_blocks;
  rendering.ancestors = outer_ancestors;
}

std::string BlockNode::render_ancestor(Rendering& rendering, const Scope& scope) {
  if (!rendering.blocks) throw Failure("super stands in a block alone");
  if (rendering.ancestors == 0) return {};
  std::string text;
  std::string* const out = std::exchange(rendering.out, &text);
  const std::size_t level = rendering.ancestors--;
  (*rendering.blocks)[level - 1]->body.render(rendering, scope);
  rendering.ancestors = level;
  rendering.out = out;
  return text;
}

void BlockNode::show(NodeVisitor& visitor) const { visitor.block(*this); }

}  // namespace rialto::templates
