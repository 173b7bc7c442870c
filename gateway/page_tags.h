// What a page's tags become: fields of its form, buttons, static files; in the reader's language.
// Made for one page, on the stack of who renders it; refers to what it was made from.
// Guarantee: what is not there is a Failure with a sentence for the author.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "actors/messages.h"
#include "gateway/assets.h"
#include "gateway/form_html.h"
#include "gateway/links.h"
#include "gateway/static_files.h"
#include "gateway/templates/tag_renderer.h"
#include "gateway/words.h"

namespace rialto {

class PageTags : public templates::TagRenderer {
 public:
  struct Parts {
    const Words::Language& language;
    const StaticFiles& files;
    std::string prefix;              // of URLs
    const FormHtml* form = nullptr;  // null: the page has none
    const PageView& view;
    const std::string& participant;
    const Links& links;
    const Assets& assets;
  };

  explicit PageTags(Parts parts) : parts_(std::move(parts)) {}

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

 private:
  const FormHtml& form() const;
  std::string own_nickname() const;

  Parts parts_;
};

}  // namespace rialto
