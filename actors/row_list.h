// Some rows of Rows, chosen and sorted: what `filter` and `sorted_by` give.
// A value of a handler, on its unit's thread; it refers to the rows, not to copies of them.
// Guarantees: it has the rows that were there when it was made, also those that the step erases
// meanwhile. Limitation: it must not be kept beyond the step (the handler, the hook).
#pragma once

#include <algorithm>
#include <concepts>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "actors/errors.h"
#include "actors/field.h"
#include "actors/row.h"
#include "actors/value.h"

namespace rialto {

enum class Sorted { ascending, descending };
inline constexpr Sorted ascending = Sorted::ascending;
inline constexpr Sorted descending = Sorted::descending;

template <class R>
class RowList;

// How rows are chosen, of Rows and of a RowList. `From` has `rows_to_choose()`, a RowList<R>.
template <class R, class From>
class RowChoice {
 public:
  // Those for which it is true: `filter([&](const Order& order) { return order.price < limit; })`;
  // of a bool member, `filter(&Order::is_bid)`.
  template <class Test>
  requires std::predicate<const Test&, const R&> RowList<R> filter(const Test& test)
  const {
    return all().chosen([&](const R& row) { return std::invoke(test, row); });
  }
  // Those whose member has this value: `filter(&Order::price, 5)`.
  template <class T, class U>
  requires requires(const T& member, const detail::Plain<U>& value) { member == value; }
  RowList<R> filter(T R::*member, const U& value) const {
    return all().chosen([&](const R& row) { return row.*member == detail::plain(value); });
  }
  // By a member, or by what a function says of each row; equal ones stay in their order.
  template <class Key>
  requires std::invocable<const Key&, const R&> RowList<R> sorted_by(
      const Key& key, Sorted sorted = Sorted::ascending)
  const {
    return all().sorted([&](const R& one, const R& other) {
      return sorted == ascending ? std::invoke(key, one) < std::invoke(key, other)
                                 : std::invoke(key, other) < std::invoke(key, one);
    });
  }
  // clang-format off
  template <class T, class U, Text advice = "filter(&Order::price, 5) compares a member with a value of its type">
    requires(!requires(const T& member, const detail::Plain<U>& value) { member == value; })
  RowList<R> filter(T R::*, const U&) const = delete;  // filter(&Order::price, 5) compares a member with a value of its type
  // clang-format on

 private:
  RowList<R> all() const { return static_cast<const From&>(*this).rows_to_choose(); }
};

template <class R>
class RowList : public RowChoice<R, RowList<R>> {
 public:
  using Columns = std::vector<RowColumn<R>>;

  class Iterator {
   public:
    using Place = typename std::vector<const R*>::const_iterator;
    explicit Iterator(Place place) : place_(place) {}
    const R& operator*() const { return **place_; }
    Iterator& operator++() {
      ++place_;
      return *this;
    }
    bool operator==(const Iterator& other) const { return place_ == other.place_; }

   private:
    Place place_;
  };

  RowList(std::string name, const Columns& columns, std::vector<const R*> rows)
      : name_(std::move(name)), columns_(&columns), rows_(std::move(rows)) {}

  Iterator begin() const { return Iterator(rows_.begin()); }
  Iterator end() const { return Iterator(rows_.end()); }
  std::size_t size() const { return rows_.size(); }
  bool empty() const { return rows_.empty(); }
  // From 0; AppError if there is no such row.
  const R& operator[](std::size_t index) const {
    if (index >= size()) {
      throw AppError(name_ + ": " + std::to_string(size()) + " rows were chosen, there is no row " +
                     std::to_string(index) + " of them (from 0)");
    }
    return *rows_[index];
  }
  const R& first() const { return (*this)[0]; }
  const R& last() const { return (*this)[size() - 1]; }

  // A list of objects by column name, with `id`.
  Value to_value() const {
    Value all = Value::empty_list();
    for (const R* row : rows_) all.append(object_of(*row, *columns_));
    return all;
  }
  static Value object_of(const R& row, const Columns& columns) {
    Value object = Value::object();
    object.set("id", row.Row::id());  // a member of that name is refused by app()
    for (const RowColumn<R>& column : columns) object.set(column.name(), column.member().of(row));
    return object;
  }

  // -- for RowChoice -----------------------------------------------------------------------------
  const RowList& rows_to_choose() const { return *this; }
  template <class Test>
  RowList chosen(const Test& test) && {
    std::erase_if(rows_, [&](const R* row) { return !test(*row); });
    return std::move(*this);
  }
  template <class Before>
  RowList sorted(const Before& before) && {
    std::stable_sort(rows_.begin(), rows_.end(),
                     [&](const R* one, const R* other) { return before(*one, *other); });
    return std::move(*this);
  }

 private:
  std::string name_;
  const Columns* columns_;
  std::vector<const R*> rows_;
};

}  // namespace rialto
