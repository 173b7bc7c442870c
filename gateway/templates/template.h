// One template, parsed: a page, a layout it extends, a file it includes. The language is oTree's
// (gateway/README.md, Templates). Made and owned by a TemplateSet; immutable once the set is
// complete, rendered on any thread.
// Guarantees: rendering parses nothing and copies nothing of the context; values are HTML-escaped
// unless the template says safe.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/templates/known_names.h"
#include "gateway/templates/node.h"
#include "gateway/templates/tag_renderer.h"

namespace rialto::templates {

class Library;
struct Parsed;
class TemplateSet;

class Template {
 public:
  // `context` is an object: the names that the template knows. Throws RenderError.
  std::string render(const Value& context, TagRenderer& tags) const;
  // With names of the layout's own, hidden behind those of `context`.
  std::string render(const Value& context, const Value& layout_context, TagRenderer& tags) const;

  // Names that are not known, in the order of the files.
  std::vector<Problem> check(const KnownNames& known) const;
  // Every word that stands after a dot, here and in all that is shown with it: what the caller need
  // not compute is not among them.
  KnownNames::Names attributes() const;

  const std::string& file() const { return source_.file; }
  // Does the page, or a layout between it and `layout`, fill that block?
  bool fills(std::string_view block) const;

  // -- for the nodes ----------------------------------------------------------------------------
  const Body& body() const { return body_; }
  const Template* layout() const { return layout_; }
  bool has_blocks() const { return !blocks_.empty(); }
  // Those of that name, the outermost layout's first; null if there is none.
  const std::vector<const BlockNode*>* blocks(const std::string& title) const;

 private:
  friend class TemplateSet;
  Template(const Library& library, Source source) : library_(library), source_(std::move(source)) {}
  // With a usual layout it is a page.
  void take(Parsed&& parsed, const Template* usual_layout, std::vector<Problem>& problems);
  void put_into_blocks(Body&& body, const Template& layout, std::vector<Problem>& problems);
  void register_blocks();

  const Library& library_;
  Source source_;
  Body body_;
  const Template* layout_ = nullptr;
  std::map<std::string, std::vector<const BlockNode*>, std::less<>> blocks_;
};

}  // namespace rialto::templates
