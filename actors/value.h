// What JSON can be: null, true and false, a number, a text, a list, an object with ordered keys.
// What a page sends, what a game answers, what js_vars holds. A plain value, moved cheaply. A
// number may be an amount of money: only those who print it for people can tell, JSON has just the
// number. Guarantees: reading it wrong throws BadMessage with a sentence for the sender; key order
// is kept. Limitation: whole numbers are exact up to 2^63, what is beyond becomes a double (as in
// browsers).
#pragma once

#include <array>
#include <compare>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <iosfwd>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "actors/advice.h"
#include "actors/errors.h"
#include "actors/money.h"
#include "actors/payment.h"

namespace rialto {

class Value;

// One `{"key", value}` in braces. Braces of such pairs are always an object, whatever the key.
class Pair;

template <class T>
concept WholeNumber = std::integral<T> && !std::same_as<T, bool> && !std::same_as<T, char>;

// Field, Log: what can stand where a Value is wanted.
template <class T>
concept ShowsAsValue = requires(const T& shown) {
  { shown.to_value() } -> std::same_as<Value>;
};

namespace detail {
template <class V>
struct MemberOf {
  std::string key;
  V value;
};
template <class T>
struct ListOf : std::false_type {};
template <class T>
struct ListOf<std::vector<T>> : std::true_type {
  using Item = T;
};
template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;
}  // namespace detail

class Value {
 public:
  using Member = detail::MemberOf<Value>;
  using List = std::vector<Value>;
  using Members = std::vector<Member>;

  Value() noexcept = default;  // null, as is {}
  Value(std::nullptr_t) noexcept {}
  Value(const Value& other);
  Value(Value&& other) noexcept;
  Value& operator=(const Value& other);
  Value& operator=(Value&& other) noexcept;
  ~Value();
  template <class T>
  requires std::same_as<T, bool> Value(T truth) : data_(truth) {}
  template <WholeNumber T>
  Value(T number) : data_(static_cast<std::int64_t>(number)) {
    if (!std::in_range<std::int64_t>(number)) become(static_cast<double>(number));
  }
  template <std::floating_point T>
  Value(T number) : data_(static_cast<double>(number)) {}
  Value(char letter);  // a text of one letter
  Value(const char* text);
  Value(std::string_view text);
  Value(std::string text);
  Value(Money amount) noexcept : data_(amount) {}  // sent as its decimal number: 10.5
  Value(Payment paid) noexcept : data_(paid) {}    // the same
  Value(List items);
  Value(std::initializer_list<Pair> members);
  template <class T>
  Value(const std::vector<T>& items) : data_(List()) {
    reserve_list(items.size());
    for (const auto& item : items) append(Value(item));
  }
  template <class T, std::size_t size>
  Value(const std::array<T, size>& items) : data_(List()) {
    reserve_list(size);
    for (const auto& item : items) append(Value(item));
  }
  template <ShowsAsValue T>
  Value(const T& shown) : Value(shown.to_value()) {}
  // Null where there is none.
  template <class T>
  requires std::constructible_from<Value, const T&> Value(const std::optional<T>& maybe) {
    if (maybe) *this = Value(*maybe);
  }

  static Value object() { return Value(Members()); }
  static Value empty_list() { return Value(List()); }

  // Reads JSON text. Throws BadMessage saying what is wrong and where; nesting deeper than
  // `max_nesting` (an empty list is 1 deep) is refused before it costs anything.
  static Value parse(std::string_view json, std::size_t max_nesting);
  // Of a text that a form's hidden input sent, say: of a string, or of a field that holds one.
  static Value parse(std::string_view json);
  template <ShowsAsValue T>
  static Value parse(const T& shown) {
    return parse(shown.to_value().as_string());
  }
  // JSON text. AppError on NaN, infinity and text that is not UTF-8.
  std::string dump() const;
  void dump_to(std::string& out) const;  // appends

  bool is_null() const { return std::holds_alternative<std::monostate>(data_); }
  bool is_bool() const { return std::holds_alternative<bool>(data_); }
  bool is_number() const {
    return is_whole() || std::holds_alternative<double>(data_) || is_money() || is_payment();
  }
  // Was it made from a whole number, or parsed from one without a point?
  bool is_whole() const { return std::holds_alternative<std::int64_t>(data_); }
  // Was it made from Money? What is parsed never is.
  bool is_money() const { return std::holds_alternative<Money>(data_); }
  // The same of Payment.
  bool is_payment() const { return std::holds_alternative<Payment>(data_); }
  bool is_string() const { return std::holds_alternative<std::string>(data_); }
  bool is_list() const { return std::holds_alternative<List>(data_); }
  bool is_object() const { return std::holds_alternative<Members>(data_); }

  // The value as a T: bool, int, int64_t, double, std::string, Money, Payment, Value or a
  // std::vector of these. BadMessage if it is none: 3.0 is an int, 3.5 is not, nor is anything
  // beyond 2^53; a bool is no number. Money is rounded half up to the project's decimals, as oTree
  // does.
  template <class T>
  T as() const;
  // As `as<Money>()`, but refuses what would have to be rounded.
  template <std::same_as<Money> T>
  T as(Exact) const;

  // The text, not copied; BadMessage if it is none.
  std::string_view text() const& { return as_string(); }

  // A whole number of any size, for what Rialto itself has stored.
  std::int64_t stored_whole() const;

  // The member of an object; BadMessage if there is none. Of a value that is about to go (what a
  // function has just returned) its members and items are copies, so that they may be kept.
  const Value& operator[](std::string_view key) const& { return member(key); }
  const Value& operator[](const char* key) const& { return member(key); }
  Value operator[](std::string_view key) && { return member(key); }
  Value operator[](const char* key) && { return member(key); }
  // The item of a list, from 0; BadMessage if there is none.
  template <WholeNumber T>
  const Value& operator[](T index) const& {
    return item(static_cast<std::int64_t>(index));
  }
  template <WholeNumber T>
  Value operator[](T index) && {
    return item(static_cast<std::int64_t>(index));
  }
  // By what a field holds: trials[player.trial].
  template <class Held>
  requires WholeNumber<std::remove_cvref_t<decltype(std::declval<const Held&>().get())>>
  const Value& operator[](const Held& index) const& { return (*this)[index.get()]; }
  template <class Held>
  requires WholeNumber<std::remove_cvref_t<decltype(std::declval<const Held&>().get())>> Value
  operator[](const Held& index) && {
    return item(index.get());
  }
  // The member as a T; `absent` if there is none. Wrong type: BadMessage.
  template <class T>
  T get(std::string_view key, T absent) const {
    const Value* found = find(key);
    return found ? found->as<T>() : std::move(absent);
  }
  std::string get(std::string_view key, const char* absent) const {
    return get<std::string>(key, absent);
  }
  // Is there such a member? False for what is no object.
  bool contains(std::string_view key) const { return find(key) != nullptr; }
  // Null if there is no such member, or no object.
  const Value* find(std::string_view key) const&;

  // Items of a list, members of an object, bytes of a text; 0 for null, 1 for the rest.
  std::size_t size() const;
  bool empty() const { return size() == 0; }
  // `for (const Value& item : value)`: the items of a list; BadMessage if it is none.
  List::const_iterator begin() const& { return items().begin(); }
  List::const_iterator end() const& { return items().end(); }
  const List& items() const&;
  List items() && { return items(); }
  // `for (const auto& [key, value] : value.members())`; BadMessage if it is no object.
  const Members& members() const&;
  Members members() && { return members(); }

  // Sets a member, in its old place or at the end. Null turns into an object.
  Value& set(std::string_view key, Value value);
  // Sets all members of another object (Python's `update`).
  Value& update(const Value& object);
  // Appends an item. Null turns into a list.
  Value& append(Value item);

  // Numbers are equal when they are the same number; key order matters not.
  friend bool operator==(const Value& a, const Value& b) { return a.equals(b); }
  template <class T>
  requires(!std::same_as<T, Value> && !detail::is_optional<T> &&
           std::constructible_from<Value, const T&>) friend bool
  operator==(const Value& a, const T& b) {
    return a.equals(Value(b));
  }
  friend std::ostream& operator<<(std::ostream& out, const Value& value) {
    return value.print_to(out);
  }

  // clang-format off
  template <class T, Text advice = "write the type you expect: data.as<int>(), data[\"bid\"].as<Money>()">
    requires(std::is_arithmetic_v<T> || std::same_as<T, std::string> || std::same_as<T, Money>)
  operator T() const = delete;  // write the type you expect: data.as<int>(), data["bid"].as<Money>()
  template <Text advice = "this looks into a value that is gone at once: keep it first, const Value table = player.config(\"table\", ...)">
  std::string_view text() && = delete;  // this looks into a value that is gone at once: keep it first, const Value table = player.config("table", ...)
  template <Text advice = "this looks into a value that is gone at once: keep it first, const Value table = player.config(\"table\", ...)">
  const Value* find(std::string_view) && = delete;  // this looks into a value that is gone at once: keep it first, const Value table = player.config("table", ...)
  // clang-format on

 private:
  explicit Value(Members members);
  void become(double number);
  static Value number_of(Money amount);
  static Value number_of(Payment paid);

  bool equals(const Value& other) const;
  std::ostream& print_to(std::ostream& out) const;
  const Value& member(std::string_view key) const;
  const Value& item(std::int64_t index) const;
  void reserve_list(std::size_t size) { std::get<List>(data_).reserve(size); }

  bool as_bool() const;
  std::int64_t as_whole(std::int64_t lowest, std::int64_t highest) const;
  double as_double() const;
  const std::string& as_string() const;
  Money as_money(Rounding rounding) const;
  Payment as_payment() const;
  [[noreturn]] void refuse(std::string_view expected) const;

  friend class ValueParser;
  friend class ValueWriter;
  using Data = std::variant<std::monostate, bool, std::int64_t, double, std::string, List, Members,
                            Money, Payment>;
  Data data_;
};

// clang-format off
template <std::same_as<Value> V, class T, Text advice = "write the type you expect: data.as<int>() > 3">
std::partial_ordering operator<=>(const V&, const T&) = delete;  // write the type you expect: data.as<int>() > 3
// clang-format on

class Pair {
 public:
  template <class V>
  requires std::constructible_from<Value, V&&> Pair(std::string_view key, V&& value)
      : member_{std::string(key), Value(std::forward<V>(value))} {}
  Pair(std::string_view key, Value value) : member_{std::string(key), std::move(value)} {}

 private:
  friend class Value;
  mutable Value::Member member_;  // moved out of the braces' array, which is const
};

// list(1, "two", {{"three", 3}}): a JSON list of up to any number of items.
template <class... Items>
requires(std::constructible_from<Value, const Items&>&&...) Value list(const Items&... items) {
  Value made = Value::empty_list();
  (made.append(Value(items)), ...);
  return made;
}
Value list(Value only);
Value list(Value first, Value second);
Value list(Value first, Value second, Value third);
Value list(Value first, Value second, Value third, Value fourth);

template <class T>
T Value::as() const {
  if constexpr (std::same_as<T, Value>) {
    return *this;
  } else if constexpr (std::same_as<T, bool>) {
    return as_bool();
  } else if constexpr (WholeNumber<T>) {
    constexpr std::int64_t widest = std::int64_t{1} << 53;
    using Range = std::numeric_limits<T>;
    constexpr auto lowest =
        std::cmp_less(Range::min(), -widest) ? -widest : std::int64_t{Range::min()};
    constexpr auto highest =
        std::cmp_greater(Range::max(), widest) ? widest : static_cast<std::int64_t>(Range::max());
    return static_cast<T>(as_whole(lowest, highest));
  } else if constexpr (std::floating_point<T>) {
    return static_cast<T>(as_double());
  } else if constexpr (std::same_as<T, std::string>) {
    return as_string();
  } else if constexpr (std::same_as<T, Money>) {
    return as_money(Rounding::half_up);
  } else if constexpr (std::same_as<T, Payment>) {
    return as_payment();
  } else {
    static_assert(
        detail::ListOf<T>::value,
        "as<T>(): T is bool, int, int64_t, double, std::string, Money, Value or a std::vector");
    T made;
    for (const Value& each : items()) made.push_back(each.as<typename detail::ListOf<T>::Item>());
    return made;
  }
}

template <std::same_as<Money> T>
T Value::as(Exact) const {
  return as_money(Rounding::refuse);
}

}  // namespace rialto
