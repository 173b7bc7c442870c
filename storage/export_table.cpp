#include "storage/export_table.h"

#include <algorithm>
#include <utility>

#include "storage/csv.h"

namespace rialto {
namespace {

constexpr std::size_t large = 64 * 1024;  // bytes

bool contains(const auto& columns, const std::string& name) {
  return std::any_of(columns.begin(), columns.end(),
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

}  // namespace

ExportTable::ExportTable(std::string file, std::vector<ExportColumn> fixed)
    : file_{std::move(file)}, fixed_(std::move(fixed)) {}

void ExportTable::add_columns(const std::vector<FieldDescription>& fields,
                              const std::string& what) {
  for (const FieldDescription& field : fields) {
    if (!field.personal && !contains(own_, field.name)) {
      own_.push_back({field.name, field.type, what});
    }
  }
}

std::string ExportTable::header_of(const std::string& own) const {
  return contains(fixed_, own) ? own + "_" : own;
}

std::vector<ExportColumn> ExportTable::columns() const {
  std::vector<ExportColumn> all = fixed_;
  for (const Own& own : own_) {
    all.push_back({header_of(own.name), readers_type(own.type), own.what,
                   own.type == "money" ? "money" : ""});
  }
  return all;
}

std::string ExportTable::name() const { return file_.name.substr(0, file_.name.rfind('.')); }

void ExportTable::header() {
  for (const ExportColumn& column : columns()) csv::text(bytes_, column.name);
  csv::end_row(bytes_);
}

void ExportTable::end_row() {
  csv::end_row(bytes_);
  ++file_.rows;
}

void ExportTable::end_row(const std::vector<FieldDescription>& fields,
                          const std::vector<std::string>& values, int decimals) {
  for (const Own& own : own_) {
    const auto field = std::find_if(fields.begin(), fields.end(), [&](const auto& candidate) {
      return candidate.name == own.name;
    });
    const auto i = static_cast<std::size_t>(field - fields.begin());
    if (i >= fields.size() || i >= values.size() || field->personal) {
      csv::empty(bytes_);
    } else {
      csv::value(bytes_, field->type, values[i], decimals);
    }
  }
  end_row();
}

Result<void> ExportTable::flush_if_large(ExportSink& sink) {
  return bytes_.size() < large ? Result<void>() : flush(sink);
}

Result<void> ExportTable::flush(ExportSink& sink) {
  auto appended = sink.append(file_.name, bytes_);
  bytes_.clear();
  return appended;
}

}  // namespace rialto
