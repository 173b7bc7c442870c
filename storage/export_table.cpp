#include "storage/export_table.h"

#include <algorithm>
#include <utility>

#include "storage/csv.h"

namespace rialto {
namespace {

constexpr std::size_t large = 64 * 1024;  // bytes

bool contains(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

ExportTable::ExportTable(std::string file, std::vector<std::string> fixed)
    : file_{std::move(file)}, fixed_(std::move(fixed)) {}

void ExportTable::add_columns(const std::vector<FieldDescription>& fields) {
  for (const FieldDescription& field : fields) {
    if (!field.personal && !contains(columns_, field.name)) columns_.push_back(field.name);
  }
}

void ExportTable::header() {
  for (const std::string& name : fixed_) csv::text(bytes_, name);
  for (const std::string& name : columns_) {
    csv::text(bytes_, contains(fixed_, name) ? name + "_" : name);
  }
  csv::end_row(bytes_);
}

void ExportTable::end_row() {
  csv::end_row(bytes_);
  ++file_.rows;
}

void ExportTable::end_row(const std::vector<FieldDescription>& fields,
                          const std::vector<std::string>& values, int decimals) {
  for (const std::string& name : columns_) {
    const auto field = std::find_if(fields.begin(), fields.end(),
                                    [&](const auto& candidate) { return candidate.name == name; });
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
