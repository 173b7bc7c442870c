#include "gateway/page_tags.h"

#include "gateway/assets.h"
#include "gateway/template.h"
#include "gateway/templates/problem.h"

namespace rialto {

using templates::Failure;

const FormHtml& PageTags::form() const {
  if (!parts_.form) throw Failure("this page has no form");
  return *parts_.form;
}

std::string PageTags::formfield(std::string_view name, const std::string* label_html) {
  return form().field(name, label_html);
}
// A page without fields may say {{ formfields }} all the same, as in oTree.
std::string PageTags::formfields() { return parts_.form ? parts_.form->fields() : std::string(); }
std::string PageTags::formfield_errors(std::string_view name) { return form().field_errors(name); }
std::string PageTags::field_input(std::string_view name) { return form().input(name); }
std::string PageTags::field_label(std::string_view name) { return form().label(name); }
std::string PageTags::choice_input(std::string_view name, std::size_t number) {
  return form().choice_input(name, number);
}
std::string PageTags::choice_label(std::string_view name, std::size_t number) {
  return form().choice_label(name, number);
}

std::string PageTags::next_button(std::string_view text_html) {
  Slots slots;
  if (text_html.empty())
    slots.text("next", parts_.language["next"]);
  else
    slots.html("next", std::string(text_html));
  return slots.fill(embedded("next_button.html"));
}

std::string PageTags::back_button(std::string_view) {
  throw Failure("there is no way back between pages, so there is no back_button");
}

std::string PageTags::chat(std::string_view, std::string_view) {
  throw Failure("there is no chat tag; the game apps/chat shows a chat of one's own");
}

std::string PageTags::static_url(std::string_view path) {
  std::string url = parts_.files.url(parts_.prefix, path);
  if (url.empty()) throw Failure("there is no static file \"" + std::string(path) + "\"");
  return url;
}

}  // namespace rialto
