// Records with ids that change and go: an order book, open bids, trials.
//   struct Order : Row { int player; Money price; };
//   Rows<Order> orders{this, "orders", {{"player", &Order::player}, {"price", &Order::price}}};
// A member of the group, player or subsession that owns it, on its unit's thread.
// Guarantees: rows are ordered by id, which counts from 1 and is never used again; a step that
// throws has changed nothing, and a commit costs what changed; a row that is read stays where it is
// until the step ends, so erasing and adding while walking through the rows is safe (those added
// meanwhile are not walked through). Limitation: the rows there are stand in memory and in
// snapshots; what was erased is in the records alone, and in the exported tables.
#pragma once

#include <concepts>
#include <iterator>
#include <limits>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "actors/errors.h"
#include "actors/field.h"
#include "actors/row.h"
#include "actors/row_list.h"
#include "actors/rows_base.h"

namespace rialto {

template <class R>
requires RowType<R, "a row is a plain struct: struct Order : Row { int player; Money price; };">
class Rows;

namespace detail {
// A function that takes the row itself, not a copy of it.
template <class Change, class R>
concept ChangesRow = std::invocable<Change, R&> && !std::invocable<Change, R>;

// `Order order = orders.row(id); order.price = 12` would change a copy.
template <class R, Text advice>
struct NoCopy {
  // clang-format off
  operator R() const = delete;  // a copy: changing it changes no row. Write const Order& order = orders.row(id); and to change it orders.edit(id, ...)
  // clang-format on
};
}  // namespace detail

// One row by its id. Each look at it is checked: "row 17 of orders was deleted".
// Owner is Rows<R>, or const where a hook only reads.
template <class R, class Owner>
class RowHandle
    : public detail::NoCopy<R,
                            "a copy: changing it changes no row. Write const Order& order = "
                            "orders.row(id); and to change it orders.edit(id, ...)"> {
 public:
  RowHandle(Owner& rows, int id) : rows_(&rows), id_(id) {}

  int id() const { return id_; }
  bool exists() const { return rows_->contains(id_); }
  // AppError if it was deleted.
  const R& operator*() const { return rows_->at(id_); }
  const R* operator->() const { return &**this; }
  template <class = void>  // second choice: a copy takes the one below
  operator const R&() const {
    return **this;
  }
  Value to_value() const { return rows_->value_of(**this); }

  template <class Change>
  requires(!std::is_const_v<Owner> &&
           detail::ChangesRow<Change, R>) void edit(Change&& change) const {
    rows_->edit(id_, std::forward<Change>(change));
  }
  void erase() const requires(!std::is_const_v<Owner>) { rows_->erase(id_); }
  // clang-format off
  template <class Change, Text advice = "this hook only reads (its player and group are const): change rows in a live_method">
    requires std::is_const_v<Owner>
  void edit(const Change&) const = delete;  // this hook only reads (its player and group are const): change rows in a live_method
  template <class Change, Text advice = "edit takes a function that changes the row: edit([&](Order& order) { order.price = 12; })">
    requires(!std::is_const_v<Owner> && !detail::ChangesRow<Change, R>)
  void edit(const Change&) const = delete;  // edit takes a function that changes the row: edit([&](Order& order) { order.price = 12; })
  template <Text advice = "this hook only reads (its player and group are const): change rows in a live_method">
    requires std::is_const_v<Owner>
  void erase() const = delete;  // this hook only reads (its player and group are const): change rows in a live_method
  // clang-format on

 private:
  Owner* rows_;
  int id_;
};

template <class R>
requires RowType<R, "a row is a plain struct: struct Order : Row { int player; Money price; };">
class Rows final : public RowsBase, public RowChoice<R, Rows<R>> {
 public:
  template <std::size_t count>
  requires(count == detail::members_of<R>())
      Rows(Model* owner, ColumnName name, const RowColumn<R> (&columns)[count])
      : RowsBase(owner, name, names_of(columns), types_of(columns)),
        columns_(std::begin(columns), std::end(columns)) {
    const R row{};
    for (std::size_t i = 0; i < count; ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        if (columns[i].member().place_in(row) == columns[j].member().place_in(row)) {
          refuse_columns(columns[j].name(), columns[i].name());
        }
      }
    }
  }
  // clang-format off
  template <std::size_t count, Text advice = "Rows name a column for each member of the row, once: {{\"player\", &Order::player}, {\"price\", &Order::price}}">
    requires(count != detail::members_of<R>())
  Rows(Model*, ColumnName, const RowColumn<R> (&columns)[count]) = delete;  // Rows name a column for each member of the row, once
  // clang-format on

  // -- reading -----------------------------------------------------------------------------------
  class Iterator {
   public:
    Iterator(const Rows& rows, int id) : rows_(&rows), id_(id) { look(); }
    const R& operator*() const { return *row_; }
    Iterator& operator++() {
      ++id_;
      look();
      return *this;
    }
    // Rows added after `end()` was taken are past it.
    bool operator==(const Iterator& other) const { return id_ >= other.id_; }

   private:
    void look() {
      const auto next = rows_->rows_.lower_bound(id_);
      const bool is_there = next != rows_->rows_.end();
      id_ = is_there ? next->first : std::max(id_, rows_->next_id_);
      row_ = is_there ? &next->second : nullptr;
    }

    const Rows* rows_;
    int id_;
    const R* row_ = nullptr;
  };

  // `for (const Order& order : group.orders)`, by id.
  Iterator begin() const { return {*this, 1}; }
  Iterator end() const { return {*this, next_id_}; }
  std::size_t size() const { return rows_.size(); }
  bool empty() const { return rows_.empty(); }
  template <class Id>
  bool contains(const Id& id) const {
    return rows_.contains(id_of(id));
  }
  // The row of this id. A number that is no row is an AppError, but a Value that names none is a
  // BadMessage: `group.orders.row(data["order"])`.
  template <class Id>
  RowHandle<R, Rows> row(const Id& id) {
    return {*this, checked(id)};
  }
  template <class Id>
  RowHandle<R, const Rows> row(const Id& id) const {
    return {*this, checked(id)};
  }
  // And `filter`, `sorted_by`: see RowChoice.
  Value to_value() const override { return rows_to_choose().to_value(); }
  Value row_value(const Row& row) const override { return value_of(static_cast<const R&>(row)); }

  // -- changing ----------------------------------------------------------------------------------
  // The new row's id: `add({.player = 1, .price = 10})`.
  int add(R row) {
    if (next_id_ == std::numeric_limits<int>::max()) throw AppError(name() + " has no more ids");
    const int id = next_id_;
    number(row, id);
    Value cells = Value::object();
    for (const auto& column : columns_) cells.set(column.name(), column.member().of(row));
    appended(change_json(id, std::move(cells)));
    undo_.push_back({id, Added()});
    rows_.emplace(id, std::move(row));
    ++next_id_;
    return id;
  }
  // `edit(id, [&](Order& order) { order.price = 12; })`. What throws in it has changed nothing.
  template <class Id, class Change>
  requires detail::ChangesRow<Change, R>
  void edit(const Id& id, Change&& change) {
    const int number_of_row = checked(id);
    R changed = at(number_of_row);
    std::forward<Change>(change)(changed);
    number(changed, number_of_row);
    R& row = rows_.at(existing(number_of_row));
    Value cells = Value::object();
    for (const auto& column : columns_) {
      if (column.member().same(row, changed)) continue;
      cells.set(column.name(), column.member().of(changed));
    }
    if (cells.empty()) return;
    appended(change_json(number_of_row, std::move(cells)));
    std::swap(row, changed);
    undo_.push_back({number_of_row, std::move(changed)});
  }
  template <class Id>
  void erase(const Id& id) {
    const int number_of_row = checked(id);
    appended(erased_json(number_of_row));
    // Kept where it is until the step ends, for those who look at it.
    undo_.push_back({number_of_row, rows_.extract(number_of_row)});
  }
  // clang-format off
  template <Text advice = "this hook only reads (its player and group are const): change rows in a live_method">
  int add(const R&) const = delete;  // this hook only reads (its player and group are const): change rows in a live_method
  template <class Id, class Change, Text advice = "this hook only reads (its player and group are const): change rows in a live_method">
  void edit(const Id&, const Change&) const = delete;  // this hook only reads (its player and group are const): change rows in a live_method
  template <class Id, class Change, Text advice = "edit takes a function that changes the row: edit(id, [&](Order& order) { order.price = 12; })">
    requires(!detail::ChangesRow<Change, R>)
  void edit(const Id&, const Change&) = delete;  // edit takes a function that changes the row: edit(id, [&](Order& order) { order.price = 12; })
  template <class Id, Text advice = "this hook only reads (its player and group are const): change rows in a live_method">
  void erase(const Id&) const = delete;  // this hook only reads (its player and group are const): change rows in a live_method
  // clang-format on

  // -- for its handles and RowChoice --------------------------------------------------------
  // AppError if it is not there.
  const R& at(int id) const { return rows_.at(existing(id)); }
  RowList<R> rows_to_choose() const {
    std::vector<const R*> rows;
    rows.reserve(rows_.size());
    for (const auto& [id, row] : rows_) rows.push_back(&row);
    return RowList<R>(name(), columns_, std::move(rows));
  }
  Value value_of(const R& row) const { return RowList<R>::object_of(row, columns_); }

  // -- for the unit (RowsBase) -------------------------------------------------------------------
  void undo_last() noexcept override {
    Undo undo = std::move(undo_.back());
    undo_.pop_back();
    if (auto* const node = std::get_if<Node>(&undo.what)) {
      rows_.insert(std::move(*node));
    } else if (auto* const before = std::get_if<R>(&undo.what)) {
      rows_.find(undo.id)->second = std::move(*before);
    } else {
      rows_.erase(undo.id);
      next_id_ = undo.id;
    }
  }
  void keep() noexcept override { undo_.clear(); }
  Value stored() const override {
    Value rows = Value::empty_list();
    for (const auto& [id, row] : rows_) rows.append(value_of(row));
    return {{"next", next_id_}, {"rows", std::move(rows)}};
  }
  void restore_stored(const Value& stored) override {
    rows_.clear();
    for (const Value& row : stored["rows"]) put(row["id"].as<int>(), row);
    next_id_ = stored["next"].as<int>();
  }

 private:
  using Map = std::map<int, R>;
  using Node = typename Map::node_type;
  struct Added {};
  // What undoes one change of this step.
  struct Undo {
    int id;
    std::variant<Added, R, Node> what;  // before: there was none, this, this
  };

  template <std::size_t count>
  static std::vector<std::string> names_of(const RowColumn<R> (&columns)[count]) {
    std::vector<std::string> names;
    for (const auto& column : columns) names.push_back(column.name());
    return names;
  }
  template <std::size_t count>
  static std::vector<std::string> types_of(const RowColumn<R> (&columns)[count]) {
    std::vector<std::string> types;
    for (const auto& column : columns) types.emplace_back(column.type());
    return types;
  }
  template <class Id>
  static int id_of(const Id& id) {
    if constexpr (std::same_as<Id, Value>) {
      return id.template as<int>();
    } else {
      return detail::plain(id);
    }
  }
  template <class Id>
  int checked(const Id& id) const {
    const int number_of_row = id_of(id);
    if constexpr (std::same_as<Id, Value>) {
      if (!rows_.contains(number_of_row)) throw BadMessage(no_row(number_of_row, next_id_));
    }
    return existing(number_of_row);
  }
  int existing(int id) const {
    if (!rows_.contains(id)) throw AppError(no_row(id, next_id_));
    return id;
  }
  void put(int id, const Value& cells) {
    const auto [place, is_new] = rows_.try_emplace(id);
    number(place->second, id);
    for (const auto& column : columns_) {
      if (cells.contains(column.name())) {
        column.member().set(place->second, cells[column.name()]);
      }
    }
  }
  void restore_cells(int id, const Value& cells) override {
    if (id != next_id_ && !rows_.contains(id)) does_not_fit("a row is changed that is not there");
    put(id, cells);
    if (id == next_id_) ++next_id_;
  }
  void restore_erased(int id) override {
    if (rows_.erase(id) == 0) does_not_fit("a row is erased that is not there");
  }

  std::vector<RowColumn<R>> columns_;
  Map rows_;
  std::vector<Undo> undo_;
  int next_id_ = 1;
};

}  // namespace rialto
