#include "gateway/templates/template.h"

#include <algorithm>

#include "gateway/templates/file_nodes.h"
#include "gateway/templates/flow_nodes.h"
#include "gateway/templates/name_check.h"
#include "gateway/templates/parser.h"
#include "gateway/templates/rendering.h"
#include "gateway/templates/scope.h"
#include "gateway/templates/split.h"
#include "gateway/templates/template_set.h"

namespace rialto::templates {
namespace {

// Finds the blocks of a template wherever they stand.
class BlockFinder : public NodeVisitor {
 public:
  explicit BlockFinder(std::map<std::string, std::vector<const BlockNode*>, std::less<>>& found)
      : found_(found) {}

  void expression(const Expression&) override {}
  void included(const Template*, const Names&) override {}
  void body(const Body& body, const Names&) override {
    for (const auto& node : body.nodes()) node->show(*this);
  }
  void block(const BlockNode& block) override {
    found_[block.title()].push_back(&block);
    body(block.body, {});
  }

 private:
  std::map<std::string, std::vector<const BlockNode*>, std::less<>>& found_;
};

const std::string content = "content";

bool is_blank(const Node& node) {
  const auto* text = dynamic_cast<const TextNode*>(&node);
  return text && trimmed(text->text()).empty();
}

// The line where a text says something.
std::uint32_t line_of(const TextNode& text) {
  const auto* const first = std::ranges::find_if_not(text.text(), is_space);
  return text.line() + static_cast<std::uint32_t>(std::count(text.text().begin(), first, '\n'));
}

const BlockNode* as_block(const Node& node) { return dynamic_cast<const BlockNode*>(&node); }

}  // namespace

std::string Template::render(const Value& context, TagRenderer& tags) const {
  return render(context, Value(), tags);
}

std::string Template::render(const Value& context, const Value& layout_context,
                             TagRenderer& tags) const {
  std::string out;
  Rendering rendering{*this, tags, &out};
  const Scope layouts(layout_context);
  const Scope scope(context, &layouts);
  // The outermost layout first; what stands outside of blocks in those it is extended by follows.
  std::vector<const Template*> line;
  for (const Template* each = this; each; each = each->layout_) line.push_back(each);
  for (auto each = line.rbegin(); each != line.rend(); ++each) {
    (*each)->body_.render(rendering, scope);
  }
  return out;
}

std::vector<Problem> Template::check(const KnownNames& known) const {
  return check_names(*this, known);
}

KnownNames::Names Template::attributes() const {
  bool any = false;
  KnownNames::Names names = attributes_of(*this, any);
  if (any) names.merge(library_.attributes());
  return names;
}

bool Template::fills(std::string_view block) const {
  const auto found = blocks_.find(block);
  return found != blocks_.end() && found->second.size() > 1;
}

const std::vector<const BlockNode*>* Template::blocks(const std::string& title) const {
  const auto found = blocks_.find(title);
  return found == blocks_.end() ? nullptr : &found->second;
}

void Template::take(Parsed&& parsed, const Template* usual_layout, std::vector<Problem>& problems) {
  problems.insert(problems.end(), parsed.problems.begin(), parsed.problems.end());
  layout_ = parsed.layout;
  if (!usual_layout) {
    body_ = std::move(parsed.body);
  } else if (parsed.extends) {
    body_ = std::move(parsed.body);
    for (const auto& node : body_.nodes()) {
      const auto* text = dynamic_cast<const TextNode*>(node.get());
      if (!text || is_blank(*text)) continue;
      problems.push_back(source_.problem(
          line_of(*text), "what a page with extends shows stands in blocks: {{ block content }}"));
    }
  } else {
    layout_ = usual_layout;
    put_into_blocks(std::move(parsed.body), *usual_layout, problems);
  }
  register_blocks();
}

// A page that extends nothing: its blocks fill the usual layout's, all else is its content.
void Template::put_into_blocks(Body&& body, const Template& layout,
                               std::vector<Problem>& problems) {
  auto nodes = body.take();
  const bool has_content = std::ranges::any_of(nodes, [](const auto& node) {
    const BlockNode* block = as_block(*node);
    return block && block->title() == content;
  });
  auto rest = std::make_unique<BlockNode>(source_, 1, content);
  for (auto& node : nodes) {
    const BlockNode* block = as_block(*node);
    if (block && layout.blocks(block->title())) {
      body_.append(std::move(node));
    } else if (!has_content) {
      rest->body.append(std::move(node));
    } else if (const auto* text = dynamic_cast<const TextNode*>(node.get());
               text && !is_blank(*text)) {
      problems.push_back(source_.problem(
          line_of(*text), "the page has a block content, so everything else stands in blocks"));
    }
  }
  if (!has_content) body_.append(std::move(rest));
}

void Template::register_blocks() {
  std::vector<const Template*> line;
  for (const Template* each = this; each; each = each->layout_) line.push_back(each);
  BlockFinder finder(blocks_);
  for (auto each = line.rbegin(); each != line.rend(); ++each) finder.body((*each)->body_, {});
}

}  // namespace rialto::templates
