// Records by hand, a session of them, and what an export makes of it. Owned by a test.
#pragma once

#include <doctest/doctest.h>

#include <filesystem>
#include <initializer_list>
#include <string>
#include <vector>

#include "storage/csv_tables.h"
#include "storage/export.h"
#include "storage/keys.h"
#include "storage/memory_store.h"
#include "storage/record.h"
#include "tests/storage/store_files.h"
#include "tests/storage/temporary_folder.h"

namespace rialto {

constexpr std::uint32_t session = 7;
constexpr std::int64_t start = 1'769'860'800'000'000;  // 2026-01-31 12:00 UTC
constexpr std::int64_t second = 1'000'000;

inline std::string lines(std::initializer_list<const char*> all) {
  std::string text;
  for (const char* line : all) text.append(line).append("\r\n");
  return text;
}

// A session and its units' records, in one commit each.
struct ExportLab {
  explicit ExportLab(const std::string& session_json) { put(keys::session(session), session_json); }

  void put(const std::string& key, const std::string& value) {
    const Write write{key, value};
    REQUIRE(store.write({&write, 1}));
  }
  void put(std::uint32_t unit, const Record& record) {
    std::string bytes;
    encode(record, bytes);
    put(keys::records(UnitId::of(session, unit), record.sequence), bytes);
  }

  Result<ExportReport> export_as_csv(const Reader& reader,
                                     const std::vector<std::uint32_t>& sessions = {session},
                                     Personal personal = Personal::leave_out) {
    ExportFolder out(folder / "out", personal);
    CsvTables tables(out, CsvStyle());
    auto report = export_sessions(reader, sessions, personal, tables);
    if (report) REQUIRE(out.publish());
    return report;
  }
  ExportReport run(Personal personal = Personal::leave_out) {
    auto report = export_as_csv(*store.snapshot(), {session}, personal);
    REQUIRE_MESSAGE(report, report.error().message);
    return *report;
  }
  // Runs it, with one group that cannot be read: what the report says of that.
  std::string left_out() {
    const ExportReport report = run();
    REQUIRE(report.left_out.size() == 1);
    return report.left_out[0];
  }
  // A table of the newest run, as CSV.
  std::string table(const std::string& name) const {
    return read_file(folder / ("out/" + name + ".csv"));
  }

  MemoryStore store;
  TemporaryFolder folder;
};

// The cells of a column, the header first; "(none)" where there is no such column. Of tables
// without quotes.
inline std::vector<std::string> column(const std::string& table, const std::string& name) {
  std::vector<std::string> cells;
  std::size_t wanted = std::string::npos;
  std::size_t begin = 0;
  while (begin < table.size()) {
    const std::size_t end = table.find("\r\n", begin);
    std::vector<std::string> row(1);
    for (const char byte : table.substr(begin, end - begin)) {
      byte == ',' ? static_cast<void>(row.emplace_back()) : row.back().push_back(byte);
    }
    for (std::size_t i = 0; cells.empty() && wanted == std::string::npos && i < row.size(); ++i) {
      if (row[i] == name) wanted = i;
    }
    cells.push_back(wanted < row.size() ? row[wanted] : "(none)");
    begin = end + 2;
  }
  return cells;
}

}  // namespace rialto
