// Rows of one object that change and go, without their C++ type (rows.h has it).
// A member of the object that owns it, on its unit's thread.
// Guarantee: an id is that of one row for good; what was erased keeps it, also after a restart.
// What a step added that threw has never been: its ids are given again, as in the records.
//
// Each change is a row of the record, JSON: `[id,{column: value,…}]` with all columns when it is
// added and with those that changed when it is edited, `[id]` when it is erased.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "actors/model.h"
#include "actors/row.h"
#include "actors/value.h"

namespace rialto {

class RowsBase : public LogBase {
 public:
  using LogBase::LogBase;

  RowsBase* as_rows() override { return this; }
  const RowsBase* as_rows() const override { return this; }

  // A list of objects by column name, with `id`, ordered by id.
  virtual Value to_value() const = 0;
  // One of them.
  virtual Value row_value(const Row& row) const = 0;
  Value shown() const final { return to_value(); }
  // All that is to come back with a snapshot; and back.
  virtual Value stored() const = 0;
  virtual void restore_stored(const Value& stored) = 0;
  void restore(std::string_view row_json) final;

 protected:
  void number(Row& row, int id) const {
    row.id_ = id;
    row.rows_ = this;
  }
  static std::string change_json(int id, Value cells);
  static std::string erased_json(int id);
  // "row 17 of orders was deleted"
  std::string no_row(std::int64_t id, int next_id) const;
  // Stored changes; std::runtime_error where one does not fit.
  virtual void restore_cells(int id, const Value& cells) = 0;
  virtual void restore_erased(int id) = 0;
  // std::invalid_argument: two columns for one member.
  [[noreturn]] void refuse_columns(const std::string& one, const std::string& other) const;
  void does_not_fit(const std::string& why) const;
};

}  // namespace rialto
