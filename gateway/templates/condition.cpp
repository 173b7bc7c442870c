#include "gateway/templates/condition.h"

#include <algorithm>
#include <array>
#include <string>

#include "gateway/templates/problem.h"
#include "gateway/templates/python_text.h"
#include "gateway/templates/scope.h"
#include "gateway/templates/split.h"

namespace rialto::templates {
namespace {

using Kind = Operand::Kind;

struct Sign {
  std::string_view text;
  Comparison comparison;
};

constexpr std::array<Sign, 7> signs{{{"==", Comparison::equal},
                                     {"!=", Comparison::unequal},
                                     {"<", Comparison::less},
                                     {">", Comparison::greater},
                                     {"<=", Comparison::at_most},
                                     {">=", Comparison::at_least},
                                     {"in", Comparison::in}}};

// " SIGN " at a place; its length with the spaces, 0 if there is none.
std::size_t sign_at(std::string_view text, std::size_t at, Comparison& comparison) {
  for (const Sign& sign : signs) {
    const std::size_t length = spaced_word(sign.text)(text, at);
    if (length == 0) continue;
    comparison = sign.comparison;
    return length;
  }
  const std::size_t no = spaced_word("not")(text, at);
  if (no == 0) return 0;
  const std::size_t in = spaced_word("in")(text, at + no - 1);
  if (in == 0) return 0;
  comparison = Comparison::not_in;
  return no + in - 1;
}

Condition parse_condition(std::string_view text) {
  Condition made;
  text = trimmed(text);
  if (text.starts_with("not") && text.size() > 3 && is_space(text[3])) {
    made.negated = true;
    text = trimmed(text.substr(3));
  }
  Comparison comparison{};
  std::size_t length = 0;
  const auto sides = split(text, [&](std::string_view all, std::size_t at) -> std::size_t {
    if (length > 0 || at == 0) return 0;  // the first counts
    return length = sign_at(all, at, comparison);
  });
  made.left = Expression::parse(sides[0]);
  if (sides.size() == 1) return made;
  made.comparison = comparison;
  made.right = Expression::parse(sides[1]);
  return made;
}

bool counts(const Value& value) { return value.is_number() || value.is_bool(); }

long double number(const Value& value) {
  if (value.is_bool()) return value.as<bool>() ? 1 : 0;
  if (value.is_whole()) return static_cast<long double>(value.stored_whole());
  if (value.is_money()) {
    return static_cast<long double>(value.as<Money>().minor()) /
           static_cast<long double>(Money(1).minor());
  }
  if (value.is_payment()) {
    const auto paid = value.as<Payment>();
    return static_cast<long double>(paid.minor()) /
           static_cast<long double>(Payment::rounded(1, paid.decimals()).minor());
  }
  return value.as<double>();
}

bool is_amount(const Value& value) { return value.is_money() || value.is_payment(); }

// Amounts are equal if their numbers are; a plain number is rounded first, as in oTree.
bool equals_amount(const Value& amount, const Value& other) {
  if (is_amount(other)) return number(amount) == number(other);
  try {
    if (amount.is_payment()) {
      const auto paid = amount.as<Payment>();
      return paid == Payment::rounded(static_cast<double>(number(other)), paid.decimals());
    }
    return amount.as<Money>() == Money::rounded(static_cast<double>(number(other)));
  } catch (const AppError&) {
    return false;
  }
}

bool equal(const Value& a, const Value& b) {
  if (!counts(a) || !counts(b)) return a == b;
  if (is_amount(a)) return equals_amount(a, b);
  if (is_amount(b)) return equals_amount(b, a);
  return number(a) == number(b);
}

// Negative, zero or positive; `incomparable` for NaN.
constexpr int incomparable = 2;

int order(const Value& a, const Value& b) {
  if (counts(a) && counts(b)) {
    const long double left = number(a);
    const long double right = number(b);
    return left < right ? -1 : left > right ? 1 : left == right ? 0 : incomparable;
  }
  if (a.is_string() && b.is_string()) {
    const int compared = a.text().compare(b.text());
    return compared < 0 ? -1 : compared > 0 ? 1 : 0;
  }
  if (!a.is_list() || !b.is_list()) {
    throw Failure("only two numbers, two texts or two lists can be less or greater, not " +
                  a.dump() + " and " + b.dump());
  }
  for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) {
    if (!equal(a[i], b[i])) return order(a[i], b[i]);
  }
  return a.size() < b.size() ? -1 : a.size() > b.size() ? 1 : 0;
}

bool contains(const Operand& whole, const Value& part) {
  const Value& value = whole.value();
  if (whole.kind == Kind::form) return part.is_string() && field_of(value, part.text());
  if (value.is_string()) {
    if (!part.is_string()) throw Failure("only a text can be in a text, not " + part.dump());
    return value.text().find(part.text()) != std::string_view::npos;
  }
  if (value.is_object()) return value.contains(part.is_string() ? part.text() : printed(part));
  if (!value.is_list()) throw Failure("nothing can be in " + value.dump());
  return std::ranges::any_of(value.items(), [&](const Value& item) { return equal(item, part); });
}

}  // namespace

bool is_true(const Operand& operand) {
  const bool has_parts = operand.kind == Kind::items || operand.kind == Kind::models;
  if (operand.kind != Kind::plain && !has_parts) {
    return !operand.value().is_null();
  }
  const Value& value = operand.value();
  return counts(value) ? number(value) != 0 : !value.empty();
}

bool compare(const Operand& left, Comparison comparison, const Operand& right) {
  const Value& a = left.value();
  const Value& b = right.value();
  switch (comparison) {
    case Comparison::equal:
      return equal(a, b);
    case Comparison::unequal:
      return !equal(a, b);
    case Comparison::in:
      return contains(right, a);
    case Comparison::not_in:
      return !contains(right, a);
    default:
      break;
  }
  const int found = order(a, b);
  if (found == incomparable) return false;
  switch (comparison) {
    case Comparison::less:
      return found < 0;
    case Comparison::greater:
      return found > 0;
    case Comparison::at_most:
      return found <= 0;
    default:
      return found >= 0;
  }
}

bool Condition::holds(Rendering& rendering, const Scope& scope) const {
  const Operand first = left.evaluate(rendering, scope);
  const bool truth =
      comparison ? compare(first, *comparison, right.evaluate(rendering, scope)) : is_true(first);
  return truth != negated;
}

Test Test::parse(std::string_view text) {
  Test made;
  if (trimmed(text).empty()) throw Failure("if needs a condition");
  for (const std::string_view group : split(text, spaced_word("or"))) {
    made.either.emplace_back();
    for (const std::string_view condition : split(group, spaced_word("and"))) {
      made.either.back().push_back(parse_condition(condition));
    }
  }
  return made;
}

bool Test::holds(Rendering& rendering, const Scope& scope) const {
  return std::ranges::any_of(either, [&](const std::vector<Condition>& group) {
    return std::ranges::all_of(
        group, [&](const Condition& condition) { return condition.holds(rendering, scope); });
  });
}

}  // namespace rialto::templates
