#include "storage/export_table.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace rialto {
namespace {

auto find(auto&& columns, const std::string& name) {
  return std::find_if(columns.begin(), columns.end(),
                      [&](const auto& column) { return column.name == name; });
}

// The types of fields in the words of the codebook.
std::string readers_type(const std::string& type) {
  if (type == "bool") return "boolean";
  if (type == "int" || type == "int64") return "integer";
  if (type == "double") return "number";
  if (type == "money") return "decimal";
  if (type == "string") return "text";
  return "json";
}

// What another app, or another session, says of a field of the same name.
void add_text(std::string& text, const std::string& other) {
  constexpr const char* between = " | ";
  if (other.empty() || (between + text + between).find(between + other + between) != text.npos) {
    return;
  }
  text += (text.empty() ? "" : between) + other;
}

// A NUL ends the text for some who read a file, and breaks it for others: its sign stands for it.
bool replace_nul(std::string& text) {
  constexpr const char* sign = "\xE2\x90\x80";  // U+2400
  const bool has_nul = text.find('\0') != text.npos;
  for (std::size_t at = 0; (at = text.find('\0', at)) != text.npos;) text.replace(at, 1, sign);
  return has_nul;
}

}  // namespace

void FieldColumns::add(const std::vector<FieldDescription>& fields) {
  for (const FieldDescription& field : fields) {
    const bool is_left_out = field.personal && personal_ == Personal::leave_out;
    if (is_left_out) continue;
    const auto known = find(fields_, field.name);
    if (known == fields_.end()) {
      fields_.push_back(field);
    } else {
      add_text(known->question, field.question);
      add_text(known->values, field.values);
    }
  }
}

bool FieldColumns::has(const std::string& name) const {
  return find(fields_, name) != fields_.end();
}

std::vector<ExportColumn> FieldColumns::columns(const std::string& what) const {
  std::vector<ExportColumn> all;
  for (const FieldDescription& field : fields_) {
    all.push_back({field.name, readers_type(field.type), what, field.type == "money" ? "money" : "",
                   field.question, field.values});
  }
  return all;
}

void FieldColumns::put(std::vector<Cell>& row, const std::vector<FieldDescription>& fields,
                       const std::vector<std::string>& values, int decimals) const {
  for (std::size_t i = 0; i < fields_.size(); ++i) {
    // Units of one build have their fields at the same places.
    const bool is_there = i < fields.size() && fields[i].name == fields_[i].name;
    const auto field =
        is_there ? fields.begin() + static_cast<std::ptrdiff_t>(i) : find(fields, fields_[i].name);
    const auto at = static_cast<std::size_t>(field - fields.begin());
    const bool is_shown = at < fields.size() && at < values.size() &&
                          (!field->personal || personal_ == Personal::include);
    row.push_back(is_shown ? cell::stored(field->type, values[at], decimals) : Cell());
  }
}

ExportTable::ExportTable(std::string name, std::vector<ExportColumn> fixed, FieldColumns own,
                         std::string what)
    : about_{std::move(name)},
      fixed_(std::move(fixed)),
      own_(std::move(own)),
      what_(std::move(what)) {}

std::vector<ExportColumn> ExportTable::columns() const {
  std::vector<ExportColumn> all = fixed_;
  for (ExportColumn& column : own_.columns(what_)) {
    if (find(fixed_, column.name) != fixed_.end()) column.name += '_';
    all.push_back(std::move(column));
  }
  return all;
}

Result<void> ExportTable::begin(TableWriter& writer, std::size_t number) {
  auto file = writer.begin(about_.name, columns());
  if (!file) return file.error();
  about_.file = std::move(*file);
  writer_ = &writer;
  number_ = number;
  return {};
}

void ExportTable::put_moment(std::int64_t microseconds) {
  put(microseconds == 0 ? Cell() : cell::iso_time(microseconds));
  put(microseconds == 0 ? Cell() : cell::epoch_time(microseconds));
}

Result<void> ExportTable::end_row() {
  assert(writer_ != nullptr);
  for (Cell& cell : row_) {
    if (cell.kind == Cell::Kind::text && replace_nul(cell.text)) ++nuls_;
  }
  auto written = writer_->row(number_, row_);
  row_.clear();
  ++about_.rows;
  return written;
}

}  // namespace rialto
