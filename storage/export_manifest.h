// What `manifest.json` says of an export: which sessions, as of when, which tables with how many
// rows, which files with which checksums. A free function on values. Guarantee: the text is JSON
// with a line for people at each level.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "storage/export.h"
#include "storage/export_folder.h"

namespace rialto {

// What the exporter knows beside the tables.
struct ExportStamp {
  std::string version;     // of Rialto
  std::string lineage;     // of the store
  std::string format;      // "csv", "sqlite", "xlsx"
  std::int64_t taken = 0;  // when the snapshot was, in microseconds since 1970
  Personal personal = Personal::leave_out;
};

std::string manifest_text(const ExportStamp& stamp, const ExportReport& report,
                          const std::vector<ExportedFile>& files);

}  // namespace rialto
