#include "storage/table_check.h"

#include <rocksdb/sst_file_reader.h>

#include "storage/rocks_open.h"
#include "storage/store_mark.h"
#include "storage/wal_check.h"

namespace rialto {
namespace {

namespace fs = std::filesystem;

std::optional<std::string> damage_in_table(const fs::path& file) {
  rocksdb::SstFileReader reader(rocks_options());
  rocksdb::Status status = reader.Open(file.string());
  if (status.ok()) status = reader.VerifyChecksum();
  if (status.ok()) return std::nullopt;
  return status.ToString();
}

// A last record that was not completely written is none.
std::optional<std::string> damage_in_log(const fs::path& file) {
  const auto state = check_wal(file);
  if (!state) return state.error().message;
  if (state->kind != WalState::Kind::damaged) return std::nullopt;
  return "at byte " + std::to_string(state->offset) + " " + state->reason;
}

}  // namespace

std::optional<std::string> damage_in(const fs::path& file) {
  if (file.extension() == ".sst") return damage_in_table(file);
  if (is_marked_file(file.filename())) return damage_in_log(file);
  return std::nullopt;
}

}  // namespace rialto
