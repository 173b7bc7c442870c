#include "storage/rocks_open.h"

#include <rocksdb/convenience.h>
#include <rocksdb/env.h>
#include <rocksdb/rate_limiter.h>
#include <rocksdb/slice_transform.h>
#include <rocksdb/table.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <optional>
#include <system_error>
#include <vector>

#include "storage/file_bytes.h"
#include "storage/keys.h"
#include "storage/session_blocks.h"
#include "storage/sync.h"
#include "storage/table_check.h"
#include "storage/wal_check.h"

namespace rialto {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t mebibyte = 1024 * 1024;
constexpr std::size_t unit_prefix = 9;  // 'r' and the unit
constexpr int first_marked_format = 3;

struct TornTail {
  fs::path file;
  std::uint64_t offset;
  std::uint64_t size;
};

std::uint64_t number_of(const fs::path& log) {
  return std::strtoull(log.stem().c_str(), nullptr, 10);
}

Error damage_at(const fs::path& file, std::uint64_t offset, const std::string& reason) {
  return damage("the file " + file.string() + " is damaged at byte " + std::to_string(offset) +
                " (" + reason + ")");
}

// Of a store that was there once.
Error lost(const fs::path& file) {
  std::error_code error;
  const fs::path folder = file.parent_path();
  if (!fs::exists(folder, error) || fs::is_empty(folder, error)) {
    return damage("nothing is left of the store in " + folder.string() +
                  " (to begin anew, name another data folder)");
  }
  return damage("the file " + file.string() + " is missing");
}

// What is torn was not synced, so it stands behind all that is known to be on the disk.
Result<WalState> check_known(const fs::path& file, const StoreMark& mark) {
  auto state = check_wal(file);
  const auto known = mark.files.find(file.filename());
  if (!state || known == mark.files.end()) return state;
  if (state->kind == WalState::Kind::torn && state->offset < known->second) {
    return damage_at(file, state->offset, "a record is cut short that was whole");
  }
  return state;
}

// Damage in the write-ahead logs, a torn tail, or nothing.
Result<std::optional<TornTail>> check_logs(const fs::path& folder, const StoreMark& mark) {
  std::optional<TornTail> torn;
  for (const fs::path& file : logs_in(folder)) {
    const auto state = check_known(file, mark);
    if (!state) return state.error();
    if (torn && state->size > 0) {
      return damage_at(torn->file, torn->offset, "a record is cut short, and a later log follows");
    }
    if (state->kind == WalState::Kind::damaged) {
      return damage_at(file, state->offset, state->reason);
    }
    if (state->kind == WalState::Kind::torn) torn = TornTail{file, state->offset, state->size};
  }
  return torn;
}

// The file that lists all others, if it is what is damaged.
Result<void> check_manifest(const fs::path& folder, const StoreMark& mark) {
  const auto current = bytes_of(folder / "CURRENT");
  if (!current && current.error().kind != ErrorKind::not_found) return current.error();
  const std::string name = current ? current->substr(0, current->find('\n')) : "";
  if (!name.starts_with("MANIFEST-")) {
    return damage("the file " + (folder / "CURRENT").string() + " is damaged or missing");
  }
  if (!fs::exists(folder / name)) {
    return damage("the file " + (folder / name).string() + " is missing");
  }
  const auto state = check_known(folder / name, mark);
  if (!state) return state.error();
  if (state->kind == WalState::Kind::damaged) {
    return damage_at(folder / name, state->offset, state->reason);
  }
  return {};
}

// An empty folder may become a store. One that has lost CURRENT must not: RocksDB would begin anew
// and clear the old files away.
bool may_begin_in(const fs::path& folder) {
  if (fs::exists(folder / "CURRENT")) return false;
  for (const auto& entry : fs::directory_iterator(folder)) {
    const auto extension = entry.path().extension();
    if (extension == ".log" || extension == ".sst") return false;
  }
  return true;
}

// A tail that a power cut brings back would stand before what was written since.
Result<void> cut(const TornTail& torn) {
  std::error_code error;
  fs::resize_file(torn.file, torn.offset, error);
  if (error) {
    return Error{ErrorKind::unavailable,
                 "cannot cut the torn record off " + torn.file.string() + ": " + error.message()};
  }
  if (auto synced = sync_file(torn.file); !synced) return synced;
  if (auto synced = sync_folder(torn.file.parent_path()); !synced) return synced;
  spdlog::warn(
      "{}: the last record was not completely written when the server ended; nobody was "
      "told of it. Dropped {} bytes from byte {} on.",
      torn.file.string(), torn.size - torn.offset, torn.offset);
  return {};
}

// That the files are there which must be, before RocksDB may touch them: the mark of the store, if
// it has one; an empty one where a store may be made.
Result<std::optional<StoreMark>> check_files(const DataFolder& data, Access access) {
  const fs::path folder = data.store_path();
  std::error_code error;
  const fs::directory_iterator readable(folder, error);
  if (error && error != std::errc::no_such_file_or_directory) {
    return Error{ErrorKind::unavailable,
                 "cannot read the folder " + folder.string() + ": " + error.message()};
  }
  if (error && data.had_store()) return lost(mark_file(folder));
  const Error none{ErrorKind::not_found, "there is no store in " + folder.string()};
  if (error) return none;
  auto mark = read_mark(folder);
  if (!mark) return mark;
  if (!*mark && data.had_store()) return lost(mark_file(folder));
  if (*mark) {
    if (auto known = check_mark(folder, **mark); !known) return known.error();
  }
  const StoreMark known = mark->value_or(StoreMark());
  if (may_begin_in(folder)) {
    if (data.had_store()) return lost(folder / "CURRENT");
    if (access == Access::read_only) return none;
    return std::optional(known);
  }
  if (auto manifest = check_manifest(folder, known); !manifest) return manifest.error();
  return mark;
}

// RocksDB writes what it reads from logs into tables, and ends the process where a full disk fails
// that.
Result<void> check_room(const fs::path& folder) {
  std::uint64_t needed = mebibyte;
  for (const fs::path& log : logs_in(folder)) needed += fs::file_size(log);
  std::error_code error;
  const std::uint64_t free = fs::space(folder, error).available;
  if (error || free >= needed) return {};
  return Error{ErrorKind::unavailable,
               "no space left on the disk of " + folder.string() + ": " + std::to_string(free) +
                   " bytes are free, and the store needs " + std::to_string(needed) +
                   " to be opened. Make room and start again; nothing was changed"};
}

// A failure to open in our words. RocksDB does not always say which file it is about.
Error not_opened(const fs::path& folder, const rocksdb::Status& status) {
  if (!status.IsCorruption() && !status.IsPathNotFound() && !status.IsNotFound()) {
    return error_of(status);
  }
  std::string what = "the store in " + folder.string() + " is damaged: " + status.ToString();
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    const auto found = damage_in(entry);
    if (found) what += "; the file " + entry.path().string() + ": " + *found;
  }
  return damage(what);
}

using Database = std::unique_ptr<rocksdb::DB>;

// What was not synced is told of as little as what was not written.
Result<Database> open_to_read(const fs::path& folder, rocksdb::Options options, bool is_torn) {
  for (const fs::path& log : logs_in(folder)) {
    if (auto synced = sync_file(log); !synced) return synced.error();
  }
  if (is_torn) {
    options.wal_recovery_mode = rocksdb::WALRecoveryMode::kTolerateCorruptedTailRecords;
  }
  rocksdb::DB* database = nullptr;
  const auto status = rocksdb::DB::OpenForReadOnly(options, folder.string(), &database);
  if (!status.ok()) return not_opened(folder, status);
  return Database(database);
}

// A store without a mark must be one of before there were marks.
Result<void> check_unmarked(const fs::path& folder, rocksdb::DB& database) {
  std::string format;
  const auto status = database.Get({}, keys::meta("format"), &format);
  if (!status.ok() && !status.IsNotFound()) return not_opened(folder, status);
  if (status.ok() && std::atoi(format.c_str()) < first_marked_format) return {};
  return lost(mark_file(folder));
}

}  // namespace

Error damage(const std::string& what) {
  return {ErrorKind::corrupt,
          what +
              ". Nothing was changed. To go on with what can still be read, make "
              "a new store of it with `rialto store salvage`"};
}

rocksdb::Options rocks_options() {
  rocksdb::Options options;
  options.wal_recovery_mode = rocksdb::WALRecoveryMode::kAbsoluteConsistency;
  options.recycle_log_file_num = 0;
  options.avoid_flush_during_recovery = false;
  options.paranoid_checks = true;

  options.write_buffer_size = 32 * mebibyte;
  options.max_write_buffer_number = 4;
  options.memtable_insert_with_hint_prefix_extractor.reset(
      rocksdb::NewFixedPrefixTransform(unit_prefix));

  options.level0_file_num_compaction_trigger = 8;
  options.level0_slowdown_writes_trigger = 200;
  options.level0_stop_writes_trigger = 400;
  options.soft_pending_compaction_bytes_limit = 0;
  options.hard_pending_compaction_bytes_limit = 0;
  options.bytes_per_sync = mebibyte;

  const auto compressions = rocksdb::GetSupportedCompressions();
  const bool has_lz4 = std::find(compressions.begin(), compressions.end(),
                                 rocksdb::kLZ4Compression) != compressions.end();
  options.compression = has_lz4 ? rocksdb::kLZ4Compression : rocksdb::kNoCompression;

  rocksdb::BlockBasedTableOptions table;
  table.block_cache = rocksdb::NewLRUCache(16 * mebibyte);
  // A block is read only by who looks for something between its first and its last key.
  table.flush_block_policy_factory = std::make_shared<SessionBlocks>();
  table.index_type = rocksdb::BlockBasedTableOptions::kBinarySearchWithFirstKey;
  table.index_shortening = rocksdb::BlockBasedTableOptions::IndexShorteningMode::kNoShortening;
  options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));

  options.stats_dump_period_sec = 0;
  options.stats_persist_period_sec = 0;
  options.skip_stats_update_on_db_open = true;
  options.info_log_level = rocksdb::WARN_LEVEL;
  options.max_log_file_size = mebibyte;
  options.keep_log_file_num = 2;
  return options;
}

std::vector<fs::path> logs_in(const fs::path& folder) {
  std::vector<fs::path> logs;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() == ".log") logs.push_back(entry.path());
  }
  std::sort(logs.begin(), logs.end(),
            [](const fs::path& a, const fs::path& b) { return number_of(a) < number_of(b); });
  return logs;
}

Result<OpenedRocks> open_rocks(const DataFolder& data, Access access,
                               std::shared_ptr<rocksdb::EventListener> listener) {
  const fs::path folder = data.store_path();
  rocksdb::Options options = rocks_options();
  options.listeners.push_back(std::move(listener));
  const auto mark = check_files(data, access);
  if (!mark) return mark.error();
  const StoreMark known = mark->value_or(StoreMark());
  // Before RocksDB reads them: it takes zeros in a log for its end, in every recovery mode.
  const auto torn = check_logs(folder, known);
  if (!torn) return torn.error();
  OpenedRocks opened;
  if (!*mark || access == Access::read_only) {
    auto database = open_to_read(folder, options, torn->has_value());
    if (!database) return database.error();
    opened.database = std::move(*database);
    if (auto old = *mark ? Result<void>() : check_unmarked(folder, *opened.database); !old) {
      return old.error();
    }
  }
  if (access == Access::read_only) return opened;
  opened.database.reset();
  if (auto room = check_room(folder); !room) return room.error();
  if (auto done = *torn ? cut(**torn) : Result<void>(); !done) return done.error();
  opened.files = std::make_shared<MarkedFiles>(folder, known);
  if (auto begun = opened.files->begin(); !begun) return begun.error();
  opened.environment = rocksdb::NewCompositeEnv(opened.files);
  options.env = opened.environment.get();
  options.create_if_missing = true;
  rocksdb::DB* database = nullptr;
  const auto status = rocksdb::DB::Open(options, folder.string(), &database);
  if (!status.ok()) return not_opened(folder, status);
  opened.database.reset(database);
  if (auto marked = opened.files->mark(); !marked) return marked.error();
  return opened;
}

Error error_of(const rocksdb::Status& status) {
  const std::string message = status.ToString();
  if (status.IsNotFound()) return {ErrorKind::not_found, message};
  if (status.IsCorruption()) return {ErrorKind::corrupt, message};
  if (status.IsInvalidArgument() || status.IsNotSupported()) return {ErrorKind::invalid, message};
  return {ErrorKind::unavailable, message};
}

}  // namespace rialto
