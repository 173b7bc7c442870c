// One value of a group or a player that is stored: type, column, initial value, once, on one line.
// A member of the group or player; lives and dies with it, on its unit's thread.
// Guarantees: assignment is journaled (a handler that throws changes nothing), null is never read
// by accident, and a field is never copied by `auto`.
#pragma once

#include <concepts>
#include <initializer_list>
#include <iosfwd>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "actors/errors.h"
#include "actors/field_options.h"
#include "actors/field_type.h"
#include "actors/model.h"
#include "actors/ordinal.h"

namespace rialto {

template <class T>
requires ColumnType<T,
                    "a Field holds bool, int, int64_t, double, std::string, Money, Value, "
                    "std::vector or std::array">
class Field;

namespace detail {

template <class T>
struct IsField : std::false_type {};
template <class T>
struct IsField<Field<T>> : std::true_type {};

template <class T>
const T& plain(const T& value) {
  return value;
}
template <class T>
const T& plain(const Field<T>& field) {
  return field.get();
}
template <class T>
using Plain = std::remove_cvref_t<decltype(plain(std::declval<const T&>()))>;

struct NoItem {
  explicit NoItem() = default;
};
template <class T>
struct ItemOf {
  using Item = NoItem;
};
template <class T>
struct ItemOf<std::vector<T>> {
  using Item = T;
};

// An item of a field that can be looked at, not assigned.
template <class T>
class ReadOnlyItem {
 public:
  explicit ReadOnlyItem(const T& item) : item_(item) {}
  operator const T&() const { return item_; }
  Value to_value() const { return Value(item_); }
  friend bool operator==(const ReadOnlyItem& a, const T& b) { return a.item_ == b; }
  // clang-format off
  template <class U, Text advice = "write group.board.edit([&](auto& b) { b[3] = 'X'; })">
  void operator=(const U&) = delete;  // write group.board.edit([&](auto& b) { b[3] = 'X'; })
  // clang-format on

 private:
  const T& item_;
};

}  // namespace detail

template <class T>
requires ColumnType<T,
                    "a Field holds bool, int, int64_t, double, std::string, Money, Value, "
                    "std::vector or std::array">
class Field final : public Column {
  using Item = typename detail::ItemOf<T>::Item;

 public:
  Field(Model* owner, ColumnName column) : Column(owner, column) {}  // null at first
  template <class Initial>
  requires detail::fits<Initial, T> Field(Model* owner, ColumnName column, const Initial& initial)
      : Column(owner, column), value_(converted(initial)) {}
  // clang-format off
  Field(Model* owner, ColumnName column, T initial)  // from braces. Options, as {.min = 0}, are of the field's own type
      requires(!std::same_as<T, std::string> && std::same_as<Item, detail::NoItem>)
      // clang-format on
      : Column(owner, column), value_(std::move(initial)) {}
  Field(Model* owner, ColumnName column,
        std::initializer_list<Item> initial) requires(!std::same_as<Item, detail::NoItem>)
      : Column(owner, column), value_(T(initial)) {}
  Field(Model* owner, ColumnName column, FieldOptions<T> options)
      : Column(owner, column, options.personal),
        value_(options.initial),
        options_(std::make_unique<const FieldOptions<T>>(std::move(options))) {}

  // clang-format off
  Field(const Field&, Advice<"write the type, auto would copy the field: int x = group.field"> = {}) = delete;  // write the type: int x = group.field
  template <class... Rest, Text advice = "a Field begins with this and its column: Field<int> x{this, \"x\", 0}">
    requires std::same_as<Item, detail::NoItem>
  Field(ColumnName, const Rest&...) = delete;  // a Field begins with this and its column: Field<int> x{this, "x", 0}
  template <std::derived_from<Model> Owner, class Initial, Text advice = "a Field begins with this and its column: Field<int> x{this, \"x\", 0}">
    requires(!std::convertible_to<const Initial&, std::string_view>)
  Field(Owner*, const Initial&) = delete;  // a Field begins with this and its column: Field<int> x{this, "x", 0}
  // clang-format on

  // -- reading -----------------------------------------------------------------------------------
  // AppError if it is null, naming the field.
  const T& get() const {
    look();
    if (!value_) throw_null();
    return *value_;
  }
  operator const T&() const { return get(); }
  bool is_null() const {
    look();
    return !value_;
  }
  Value or_null() const {
    look();
    return value_ ? Value(*value_) : Value();
  }
  T value_or(T otherwise) const {
    look();
    return value_ ? *value_ : std::move(otherwise);
  }
  Value to_value() const { return Value(get()); }
  Value shown() const override { return or_null(); }
  std::optional<std::string> choice_label() const override {
    look();
    if (!value_ || !options_) return std::nullopt;
    for (const Choice<T>& choice : options_->choices.all()) {
      if (choice.value() == *value_ && choice.label()) return choice.label();
    }
    if constexpr (std::same_as<T, bool>) return *value_ ? "Yes" : "No";
    return std::nullopt;
  }
  // As people read it: the label of the choice that was taken; without labels, the value itself.
  // AppError if it is null.
  std::string display() const {
    if (auto label = choice_label()) return *std::move(label);
    if constexpr (std::same_as<T, std::string>) {
      return get();
    } else {
      return to_value().dump();
    }
  }
  // Null unless the field was declared with options.
  const FieldOptions<T>* options() const { return options_.get(); }

  // Of texts and lists.
  auto begin() const requires requires(const T& value) { value.begin(); }
  { return get().begin(); }
  auto end() const requires requires(const T& value) { value.end(); }
  { return get().end(); }
  std::size_t size() const requires requires(const T& value) { value.size(); }
  { return get().size(); }
  bool empty() const requires requires(const T& value) { value.empty(); }
  { return get().empty(); }

  template <WholeNumber Index>
  auto operator[](Index index) const
      requires(!std::same_as<T, Value> && requires(const T& value) { value.begin(); }) {
    const T& items = get();
    if (std::cmp_less(index, 0) || std::cmp_greater_equal(index, items.size())) {
      throw AppError(name() + " has " + std::to_string(items.size()) + " items, no item " +
                     std::to_string(index) + " (from 0)");
    }
    if constexpr (std::same_as<T, std::vector<bool>>) {
      return static_cast<bool>(items[static_cast<std::size_t>(index)]);
    } else {
      return detail::ReadOnlyItem(items[static_cast<std::size_t>(index)]);
    }
  }
  // By a number that a field holds: player.order[player.trial].
  template <WholeNumber Index>
  auto operator[](const Field<Index>& index) const
      requires(!std::same_as<T, Value> && requires(const T& value) { value.begin(); }) {
    return (*this)[index.get()];
  }
  template <class Key>
  const Value& operator[](const Key& key) const requires std::same_as<T, Value> {
    return get()[key];
  }

  // -- changing ----------------------------------------------------------------------------------
  Field& operator=(T value) {
    change(std::move(value));
    return *this;
  }
  Field& operator=(std::nullptr_t) {
    change(std::nullopt);
    return *this;
  }
  Field& operator=(const Field& other) {
    other.look();
    change(other.value_);
    return *this;
  }
  template <class U>
  requires(!std::same_as<U, T> && detail::fits<detail::Plain<U>, T>) Field& operator=(
      const U& value) {
    change(converted(detail::plain(value)));
    return *this;
  }
  // Changes a text, list or Value in place: `group.board.edit([&](auto& b) { b[3] = 'X'; })`.
  template <class Change>
  void edit(Change&& change_it) {
    get();
    begin_change();
    std::forward<Change>(change_it)(*value_);
  }

  // clang-format off
  template <class U, Text advice = "this drops the fraction: use std::lround(x), or a Field<double>">
    requires detail::drops_fraction<detail::Plain<U>, T>
  Field& operator=(const U&) = delete;  // this drops the fraction: use std::lround(x), or a Field<double>
  template <class U, Text advice = "Money is exact: Money::parse(\"0.50\"), or money * 1.6">
    requires(std::floating_point<detail::Plain<U>> && std::same_as<T, Money>)
  Field& operator=(const U&) = delete;  // Money is exact: Money::parse("0.50"), or money * 1.6
  template <class U, Text advice = "the field has another type; from a message: field = data.as<int>()">
    requires(!std::convertible_to<const detail::Plain<U>&, T> && !(std::floating_point<detail::Plain<U>> && std::same_as<T, Money>))
  Field& operator=(const U&) = delete;  // the field has another type; from a message: field = data.as<int>()
  template <class U, Text advice = "this hook only reads (its player and group are const): change fields in a live_method">
  const Field& operator=(const U&) const = delete;  // this hook only reads (its player and group are const): change fields in a live_method
  template <class U, Text advice = "this hook only reads (its player and group are const): change fields in a live_method">
  const Field& operator+=(const U&) const = delete;  // this hook only reads (its player and group are const): change fields in a live_method
  template <Text advice = "ask field.is_null(), or compare: field == 0">
    requires(!std::same_as<T, bool>)
  bool operator!() const = delete;  // ask field.is_null(), or compare: field == 0
  template <Text advice = "ask field.is_null(), or compare: field == 0">
    requires(!std::same_as<T, bool>)
  explicit operator bool() const = delete;  // ask field.is_null(), or compare: field == 0
  // clang-format on

  template <class U>
  requires(!detail::drops_fraction<detail::Plain<U>, T>) Field& operator+=(const U& value) {
    return *this = get() + detail::plain(value);
  }
  template <class U>
  requires(!detail::drops_fraction<detail::Plain<U>, T>) Field& operator-=(const U& value) {
    return *this = get() - detail::plain(value);
  }
  template <class U>
  requires(!detail::drops_fraction<detail::Plain<U>, T>) Field& operator*=(const U& value) {
    return *this = get() * detail::plain(value);
  }
  template <class U>
  requires(!detail::drops_fraction<detail::Plain<U>, T>) Field& operator/=(const U& value) {
    return *this = get() / detail::plain(value);
  }
  Field& operator++() { return *this += 1; }
  Field& operator--() { return *this -= 1; }
  T operator++(int) {
    T before = get();
    ++*this;
    return before;
  }
  T operator--(int) {
    T before = get();
    --*this;
    return before;
  }

  friend std::ostream& operator<<(std::ostream& out, const Field& field) {
    return out << field.or_null();
  }

  // -- for the unit (Column) ---------------------------------------------------------------------
  std::string_view type() const override { return column_type<T>; }
  std::string to_json() const override { return value_ ? stored_json(*value_) : "null"; }
  void from_json(std::string_view json) override {
    try {
      value_ = json == "null" ? std::nullopt : std::optional<T>(from_stored<T>(json));
    } catch (const std::runtime_error& error) {
      throw std::runtime_error("column " + name() + ": " + error.what());
    }
  }
  void roll_back() noexcept override {
    value_ = std::move(saved_);
    keep();
  }
  void keep() noexcept override {
    saved_.reset();
    touched_ = false;
  }
  void record() override { begin_change(); }

 private:
  void begin_change() {
    if (touched_) return;
    touch();
    saved_ = value_;
    touched_ = true;
  }
  void change(std::optional<T> next) {
    look();
    if constexpr (std::same_as<T, Value>) {
      if (next && next->is_null()) next.reset();
    }
    if (next == value_) return;
    begin_change();
    value_ = std::move(next);
  }
  template <class U>
  T converted(const U& value) const {
    if constexpr (WholeNumber<T> && WholeNumber<U>) {
      if (!std::in_range<T>(value)) {
        throw AppError(name() + ": " + std::to_string(value) + " is too large for its type");
      }
      return static_cast<T>(value);
    } else if constexpr (std::is_arithmetic_v<T> && std::is_arithmetic_v<U>) {
      return static_cast<T>(value);
    } else {
      return value;
    }
  }
  [[noreturn]] void throw_null() const {
    throw AppError(name() + " is null: nothing was assigned to it yet. If that may be, use " +
                   name() + ".value_or(x), .or_null() or .is_null()");
  }

  std::optional<T> value_;
  std::optional<T> saved_;  // the value before this step, if touched
  bool touched_ = false;
  std::unique_ptr<const FieldOptions<T>> options_;
};

// -- operators: a field stands for its value
// -------------------------------------------------------

namespace detail {
template <class T>
concept StandsForValue = IsField<T>::value || std::same_as<T, Ordinal>;
template <class T>
concept StandsForNumber = StandsForValue<T> && WholeNumber<Plain<T>>;
template <class T>
concept StandsForTruth = StandsForValue<T> && std::same_as < Plain<T>,
bool > ;
// Beside a text C++ would leave out so many of its letters.
template <class A, class B>
concept ShiftsText = (ReadAsText<A> && (StandsForNumber<B> || StandsForTruth<B>)) ||
                     (ReadAsText<B> && (StandsForNumber<A> || StandsForTruth<A>));
template <class A, class B>
concept OneIsField = (StandsForValue<A> || StandsForValue<B>)&&!ShiftsText<A, B>;
}  // namespace detail

template <class T, class U>
requires(!detail::IsField<U>::value && requires(const T& a, const U& b) { a == b; }) bool
operator==(const Field<T>& a, const U& b) {
  return a.get() == b;
}
template <class T, class U>
requires requires(const T& a, const U& b) { a == b; }
bool operator==(const Field<T>& a, const Field<U>& b) { return a.get() == b.get(); }
template <class T, class U>
requires(!detail::IsField<U>::value && requires(const T& a, const U& b) { a <=> b; }) auto
operator<=>(const Field<T>& a, const U& b) {
  return a.get() <=> b;
}
template <class T, class U>
requires requires(const T& a, const U& b) { a <=> b; }
auto operator<=>(const Field<T>& a, const Field<U>& b) { return a.get() <=> b.get(); }
// A number beside a text is text.
template <detail::ReadAsText Words, detail::StandsForNumber Number>
std::string operator+(const Words& text, const Number& number) {
  return std::string(std::string_view(text)) + std::to_string(detail::plain(number));
}
template <detail::StandsForNumber Number, detail::ReadAsText Words>
std::string operator+(const Number& number, const Words& text) {
  return std::to_string(detail::plain(number)) + std::string(std::string_view(text));
}
template <detail::StandsForNumber Number>
std::string& operator+=(std::string& text, const Number& number) {
  return text += std::to_string(detail::plain(number));
}
// clang-format off
template <detail::ReadAsText Words, detail::StandsForTruth Truth, Text advice = "true or false is no text: \"It is \" + std::string(group.open ? \"open\" : \"closed\")">
std::string operator+(const Words&, const Truth&) = delete;  // true or false is no text: "It is " + std::string(group.open ? "open" : "closed")
// clang-format on

template <class A, class B>
requires(detail::OneIsField<A, B>&& requires(const detail::Plain<A>& a, const detail::Plain<B>& b) {
  a + b;
}) auto
operator+(const A& a, const B& b) {
  return detail::plain(a) + detail::plain(b);
}
template <class A, class B>
requires(detail::OneIsField<A, B>&& requires(const detail::Plain<A>& a, const detail::Plain<B>& b) {
  a - b;
}) auto
operator-(const A& a, const B& b) {
  return detail::plain(a) - detail::plain(b);
}
template <class A, class B>
requires(detail::OneIsField<A, B>&& requires(const detail::Plain<A>& a, const detail::Plain<B>& b) {
  a* b;
}) auto
operator*(const A& a, const B& b) {
  return detail::plain(a) * detail::plain(b);
}
template <class A, class B>
requires(detail::OneIsField<A, B>&& requires(const detail::Plain<A>& a, const detail::Plain<B>& b) {
  a / b;
}) auto
operator/(const A& a, const B& b) {
  return detail::plain(a) / detail::plain(b);
}

// clang-format off
template <class T, Text advice = "ask field.is_null()">
bool operator==(const Field<T>&, std::nullptr_t) = delete;  // ask field.is_null()
// clang-format on

// The larger and the smaller of two: amounts, numbers or fields of them.
template <class A, class B>
auto max(const A& a, const B& b) -> std::common_type_t<detail::Plain<A>, detail::Plain<B>> {
  if (detail::plain(a) < detail::plain(b)) return detail::plain(b);
  return detail::plain(a);
}
template <class A, class B>
auto min(const A& a, const B& b) -> std::common_type_t<detail::Plain<A>, detail::Plain<B>> {
  if (detail::plain(b) < detail::plain(a)) return detail::plain(b);
  return detail::plain(a);
}

}  // namespace rialto
