// What a row of Rows is: a plain struct of the game that derives from Row, and a column for each of
// its members: `struct Order : Row { int player; Money price; };`
// Plain values and what is known of them at compile time; any thread.
// Guarantee: a member without a column does not compile: it would be lost at a restart.
#pragma once

#include <concepts>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "actors/advice.h"
#include "actors/field_type.h"
#include "actors/value.h"

namespace rialto {

class RowsBase;

// The base of a game's own row: its number, from 1, which no other row of these Rows ever has.
class Row {
 public:
  // 0: not added yet.
  int id() const { return id_; }
  // An object by column name, with `id`: broadcast(order). AppError: not added yet.
  Value to_value() const;

 private:
  friend class RowsBase;
  int id_ = 0;
  const RowsBase* rows_ = nullptr;  // whose columns are its members'
};

// `advice` is what the compiler shows where R is none.
template <class R, Text advice>
concept RowType = std::derived_from<R, Row> && std::is_aggregate_v<R>;

namespace detail {

// A member that may be null is a std::optional.
template <class T>
struct PlainMember {
  using Type = T;
};
template <class T>
struct PlainMember<std::optional<T>> {
  using Type = T;
};
template <class T>
inline constexpr std::string_view member_type = column_type<typename PlainMember<T>::Type>;

template <class T>
concept Member = !member_type<T>.empty();

// Stands for a value of any member, to count members.
struct AnyMember {
  template <class T>
  requires(!std::derived_from<T, Row>) operator T() const;
};
template <class R, std::size_t count>
constexpr bool has_members = []<std::size_t... i>(std::index_sequence<i...>) {
  return requires { R{Row{}, ((void)i, AnyMember{})...}; };
}
(std::make_index_sequence<count>());

template <class R, std::size_t count = 0>
constexpr std::size_t members_of() {
  if constexpr (has_members<R, count + 1>) {
    return members_of<R, count + 1>();
  } else {
    return count;
  }
}

// How one member of a row is read and written.
template <class R>
class RowMember {
 public:
  RowMember() = default;
  RowMember(const RowMember&) = delete;
  RowMember& operator=(const RowMember&) = delete;
  virtual ~RowMember() = default;
  virtual Value of(const R& row) const = 0;
  virtual bool same(const R& one, const R& other) const = 0;
  // Where it stands in the row: the same for the same member.
  virtual const void* place_in(const R& row) const = 0;
  // std::runtime_error if the value is of another type.
  virtual void set(R& row, const Value& value) const = 0;
};

template <class R, class T>
class TypedRowMember final : public RowMember<R> {
 public:
  explicit TypedRowMember(T R::*member) : member_(member) {}
  Value of(const R& row) const override {
    if constexpr (std::same_as<T, typename PlainMember<T>::Type>) {
      return Value(row.*member_);
    } else {
      return row.*member_ ? Value(*(row.*member_)) : Value();
    }
  }
  bool same(const R& one, const R& other) const override { return one.*member_ == other.*member_; }
  const void* place_in(const R& row) const override { return &(row.*member_); }
  void set(R& row, const Value& value) const override {
    if constexpr (std::same_as<T, typename PlainMember<T>::Type>) {
      row.*member_ = FromStored<T>::read(value);
    } else if (value.is_null()) {
      row.*member_ = std::nullopt;
    } else {
      row.*member_ = FromStored<typename PlainMember<T>::Type>::read(value);
    }
  }

 private:
  T R::*member_;
};

}  // namespace detail

// `{"price", &Order::price}`
template <class R>
class RowColumn {
 public:
  template <class T>
  requires detail::Member<T> RowColumn(ColumnName name, T R::*member)
      : name_(std::string_view(name)),
        type_(detail::member_type<T>),
        member_(std::make_shared<detail::TypedRowMember<R, T>>(member)) {}
  // clang-format off
  template <class T, Text advice = "a column of Rows holds bool, int, int64_t, double, std::string, Money, Value, std::vector or std::array, or a std::optional of these">
    requires(!detail::Member<T>)
  RowColumn(ColumnName, T R::*) = delete;  // a column of Rows holds bool, int, int64_t, double, std::string, Money, Value, std::vector or std::array, or a std::optional of these
  // clang-format on

  const std::string& name() const { return name_; }
  std::string_view type() const { return type_; }
  const detail::RowMember<R>& member() const { return *member_; }

 private:
  std::string name_;
  std::string_view type_;
  std::shared_ptr<const detail::RowMember<R>> member_;
};

}  // namespace rialto
