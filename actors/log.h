// The raw data: rows that are appended and never changed, one a bid, an offer, a line of chat.
// A member of the group or player that owns it, on its unit's thread.
// Guarantees: a row of a step that throws is gone; rows keep their order for good; a row that is
// read stays where it is until the step ends, so appending while walking through the rows is safe
// (those appended meanwhile are not walked through).
// Limitation: rows stay in memory once appended or read.
// In the exported table each row gets by itself: session, group, round, record (the step it was
// added in) and time, time_epoch (when that was); in a player's log participant and id_in_group,
// too. A column of one of these names is refused when `app()` runs.
#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <deque>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "actors/field.h"
#include "actors/field_type.h"
#include "actors/model.h"

namespace rialto {

// The names of a log's columns, as many as it has types.
template <std::size_t size>
class LogColumns {
 public:
  template <class... Names>
  requires(sizeof...(Names) == size && (std::convertible_to<Names, std::string_view> && ...))
      LogColumns(const Names&... names)
      : names_{std::string(names)...} {}
  // clang-format off
  template <class... Names, Text advice = "a Log names one column for each of its types: Log<int, Money> bids{this, \"bids\", {\"player\", \"amount\"}}">
    requires(sizeof...(Names) != size && (std::convertible_to<Names, std::string_view> && ...))
  LogColumns(const Names&...) = delete;  // a Log names one column for each of its types
  // clang-format on

  const std::vector<std::string>& names() const { return names_; }

 private:
  std::vector<std::string> names_;
};

// One row: a tuple of its cells, that also knows their names.
template <class... Cells>
class NamedRow : public std::tuple<Cells...> {
 public:
  NamedRow(std::tuple<Cells...> cells, const std::vector<std::string>& columns)
      : std::tuple<Cells...>(std::move(cells)), columns_(&columns) {}

  // An object by column name.
  Value to_value() const { return object(std::index_sequence_for<Cells...>()); }

 private:
  template <std::size_t... i>
  Value object(std::index_sequence<i...>) const {
    Value made = Value::object();
    (made.set((*columns_)[i], Value(std::get<i>(*this))), ...);
    return made;
  }

  const std::vector<std::string>* columns_;  // the log's
};

}  // namespace rialto

// For `const auto& [player, amount] = row`.
template <class... Cells>
struct std::tuple_size<rialto::NamedRow<Cells...>> : std::tuple_size<std::tuple<Cells...>> {};
template <std::size_t i, class... Cells>
struct std::tuple_element<i, rialto::NamedRow<Cells...>>
    : std::tuple_element<i, std::tuple<Cells...>> {};

namespace rialto {

template <class... Cells>
requires(ColumnType<Cells,
                    "a Log holds bool, int, int64_t, double, std::string, Money, Value, "
                    "std::vector or std::array">&&...) class Log final : public LogBase {
 public:
  using Row = NamedRow<Cells...>;

  Log(Model* owner, ColumnName name, LogColumns<sizeof...(Cells)> columns)
      : LogBase(owner, name, columns.names(), {std::string(column_type<Cells>)...}) {}

  // One value for each column, in their order.
  template <class... Given>
  requires(sizeof...(Given) == sizeof...(Cells) &&
           (detail::fits<detail::Plain<Given>, Cells> && ...)) void append(const Given&... given) {
    std::tuple<Cells...> row{static_cast<Cells>(detail::plain(given))...};
    std::string json = stored_text(list_of_cells(row));
    appended(std::move(json));
    rows_.emplace_back(std::move(row), columns());
  }
  // clang-format off
  template <class... Given, Text advice = "append takes one value for each column, in their order and of their types">
    requires(sizeof...(Given) != sizeof...(Cells) || !(detail::fits<detail::Plain<Given>, Cells> && ...))
  void append(const Given&...) = delete;  // append takes one value for each column, in their order and of their types
  void append(std::tuple<Cells...>) = delete;  // append takes the values without braces: append(a, b)
  // clang-format on

  class Iterator {
   public:
    Iterator(const std::deque<Row>& rows, std::size_t index) : rows_(&rows), index_(index) {}
    const Row& operator*() const { return (*rows_)[index_]; }
    Iterator& operator++() {
      ++index_;
      return *this;
    }
    bool operator==(const Iterator& other) const { return index_ == other.index_; }

   private:
    const std::deque<Row>* rows_;
    std::size_t index_;
  };

  // `for (const auto& [player, amount] : group.bids)`
  Iterator begin() const { return {rows(), 0}; }
  Iterator end() const { return {rows(), size()}; }
  std::size_t size() const { return rows().size(); }
  bool empty() const { return rows().empty(); }
  // From 0; AppError if there is no such row.
  const Row& operator[](std::size_t index) const {
    if (index >= size()) {
      throw AppError(name() + " has " + std::to_string(size()) + " rows, no row " +
                     std::to_string(index) + " (from 0)");
    }
    return rows()[index];
  }
  // The newest row; AppError if there is none.
  const Row& last() const { return (*this)[size() - 1]; }
  // A list of objects by column name.
  Value to_value() const {
    Value all = Value::empty_list();
    for (const Row& row : rows()) all.append(row.to_value());
    return all;
  }

  // -- for the unit (LogBase) --------------------------------------------------------------------
  Value shown() const override { return to_value(); }
  void restore(std::string_view row_json) override {
    const Value cells = read_stored(row_json);
    if (cells.items().size() != sizeof...(Cells)) {
      throw std::runtime_error("log " + name() + ": a stored row has another length");
    }
    try {
      rows_.emplace_back(row_of(cells, std::index_sequence_for<Cells...>()), columns());
    } catch (const std::runtime_error& error) {
      throw std::runtime_error("log " + name() + ": " + error.what());
    }
  }
  void undo_last() noexcept override { rows_.pop_back(); }

 private:
  const std::deque<Row>& rows() const {
    complete();
    return rows_;
  }
  static Value list_of_cells(const std::tuple<Cells...>& row) {
    return std::apply([](const auto&... cells) { return list(Value(cells)...); }, row);
  }
  template <std::size_t... i>
  static std::tuple<Cells...> row_of(const Value& cells, std::index_sequence<i...>) {
    return {FromStored<Cells>::read(cells[i])...};
  }
  void set_newer_aside() override {
    newer_.assign(std::make_move_iterator(rows_.begin()), std::make_move_iterator(rows_.end()));
    rows_.clear();
  }
  void put_newer_back() override {
    rows_.insert(rows_.end(), std::make_move_iterator(newer_.begin()),
                 std::make_move_iterator(newer_.end()));
    newer_.clear();
  }

  std::deque<Row> rows_;  // whose rows stay where they are when one is appended
  std::vector<Row> newer_;
};

}  // namespace rialto
