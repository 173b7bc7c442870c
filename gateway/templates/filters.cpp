#include "gateway/templates/filters.h"

#include <algorithm>
#include <array>
#include <string>

#include "gateway/templates/condition.h"
#include "gateway/templates/escape.h"
#include "gateway/templates/problem.h"
#include "gateway/templates/python_text.h"
#include "gateway/templates/tag_renderer.h"

namespace rialto::templates {
namespace {

using Arguments = std::span<const Value>;

Operand fallback(Operand&& operand, Arguments arguments, TagRenderer*) {
  if (is_true(operand)) return std::move(operand);
  Operand made(&arguments[0]);
  made.escaping = Escaping::done;  // the author's own text
  return made;
}

Operand escaped(Operand&& operand, Arguments, TagRenderer*) {
  if (!operand.value().is_string()) throw Failure("escape takes a text");
  return Operand(Value(escape_html(operand.value().text())), Escaping::done);
}

Operand length(Operand&& operand, Arguments, TagRenderer*) {
  return Operand(Value(length_of(operand.value())));
}

Operand money(Operand&& operand, Arguments, TagRenderer*) {
  const Value& value = operand.value();
  try {
    if (value.is_money()) return std::move(operand);
    if (value.is_bool()) return Operand(Value(Money(value.as<bool>() ? 1 : 0)));
    if (value.is_whole()) return Operand(Value(Money(value.stored_whole())));
    if (value.is_number()) return Operand(Value(Money::rounded(value.as<double>())));
    if (value.is_string()) return Operand(Value(Money::parse(value.text())));
  } catch (const AppError& error) {
    throw Failure(error.what());
  }
  throw Failure("only a number can be printed as an amount of money");
}

Operand safe(Operand&& operand, Arguments, TagRenderer*) {
  operand.escaping = Escaping::done;
  return std::move(operand);
}

Operand unchanged(Operand&& operand, Arguments, TagRenderer*) { return std::move(operand); }

Operand translated(Operand&& operand, Arguments, TagRenderer* tags) {
  if (!operand.value().is_string()) throw Failure("gettext takes a text");
  if (!tags) return std::move(operand);
  return Operand(Value(tags->translated(operand.value().text())), operand.escaping);
}

// Nothing in it can end a script or an attribute, so that it needs no more escaping.
Operand json(Operand&& operand, Arguments, TagRenderer*) {
  std::string out;
  for (const char c : operand.value().dump()) {
    switch (c) {
      case '<':
        out += "\\u003c";
        break;
      case '>':
        out += "\\u003e";
        break;
      case '&':
        out += "\\u0026";
        break;
      case '\'':
        out += "\\u0027";
        break;
      default:
        out += c;
    }
  }
  return Operand(Value(std::move(out)), Escaping::done);
}

template <int places>
Operand with_places(Operand&& operand, Arguments, TagRenderer*) {
  return Operand(Value(printed_with_places(operand.value(), places)));
}

// Python's value[:n].
Operand truncated(Operand&& operand, Arguments arguments, TagRenderer*) {
  const Value& value = operand.value();
  const std::size_t size = length_of(value);
  const auto wanted = arguments[0].as<std::int64_t>();
  const std::int64_t kept = wanted < 0 ? static_cast<std::int64_t>(size) + wanted : wanted;
  const auto count =
      static_cast<std::size_t>(std::clamp(kept, std::int64_t{0}, static_cast<std::int64_t>(size)));
  if (value.is_list()) {
    const auto& items = value.items();
    return Operand(
        Value(Value::List(items.begin(), items.begin() + static_cast<std::ptrdiff_t>(count))));
  }
  std::string text;
  const auto letters = characters(value.text());
  for (std::size_t i = 0; i < count; ++i) text += letters[i];
  return Operand(Value(std::move(text)), operand.escaping);
}

constexpr auto filters = std::to_array<Filter>({
    {"default", 1, 1, fallback},
    {"escape", 0, 1, escaped},
    {"length", 0, 0, length},
    {"c", 0, 0, money},
    {"cu", 0, 0, money},
    {"safe", 0, 0, safe},
    {"gettext", 0, 0, translated},
    {"json", 0, 0, json},
    {"to0", 0, 0, with_places<0>},
    {"to1", 0, 0, with_places<1>},
    {"to2", 0, 0, with_places<2>},
    {"to3", 0, 0, with_places<3>},
    {"to4", 0, 0, with_places<4>},
    {"linebreaks", 0, 0, unchanged},
    {"truncate_", 1, 1, truncated},
});

}  // namespace

const Filter* find_filter(std::string_view name) {
  const auto found = std::ranges::find(filters, name, &Filter::name);
  return found == filters.end() ? nullptr : &*found;
}

}  // namespace rialto::templates
