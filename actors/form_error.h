// Why something that was written into a form is not taken: in the game's own words, or as one of
// our sentences, which the gateway has in several languages (gateway/browser/words.json, keys
// form_…). A plain value. Guarantee: `text` is always there, in English or as the game wrote it.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "actors/value.h"

namespace rialto {

struct FormError {
  // The game's own words.
  explicit FormError(std::string own_words) : text(std::move(own_words)) {}
  // One of our sentences; `slots` is an object with what stands in its {braces}.
  static FormError ours(std::string_view key, Value slots = Value::object());

  // {"text": …}, and if it is ours {"text": …, "key": "form_min", "slots": {"min": "3"}}.
  Value to_value() const;

  std::string text;
  std::string key;  // "": the game's own words
  Value slots = Value::object();
};

// All that is wrong with a form.
struct FormErrors {
  struct OfField {
    std::string name;
    std::vector<FormError> errors;
  };

  std::vector<FormError> page;  // of the page as a whole
  std::vector<OfField> fields;  // only fields that have some

  bool empty() const { return page.empty() && fields.empty(); }
  void add(const std::string& field, FormError error);
  // One line for a log or a test: "Please …; offer: Please …"
  std::string text() const;
};

}  // namespace rialto
