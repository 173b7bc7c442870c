// The HTML of a page's form, from what the actors say of it (describe_form) in the participant's
// language (form_words.h): oTree's class names and ids, so that its pages and scripts find them.
// Made for one page, refers to the form's Value. Guarantees: all texts are escaped; every input has
// a label and its errors are tied to it. AppError names a field that the form does not have.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "actors/value.h"

namespace rialto {

class FormHtml {
 public:
  // `fix_errors`: what stands above the form if only fields are wrong.
  FormHtml(const Value& form, std::string fix_errors)
      : form_(form), fix_errors_(std::move(fix_errors)) {}

  // Label, input, help and errors; `label_html` instead of its own label, "" for none to be seen.
  std::string field(std::string_view name, const std::string* label_html = nullptr) const;
  std::string fields() const;
  // "" if there are none.
  std::string field_errors(std::string_view name) const;
  // The input alone, and its label.
  std::string input(std::string_view name) const;
  std::string label(std::string_view name) const;
  // One of a field's choices as a radio button (of a checkbox and a select: as an option), from 0.
  std::string choice_input(std::string_view name, std::size_t number) const;
  std::string choice_label(std::string_view name, std::size_t number) const;
  // Above the form: what is wrong with the page, or that something is.
  std::string page_errors() const;
  // The same of fields whose errors stand nowhere in the document: of hidden inputs, and of pages
  // written by hand. "" if there are none.
  std::string errors_untold_in(std::string_view document) const;

 private:
  const Value& of(std::string_view name) const;

  const Value& form_;
  std::string fix_errors_;
};

}  // namespace rialto
