#include "actors/value.h"

#include <cmath>
#include <ostream>

namespace rialto {

namespace {

constexpr std::int64_t widest_whole = std::int64_t{1} << 53;  // beyond it browsers lose digits

// Parse makes keys unique; here they are few, and objects are compared rarely.
const Value* find_in(const Value::Members& members, std::string_view key) {
  for (const auto& member : members) {
    if (member.key == key) return &member.value;
  }
  return nullptr;
}

std::string name_keys(const Value::Members& members) {
  std::string names;
  for (const auto& member : members) {
    if (names.size() > 60) return names + ", ...";
    names += (names.empty() ? "\"" : ", \"") + member.key + "\"";
  }
  return names;
}

}  // namespace

Value::Value(const Value& other) = default;
Value::Value(Value&& other) noexcept = default;
Value& Value::operator=(const Value& other) = default;
Value& Value::operator=(Value&& other) noexcept = default;
Value::~Value() = default;

Value::Value(char letter) : data_(std::string(1, letter)) {}
Value::Value(const char* text) : data_(std::string(text)) {}
Value::Value(std::string_view text) : data_(std::string(text)) {}
Value::Value(std::string text) : data_(std::move(text)) {}
Value::Value(List items) : data_(std::move(items)) {}

// What the amount is for those who do not know of money.
Value Value::number_of(Money amount) {
  const std::int64_t unit = Money(1).minor();
  return amount.minor() % unit == 0 ? Value(amount.minor() / unit) : Value(amount.to_double());
}

Value Value::number_of(Payment paid) {
  const double number = paid.to_double();
  const auto whole = static_cast<std::int64_t>(number);
  return number == static_cast<double>(whole) ? Value(whole) : Value(number);
}

void Value::become(double number) { data_ = number; }

Value::Value(Members members) : data_(std::move(members)) {}

Value::Value(std::initializer_list<Pair> members) : data_(Members()) {
  auto& own = std::get<Members>(data_);
  own.reserve(members.size());
  for (const Pair& pair : members) own.push_back(std::move(pair.member_));
}

const Value* Value::find(std::string_view key) const& {
  const auto* members = std::get_if<Members>(&data_);
  return members ? find_in(*members, key) : nullptr;
}

const Value& Value::member(std::string_view key) const {
  const auto* members = std::get_if<Members>(&data_);
  if (!members) refuse("an object with \"" + std::string(key) + "\"");
  if (const Value* found = find_in(*members, key)) return *found;
  throw BadMessage("expected \"" + std::string(key) + "\" in the object, which has " +
                   (members->empty() ? "no members" : "only " + name_keys(*members)));
}

const Value& Value::item(std::int64_t index) const {
  const List& list = items();
  if (index < 0 || std::cmp_greater_equal(index, list.size())) {
    throw BadMessage("expected an item number " + std::to_string(index) +
                     " (from 0) in a list of " + std::to_string(list.size()));
  }
  return list[static_cast<std::size_t>(index)];
}

std::size_t Value::size() const {
  if (const auto* list = std::get_if<List>(&data_)) return list->size();
  if (const auto* members = std::get_if<Members>(&data_)) return members->size();
  if (const auto* text = std::get_if<std::string>(&data_)) return text->size();
  return is_null() ? 0 : 1;
}

const Value::List& Value::items() const& {
  if (const auto* list = std::get_if<List>(&data_)) return *list;
  refuse("a list");
}

const Value::Members& Value::members() const& {
  if (const auto* members = std::get_if<Members>(&data_)) return *members;
  refuse("an object");
}

Value& Value::set(std::string_view key, Value value) {
  if (is_null()) data_ = Members();
  auto* members = std::get_if<Members>(&data_);
  if (!members) throw AppError("set(\"" + std::string(key) + "\", …) on what is no object");
  for (auto& member : *members) {
    if (member.key == key) {
      member.value = std::move(value);
      return *this;
    }
  }
  members->push_back({std::string(key), std::move(value)});
  return *this;
}

Value& Value::update(const Value& object) {
  if (&object == this) return *this;
  for (const auto& [key, value] : object.members()) set(key, value);
  return *this;
}

Value& Value::append(Value item) {
  if (is_null()) data_ = List();
  auto* list = std::get_if<List>(&data_);
  if (!list) throw AppError("append(…) on what is no list");
  list->push_back(std::move(item));
  return *this;
}

bool Value::equals(const Value& other) const {
  if (is_number() && other.is_number()) {
    if (is_whole() && other.is_whole())
      return std::get<std::int64_t>(data_) == std::get<std::int64_t>(other.data_);
    if (is_money() && other.is_money())
      return std::get<Money>(data_) == std::get<Money>(other.data_);
    return as_double() == other.as_double();
  }
  if (data_.index() != other.data_.index()) return false;
  const auto* members = std::get_if<Members>(&data_);
  if (!members) {
    if (const auto* list = std::get_if<List>(&data_)) return *list == other.items();
    if (const auto* text = std::get_if<std::string>(&data_)) return *text == other.as_string();
    return is_null() || as_bool() == other.as_bool();
  }
  if (members->size() != other.size()) return false;
  for (const auto& [key, value] : *members) {
    const Value* theirs = other.find(key);
    if (!theirs || !value.equals(*theirs)) return false;
  }
  return true;
}

std::ostream& Value::print_to(std::ostream& out) const { return out << dump(); }

void Value::refuse(std::string_view expected) const {
  std::string got;
  try {
    got = dump();
  } catch (const AppError&) {
    got = "what is no JSON";
  }
  if (got.size() > 60) {
    got.resize(60);
    while (!got.empty() && (static_cast<unsigned char>(got.back()) & 0x80U) != 0) got.pop_back();
    got += "...";
  }
  const bool wants_number = expected.find("number") != std::string_view::npos;
  if (wants_number && is_null()) got += " (empty input?)";
  if (wants_number && is_string()) got = "the text " + got;
  throw BadMessage("expected " + std::string(expected) + ", got " + got);
}

bool Value::as_bool() const {
  if (const auto* truth = std::get_if<bool>(&data_)) return *truth;
  refuse("true or false");
}

std::int64_t Value::as_whole(std::int64_t lowest, std::int64_t highest) const {
  std::int64_t number = 0;
  if (const auto* whole = std::get_if<std::int64_t>(&data_)) {
    number = *whole;
  } else if (const auto* real = std::get_if<double>(&data_)) {
    if (std::abs(*real) > static_cast<double>(widest_whole)) refuse("a whole number below 2^53");
    if (*real != std::trunc(*real)) refuse("a whole number");
    number = static_cast<std::int64_t>(*real);
  } else if (const auto* money = std::get_if<Money>(&data_)) {
    return number_of(*money).as_whole(lowest, highest);
  } else if (const auto* paid = std::get_if<Payment>(&data_)) {
    return number_of(*paid).as_whole(lowest, highest);
  } else {
    refuse("a number");
  }
  if (number < lowest || number > highest) {
    if (number > widest_whole || number < -widest_whole) refuse("a whole number below 2^53");
    refuse("a whole number from " + std::to_string(lowest) + " to " + std::to_string(highest));
  }
  return number;
}

std::int64_t Value::stored_whole() const {
  if (const auto* whole = std::get_if<std::int64_t>(&data_)) return *whole;
  if (const auto* money = std::get_if<Money>(&data_)) return number_of(*money).stored_whole();
  if (const auto* paid = std::get_if<Payment>(&data_)) return number_of(*paid).stored_whole();
  refuse("a whole number");
}

double Value::as_double() const {
  if (const auto* whole = std::get_if<std::int64_t>(&data_)) return static_cast<double>(*whole);
  if (const auto* real = std::get_if<double>(&data_)) return *real;
  if (const auto* money = std::get_if<Money>(&data_)) return money->to_double();
  if (const auto* paid = std::get_if<Payment>(&data_)) return paid->to_double();
  refuse("a number");
}

const std::string& Value::as_string() const {
  if (const auto* text = std::get_if<std::string>(&data_)) return *text;
  refuse("a text");
}

Money Value::as_money(Rounding rounding) const {
  if (const auto* money = std::get_if<Money>(&data_)) return *money;
  if (!is_number()) refuse("a number");
  const double amount = as_double();
  if (std::abs(amount) * static_cast<double>(Money(1).minor()) >
      static_cast<double>(Money::largest)) {
    refuse("a smaller number");
  }
  if (const auto* whole = std::get_if<std::int64_t>(&data_)) return Money(*whole);
  const Money money = Money::rounded(amount);
  if (rounding == Rounding::refuse && money.to_double() != amount) {
    refuse("a number with at most " + std::to_string(Money::decimals()) + " decimals");
  }
  return money;
}

Payment Value::as_payment() const {
  if (const auto* paid = std::get_if<Payment>(&data_)) return *paid;
  if (!is_number()) refuse("a number");
  return Payment::rounded(as_double(), Payment::usual_decimals());
}

Value list(Value only) {
  Value::List items;
  items.push_back(std::move(only));
  return items;
}

Value list(Value first, Value second) {
  Value made = list(std::move(first));
  made.append(std::move(second));
  return made;
}

Value list(Value first, Value second, Value third) {
  Value made = list(std::move(first), std::move(second));
  made.append(std::move(third));
  return made;
}

Value list(Value first, Value second, Value third, Value fourth) {
  Value made = list(std::move(first), std::move(second), std::move(third));
  made.append(std::move(fourth));
  return made;
}

}  // namespace rialto
