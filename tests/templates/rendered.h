// What the tests of this ring begin with: templates in memory, and tags that say what they were
// asked.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "gateway/templates/tag_renderer.h"
#include "gateway/templates/template_set.h"

namespace rialto::templates {

using Files = std::map<std::string, std::string>;

// Each tag comes out as [tag arguments].
class SaidTags : public TagRenderer {
 public:
  std::string formfield(std::string_view name, const std::string* label_html) override;
  std::string formfields() override;
  std::string formfield_errors(std::string_view name) override;
  std::string field_input(std::string_view name) override;
  std::string field_label(std::string_view name) override;
  std::string choice_input(std::string_view name, std::size_t number) override;
  std::string choice_label(std::string_view name, std::size_t number) override;
  std::string next_button(std::string_view text_html) override;
  std::string back_button(std::string_view text_html) override;
  std::string chat(std::string_view channel, std::string_view nickname) override;
  std::string static_url(std::string_view path) override;
  std::string translated(std::string_view text) override;
};

TemplateSet set_of(Files files);

// What {{ text }} of a file app/Page.html becomes; of a problem, its whole text.
std::string rendered(std::string_view text, const Value& context = Value::object());
// The same with other files beside it. With a layout it is a page.
std::string rendered(Files files, const std::string& name, const Value& context,
                     const std::string& layout = {});

}  // namespace rialto::templates
