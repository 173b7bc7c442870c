#include "actors/form_error.h"

#include <algorithm>
#include <array>
#include <cassert>

namespace rialto {
namespace {

// The same in gateway/browser/words.json; a test compares them.
constexpr std::array<std::pair<std::string_view, std::string_view>, 10> sentences{{
    {"form_required", "Please answer this question."},
    {"form_choice", "Please choose one of the answers shown."},
    {"form_whole", "Please enter a whole number."},
    {"form_number", "Please enter a number."},
    {"form_large", "This number is too large."},
    {"form_min", "Please enter {min} or more."},
    {"form_max", "Please enter {max} or less."},
    {"form_range", "Please enter a number from {min} to {max}."},
    {"form_long", "Please write at most {max} characters."},
    {"form_character",
     "This text has a character that cannot be kept (NUL). Please write it again."},
}};

std::string filled(std::string_view sentence, const Value& slots) {
  std::string text(sentence);
  for (const auto& [name, value] : slots.members()) {
    const std::string slot = "{" + name + "}";
    const std::size_t at = text.find(slot);
    if (at != text.npos) text.replace(at, slot.size(), value.as<std::string>());
  }
  return text;
}

}  // namespace

FormError FormError::ours(std::string_view key, Value slots) {
  const auto found = std::ranges::find(sentences, key, [](const auto& each) { return each.first; });
  assert(found != sentences.end());
  FormError error(filled(found->second, slots));
  error.key = key;
  error.slots = std::move(slots);
  return error;
}

Value FormError::to_value() const {
  Value value{{"text", text}};
  if (!key.empty()) value.set("key", key).set("slots", slots);
  return value;
}

void FormErrors::add(const std::string& field, FormError error) {
  auto found = std::ranges::find(fields, field, &OfField::name);
  if (found == fields.end()) found = fields.insert(fields.end(), {field, {}});
  found->errors.push_back(std::move(error));
}

std::string FormErrors::text() const {
  std::string line;
  const auto append = [&line](const std::string& words) {
    line += (line.empty() ? "" : "; ") + words;
  };
  for (const FormError& error : page) append(error.text);
  for (const OfField& field : fields) {
    for (const FormError& error : field.errors) append(field.name + ": " + error.text);
  }
  return line;
}

}  // namespace rialto
