#include "storage/export_manifest.h"

#include <nlohmann/json.hpp>

#include "storage/table_cell.h"

namespace rialto {
namespace {

using Json = nlohmann::ordered_json;

Json time_of(std::int64_t microseconds) {
  return microseconds == 0 ? Json() : Json(cell::iso_time(microseconds).text);
}

Json describe(const SessionReport& session) {
  return {{"code", session.code},
          {"config", session.config},
          {"apps", session.apps},
          {"is_demo", session.demo},
          {"is_bot", session.bots},
          {"participants", session.participants},
          {"units", session.units},
          {"records", session.records},
          {"newest", time_of(session.newest)}};
}

}  // namespace

std::string manifest_text(const ExportStamp& stamp, const ExportReport& report,
                          const std::vector<ExportedFile>& files) {
  Json manifest{
      {"rialto", stamp.version},       {"lineage", stamp.lineage},
      {"taken", time_of(stamp.taken)}, {"taken_epoch", static_cast<double>(stamp.taken) / 1e6},
      {"format", stamp.format},        {"personal", stamp.personal == Personal::include},
      {"sessions", Json::array()},     {"tables", Json::array()},
      {"files", Json::array()},        {"left_out", report.left_out}};
  for (const SessionReport& session : report.sessions) {
    manifest["sessions"].push_back(describe(session));
  }
  for (const ExportedTable& table : report.tables) {
    manifest["tables"].push_back(
        {{"name", table.name}, {"file", table.file}, {"rows", table.rows}});
  }
  for (const ExportedFile& file : files) {
    manifest["files"].push_back(
        {{"name", file.name}, {"bytes", file.bytes}, {"sha256", file.sha256}});
  }
  return manifest.dump(2) + "\n";
}

}  // namespace rialto
