#include "gateway/form_words.h"

namespace rialto {
namespace {

// {"text": …, "key": …, "slots": …} or already a text.
Value in_words(const Value& said, const Words::Language& words) {
  if (!said.is_object()) return said;
  const Value* sentence = words.words->find(said.get("key", ""));
  if (!sentence) return said["text"];
  auto text = sentence->as<std::string>();
  const Value* slots = said.find("slots");
  if (!slots) return text;
  for (const auto& [name, value] : slots->members()) {
    const std::string slot = "{" + name + "}";
    const std::size_t at = text.find(slot);
    if (at != text.npos) text.replace(at, slot.size(), value.as<std::string>());
  }
  return text;
}

Value all_in_words(const Value& errors, const Words::Language& words) {
  Value texts = Value::empty_list();
  for (const Value& error : errors) texts.append(in_words(error, words));
  return texts;
}

Value field_in_words(Value field, const Words::Language& words) {
  field.set("errors", all_in_words(field["errors"], words));
  if (field.contains("unit")) field.set("unit", in_words(field["unit"], words));
  if (!field["choices"].is_list()) return field;
  Value choices = Value::empty_list();
  for (const Value& choice : field["choices"]) {
    choices.append(list(choice[0], in_words(choice[1], words)));
  }
  field.set("choices", std::move(choices));
  return field;
}

}  // namespace

Value form_in_words(const Value& form, const Words::Language& words) {
  Value fields = Value::empty_list();
  for (const Value& field : form["fields"]) fields.append(field_in_words(field, words));
  return {{"fields", std::move(fields)}, {"errors", all_in_words(form["errors"], words)}};
}

}  // namespace rialto
