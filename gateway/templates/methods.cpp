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

struct Method {
  On on;
  std::string_view name;
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
    {On::model, "field_maybe_none", 1, 1, field_maybe_none},
    {On::model, "field_display", 1, 1, field_display},
    {On::object, "items", 0, 0, pairs},
    {On::object, "keys", 0, 0, keys_or_values<true>},
    {On::object, "values", 0, 0, keys_or_values<false>},
    {On::object, "get", 1, 2, get},
    {On::text, "upper", 0, 0, each_letter<upper>},
    {On::text, "lower", 0, 0, each_letter<lower>},
    {On::text, "title", 0, 0, capitals<true>},
    {On::text, "capitalize", 0, 0, capitals<false>},
    {On::text, "strip", 0, 0, strip},
    {On::text, "startswith", 1, 1, begins_or_ends<true>},
    {On::text, "endswith", 1, 1, begins_or_ends<false>},
    {On::text, "replace", 2, 2, replace},
    {On::text, "split", 0, 1, split_text},
    {On::list, "count", 1, 1, count},
    {On::list, "index", 1, 1, index},
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
  if (method->on == On::text || method->on == On::model) {
    if (!std::ranges::all_of(arguments, &Value::is_string)) {
      throw Failure(std::string(name) + " takes texts");
    }
  }
  result = method->call(on, arguments);
  return true;
}

}  // namespace rialto::templates
