#include "gateway/templates/scope.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "gateway/templates/problem.h"
#include "gateway/templates/python_text.h"

namespace rialto::templates {
namespace {

using Kind = Operand::Kind;

const Value no_errors = Value::empty_list();

// -1 if the word is no number.
std::int64_t number_in(std::string_view word) {
  std::int64_t number = -1;
  const auto read = std::from_chars(word.data(), word.data() + word.size(), number);
  return read.ptr == word.data() + word.size() ? number : -1;
}

bool found(const Value* value, Operand& to, Kind kind = Kind::plain) {
  if (!value) return false;
  to = Operand(value, kind);
  return true;
}

bool step_into_field(const Operand& from, std::string_view word, Operand& to) {
  const Value& field = from.value();
  if (word == "label") {
    const Value* label = field.find("label");
    to = Operand::part(label ? label : &field, Kind::label, &field);
    return true;
  }
  const Value* part = field.find(word);
  if (!part && word == "errors") part = &no_errors;
  return found(part, to);
}

bool step_into_choice(const Operand& from, std::string_view word, Operand& to) {
  if (word != "label") return found(from.value().find(word), to);
  to = Operand::part(&from.value(), Kind::choice_label, from.field, from.number);
  return true;
}

bool step_into_item(const Value& value, std::string_view word, Operand& to,
                    Kind kind = Kind::plain) {
  const std::int64_t number = number_in(word);
  if (number < 0) return false;
  if (value.is_list()) {
    return std::cmp_less(number, value.size()) && found(&value[number], to, kind);
  }
  if (!value.is_string()) return false;
  const auto letters = characters(value.text());
  if (std::cmp_greater_equal(number, letters.size())) return false;
  to = Operand(Value(letters[static_cast<std::size_t>(number)]));
  return true;
}

std::string joined(const std::vector<std::string>& path, std::size_t words) {
  std::string text;
  for (std::size_t i = 0; i < words; ++i) text += (i > 0 ? "." : "") + path[i];
  return text;
}

void refuse_null(const Operand& operand, const std::vector<std::string>& path, std::size_t words) {
  if (operand.kind != Kind::model || !operand.value().is_null() || words < 2) return;
  throw Failure(joined(path, words) + " is None: nothing has been stored in it; if that may be, " +
                "write " + joined(path, words - 1) + ".field_maybe_none('" + path[words - 1] +
                "')");
}

// How many words of the path lead somewhere.
std::size_t walk(const std::vector<std::string>& path, std::size_t words, const Scope& scope,
                 Operand& at) {
  if (!scope.find(path[0], at)) return 0;
  for (std::size_t i = 1; i < words; ++i) {
    Operand next;
    if (!step(at, path[i], next)) return i;
    at = std::move(next);
    refuse_null(at, path, i + 1);
  }
  return words;
}

}  // namespace

bool is_model(std::string_view name) {
  constexpr std::array<std::string_view, 5> models{"player", "group", "subsession", "participant",
                                                   "session"};
  return std::ranges::find(models, name) != models.end();
}

bool is_list_of_models(std::string_view name) {
  constexpr std::array<std::string_view, 6> lists{"in_all_rounds",       "in_previous_rounds",
                                                  "get_others_in_group", "get_others_in_subsession",
                                                  "get_players",         "get_groups"};
  return std::ranges::find(lists, name) != lists.end();
}

bool Scope::find(std::string_view name, Operand& found) const {
  for (const Scope* scope = this; scope; scope = scope->outer_) {
    for (const Name& own : scope->names_) {
      if (own.name != name) continue;
      found = own.operand->borrowed();
      return true;
    }
    const Value* member = scope->object_ ? scope->object_->find(name) : nullptr;
    if (!member) continue;
    found = Operand(member, name == "form"   ? Kind::form
                            : is_model(name) ? Kind::model
                                             : Kind::plain);
    return true;
  }
  return false;
}

const Value* field_of(const Value& form, std::string_view name) {
  const Value* fields = form.find("fields");
  if (!fields || !fields->is_list()) return nullptr;
  for (const Value& field : *fields) {
    const Value* own = field.find("name");
    if (own && own->is_string() && own->text() == name) return &field;
  }
  return nullptr;
}

bool step(const Operand& from, std::string_view word, Operand& to) {
  const Value& value = from.value();
  switch (from.kind) {
    case Kind::form:
      return found(field_of(value, word), to, Kind::field) || found(value.find(word), to);
    case Kind::field:
      return step_into_field(from, word, to);
    case Kind::label:
      return word == "text" && found(&value, to);
    case Kind::choice:
      return step_into_choice(from, word, to);
    case Kind::model: {
      const Value* member = value.find(word);
      if (member && is_list_of_models(word)) return found(member, to, Kind::models);
      const bool model = member && (member->is_null() || member->is_object());
      return found(member, to, model ? Kind::model : Kind::plain);
    }
    case Kind::models:
      return step_into_item(value, word, to, Kind::model);
    case Kind::plain:
      return value.is_object() ? found(value.find(word), to) : step_into_item(value, word, to);
    case Kind::choice_label:
    case Kind::items:
      return false;
  }
  return false;
}

Operand follow(const std::vector<std::string>& path, std::size_t words, const Scope& scope) {
  Operand at;
  const std::size_t there = walk(path, words, scope, at);
  if (there == words) return at;
  if (there == 0) throw Failure("there is no \"" + path[0] + "\"");
  throw Failure("\"" + joined(path, there) + "\" has no \"" + path[there] + "\"");
}

Operand follow(const std::vector<std::string>& path, const Scope& scope) {
  return follow(path, path.size(), scope);
}

bool leads_somewhere(const std::vector<std::string>& path, const Scope& scope) {
  Operand at;
  return walk(path, path.size(), scope, at) == path.size();
}

}  // namespace rialto::templates
