#include "actors/rows_base.h"

#include <stdexcept>

#include "actors/errors.h"
#include "actors/stored_value.h"

namespace rialto {

Value Row::to_value() const {
  if (rows_ == nullptr) {
    throw AppError("a row that was not added to Rows has no columns that could be sent");
  }
  return rows_->row_value(*this);
}

void RowsBase::restore(std::string_view row_json) {
  const Value change = read_stored(row_json);
  const std::size_t size = change.items().size();
  if (size < 1 || size > 2) does_not_fit("a stored row has another length");
  try {
    const int id = change[0].as<int>();
    size == 1 ? restore_erased(id) : restore_cells(id, change[1]);
  } catch (const std::runtime_error& error) {
    does_not_fit(error.what());
  }
}

std::string RowsBase::change_json(int id, Value cells) {
  return stored_text(list(id, std::move(cells)));
}

std::string RowsBase::erased_json(int id) { return "[" + std::to_string(id) + "]"; }

std::string RowsBase::no_row(std::int64_t id, int next_id) const {
  const std::string row = "row " + std::to_string(id) + " of " + name();
  if (id >= 1 && id < next_id) return row + " was deleted";
  if (next_id == 1) return "there is no " + row + ", which has had no rows yet";
  return "there is no " + row + ", whose rows so far are 1 to " + std::to_string(next_id - 1);
}

void RowsBase::refuse_columns(const std::string& one, const std::string& other) const {
  throw std::invalid_argument("the rows " + name() + " have two columns for one member, \"" + one +
                              "\" and \"" + other + "\"");
}

void RowsBase::does_not_fit(const std::string& why) const {
  throw std::runtime_error("rows " + name() + ": " + why);
}

}  // namespace rialto
