#include "gateway/templates/methods.h"

#include <algorithm>
#include <array>
#include <string>

#include "gateway/templates/problem.h"
#include "gateway/templates/split.h"

namespace rialto::templates {
namespace {

using Arguments = std::span<const Value>;
using Kind = Operand::Kind;

enum class On { object, text, list, model };
enum class Takes { anything, texts, numbers };

struct Method {
  On on;
  std::string_view name;
  Takes takes;
  std::size_t least, most;  // how many arguments
  Operand (*call)(const Operand& on, Arguments arguments);
};

char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; }
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

template <char (*change)(char)>
Operand each_letter(const Operand& on, Arguments) {
  std::string text(on.value().text());
  std::ranges::transform(text, text.begin(), change);
  return Operand(Value(std::move(text)));
}

// The first letter of the text, or of each word, large, the rest small.
template <bool every_word>
Operand capitals(const Operand& on, Arguments) {
  std::string text(on.value().text());
  bool large = true;
  for (char& c : text) {
    c = large ? upper(c) : lower(c);
    large = every_word && !((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'));
  }
  return Operand(Value(std::move(text)));
}

Operand pairs(const Operand& on, Arguments) { return Operand(&on.value(), Kind::items); }

template <bool keys>
Operand keys_or_values(const Operand& on, Arguments) {
  Value made = Value::empty_list();
  for (const auto& [key, value] : on.value().members()) {
    if constexpr (keys)
      made.append(key);
    else
      made.append(value);
  }
  return Operand(std::move(made));
}

Operand get(const Operand& on, Arguments arguments) {
  const Value* found = arguments[0].is_string() ? on.value().find(arguments[0].text()) : nullptr;
  if (found) return Operand(found);
  return arguments.size() > 1 ? Operand(&arguments[1]) : Operand(Value());
}

Operand field_maybe_none(const Operand& on, Arguments arguments) {
  const Value* found = on.value().find(arguments[0].text());
  if (!found) throw Failure("it has no \"" + std::string(arguments[0].text()) + "\"");
  return Operand(found);
}

// What people read of the choice that was taken; the value itself where there are no labels.
Operand field_display(const Operand& on, Arguments arguments) {
  const Value* const labels = on.value().find("field display");
  const Value* const label = labels ? labels->find(arguments[0].text()) : nullptr;
  return label ? Operand(label) : field_maybe_none(on, arguments);
}

const Value& list_of(const Operand& on, std::string_view name, std::string_view method) {
  const Value* const list = on.value().find(name);
  if (list == nullptr) throw Failure("it has no \"" + std::string(method) + "\"");
  return *list;
}

constexpr char id_in_group[] = "id_in_group";
constexpr char role[] = "role";

// The player of a group whose attribute is that.
template <const char* attribute>
Operand player_by(const Operand& on, Arguments arguments) {
  for (const Value& player : list_of(on, "get_players", "get_players")) {
    if (player[attribute] == arguments[0]) return Operand(&player, Kind::model);
  }
  throw Failure("the group has no player whose " + std::string(attribute) + " is " +
                arguments[0].dump());
}

// Of a player or a group: rounds up to this one.
Operand in_round(const Operand& on, Arguments arguments) {
  for (const Value& each : list_of(on, "in_all_rounds", "in_round")) {
    if (each["round_number"] == arguments[0]) return Operand(&each, Kind::model);
  }
  throw Failure("a page looks back at round 1 to its own, not at " + arguments[0].dump());
}

Operand in_rounds(const Operand& on, Arguments arguments) {
  Value made = Value::empty_list();
  for (const Value& each : list_of(on, "in_all_rounds", "in_rounds")) {
    const auto round = each["round_number"].stored_whole();
    if (round >= arguments[0].stored_whole() && round <= arguments[1].stored_whole())
      made.append(each);
  }
  Operand rounds(std::move(made));
  rounds.kind = Kind::models;
  return rounds;
}

Operand strip(const Operand& on, Arguments) { return Operand(Value(trimmed(on.value().text()))); }

template <bool start>
Operand begins_or_ends(const Operand& on, Arguments arguments) {
  const std::string_view text = on.value().text();
  const std::string_view wanted = arguments[0].text();
  return Operand(Value(start ? text.starts_with(wanted) : text.ends_with(wanted)));
}

Operand replace(const Operand& on, Arguments arguments) {
  const std::string_view from = arguments[0].text();
  std::string text(on.value().text());
  if (from.empty()) throw Failure("replace needs a text to look for");
  for (std::size_t at = text.find(from); at != text.npos;
       at = text.find(from, at + arguments[1].text().size())) {
    text.replace(at, from.size(), arguments[1].text());
  }
  return Operand(Value(std::move(text)));
}

Operand split_text(const Operand& on, Arguments arguments) {
  std::string_view text = on.value().text();
  Value made = Value::empty_list();
  if (arguments.empty()) {
    text = trimmed(text);
    while (!text.empty()) {
      const auto end =
          static_cast<std::size_t>(std::ranges::find_if(text, is_space) - text.begin());
      made.append(text.substr(0, end));
      text = trimmed(text.substr(end));
    }
    return Operand(std::move(made));
  }
  const std::string_view by = arguments[0].text();
  if (by.empty()) throw Failure("split needs a text to split at");
  for (;;) {
    const std::size_t end = text.find(by);
    made.append(text.substr(0, end));
    if (end == text.npos) return Operand(std::move(made));
    text.remove_prefix(end + by.size());
  }
}

Operand count(const Operand& on, Arguments arguments) {
  return Operand(Value(std::ranges::count(on.value().items(), arguments[0])));
}

Operand index(const Operand& on, Arguments arguments) {
  const auto& items = on.value().items();
  const auto found = std::ranges::find(items, arguments[0]);
  if (found == items.end()) throw Failure("it is not in the list");
  return Operand(Value(found - items.begin()));
}

constexpr auto methods = std::to_array<Method>({
    {On::model, "field_maybe_none", Takes::texts, 1, 1, field_maybe_none},
    {On::model, "field_display", Takes::texts, 1, 1, field_display},
    {On::model, "get_player_by_id", Takes::numbers, 1, 1, player_by<id_in_group>},
    {On::model, "get_player_by_role", Takes::texts, 1, 1, player_by<role>},
    {On::model, "in_round", Takes::numbers, 1, 1, in_round},
    {On::model, "in_rounds", Takes::numbers, 2, 2, in_rounds},
    {On::object, "items", Takes::anything, 0, 0, pairs},
    {On::object, "keys", Takes::anything, 0, 0, keys_or_values<true>},
    {On::object, "values", Takes::anything, 0, 0, keys_or_values<false>},
    {On::object, "get", Takes::anything, 1, 2, get},
    {On::text, "upper", Takes::texts, 0, 0, each_letter<upper>},
    {On::text, "lower", Takes::texts, 0, 0, each_letter<lower>},
    {On::text, "title", Takes::texts, 0, 0, capitals<true>},
    {On::text, "capitalize", Takes::texts, 0, 0, capitals<false>},
    {On::text, "strip", Takes::texts, 0, 0, strip},
    {On::text, "startswith", Takes::texts, 1, 1, begins_or_ends<true>},
    {On::text, "endswith", Takes::texts, 1, 1, begins_or_ends<false>},
    {On::text, "replace", Takes::texts, 2, 2, replace},
    {On::text, "split", Takes::texts, 0, 1, split_text},
    {On::list, "count", Takes::anything, 1, 1, count},
    {On::list, "index", Takes::anything, 1, 1, index},
});

bool has(const Operand& on, On what) {
  const bool plain = on.kind == Kind::plain;
  switch (what) {
    case On::model:
      return on.kind == Kind::model && on.value().is_object();
    case On::object:
      return plain && on.value().is_object();
    case On::text:
      return plain && on.value().is_string();
    case On::list:
      return plain && on.value().is_list();
  }
  return false;
}

}  // namespace

bool call_method(const Operand& on, std::string_view name, std::span<const Value> arguments,
                 Operand& result) {
  const auto method = std::ranges::find_if(
      methods, [&](const Method& each) { return each.name == name && has(on, each.on); });
  if (method == methods.end()) return false;
  if (arguments.size() < method->least || arguments.size() > method->most) {
    throw Failure(std::string(name) + " takes " + std::to_string(method->least) +
                  (method->most > method->least ? " to " + std::to_string(method->most) : "") +
                  " arguments, not " + std::to_string(arguments.size()));
  }
  if (method->takes == Takes::texts && !std::ranges::all_of(arguments, &Value::is_string)) {
    throw Failure(std::string(name) + " takes texts");
  }
  if (method->takes == Takes::numbers && !std::ranges::all_of(arguments, &Value::is_whole)) {
    throw Failure(std::string(name) + " takes whole numbers");
  }
  result = method->call(on, arguments);
  return true;
}

}  // namespace rialto::templates
