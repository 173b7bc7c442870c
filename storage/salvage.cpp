#include "storage/salvage.h"

#include <rocksdb/db.h>
#include <rocksdb/sst_file_reader.h>
#include <rocksdb/write_batch.h>

#include <algorithm>
#include <memory>
#include <utility>

#include "storage/copy_readable.h"
#include "storage/data_folder.h"
#include "storage/keys.h"
#include "storage/record.h"
#include "storage/rocks_open.h"
#include "storage/rocks_store.h"
#include "storage/wal_check.h"

namespace rialto {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t batch_header = 12;        // of RocksDB's WriteBatch: sequence:u64 count:u32
constexpr std::size_t write_at_once = 1 << 20;  // bytes
constexpr std::uint32_t probes_of_session = 128;
constexpr std::uint32_t probes_at_most = 1024 * probes_of_session;

std::string_view view(const rocksdb::Slice& bytes) { return {bytes.data(), bytes.size()}; }

// A copy of the damaged database that can be opened, with all that its logs still hold.
class WorkingCopy {
 public:
  WorkingCopy(fs::path from, fs::path folder)
      : from_(std::move(from)), folder_(std::move(folder)) {}
  ~WorkingCopy() {
    database_.reset();
    std::error_code error;
    fs::remove_all(folder_, error);
  }
  WorkingCopy(const WorkingCopy&) = delete;
  WorkingCopy& operator=(const WorkingCopy&) = delete;

  Result<void> make(std::vector<std::string>& damage) {
    std::error_code error;
    fs::create_directories(folder_ / "logs", error);
    for (const auto& entry : fs::directory_iterator(from_, error)) {
      const fs::path name = entry.path().filename();
      if (error || !entry.is_regular_file() || name == "LOCK") continue;
      const bool is_log = name.extension() == ".log";
      auto copied = copy_what_can_be_read(entry, folder_ / (is_log ? "logs" : "") / name, damage);
      if (!copied) return copied;
    }
    if (error) {
      return Error{ErrorKind::unavailable, "cannot copy " + from_.string() + " to " +
                                               folder_.string() + ": " + error.message()};
    }
    if (auto opened = open(damage); !opened) return opened;
    if (auto added = add_unnamed_tables(damage); !added) return added;
    for (const fs::path& log : logs_in(folder_ / "logs")) {
      if (auto added = add_log(log, damage); !added) return added;
    }
    return {};
  }

  rocksdb::DB& database() { return *database_; }

 private:
  // As it is, if that can be; else repaired; else, where there are no tables, anew for the logs.
  Result<void> open(std::vector<std::string>& damage) {
    rocksdb::Options options = rocks_options();
    options.disable_auto_compactions = true;
    rocksdb::DB* opened = nullptr;
    rocksdb::Status status = rocksdb::DB::Open(options, folder_.string(), &opened);
    if (!status.ok()) {
      damage.push_back("the tables of " + from_.string() + ": " + status.ToString());
      status = rocksdb::RepairDB(folder_.string(), options);
      options.create_if_missing = !has_tables();
      if (status.ok() || options.create_if_missing) {
        status = rocksdb::DB::Open(options, folder_.string(), &opened);
      }
    }
    database_.reset(opened);
    if (!status.ok()) return error_of(status);
    return {};
  }

  bool has_tables() const {
    const fs::directory_iterator files(folder_);
    return std::any_of(begin(files), end(files),
                       [](const auto& file) { return file.path().extension() == ".sst"; });
  }

  // A MANIFEST that was cut short names fewer tables than there are, and RocksDB deletes the
  // others. The newest first, and only what is not known otherwise: a table may also be there
  // because a process ended before it could delete it.
  Result<void> add_unnamed_tables(std::vector<std::string>& damage) {
    std::vector<rocksdb::LiveFileMetaData> live;
    database_->GetLiveFilesMetaData(&live);
    std::vector<fs::path> unnamed;
    for (const auto& entry : fs::directory_iterator(from_)) {
      const std::string name = "/" + entry.path().filename().string();
      const bool is_named = std::any_of(live.begin(), live.end(),
                                        [&](const auto& table) { return table.name == name; });
      if (entry.path().extension() == ".sst" && !is_named) unnamed.push_back(entry.path());
    }
    std::sort(unnamed.rbegin(), unnamed.rend());
    for (const fs::path& table : unnamed) {
      if (auto added = add_table(table, damage); !added) return added;
    }
    return {};
  }

  Result<void> add_table(const fs::path& table, std::vector<std::string>& damage) {
    rocksdb::SstFileReader reader(rocks_options());
    rocksdb::Status status = reader.Open(table.string());
    std::uint64_t taken = 0;
    rocksdb::WriteOptions options;
    options.disableWAL = true;
    if (status.ok()) {
      const std::unique_ptr<rocksdb::Iterator> i(reader.NewIterator({}));
      std::string value;
      for (i->SeekToFirst(); i->Valid(); i->Next()) {
        if (!database_->Get({}, i->key(), &value).IsNotFound()) continue;
        const auto written = database_->Put(options, i->key(), i->value());
        if (!written.ok()) return error_of(written);
        ++taken;
      }
      status = i->status();
    }
    if (!status.ok()) damage.push_back(table.string() + ": " + status.ToString());
    if (taken > 0) {
      damage.push_back(table.string() + " is named by no MANIFEST; " + std::to_string(taken) +
                       " values were taken from it");
    }
    return {};
  }

  // A log may hold what is in the tables already: doing it again in order ends in the same state.
  Result<void> add_log(const fs::path& log, std::vector<std::string>& damage) {
    const auto state = check_wal(log);
    if (!state) return state.error();
    if (state->kind != WalState::Kind::whole) {
      damage.push_back(log.string() + ", byte " + std::to_string(state->offset) + ": " +
                       state->reason);
    }
    rocksdb::WriteOptions options;
    options.disableWAL = true;
    return salvage_wal(log, [&](std::string_view record) {
      if (record.size() < batch_header) return;
      rocksdb::WriteBatch batch{std::string(record)};
      if (const auto status = database_->Write(options, &batch); !status.ok()) {
        damage.push_back(log.string() + ": " + status.ToString());
      }
    });
  }

  fs::path from_;
  fs::path folder_;
  std::unique_ptr<rocksdb::DB> database_;
};

// Carries over what is sound, key by key in their order.
class Transfer {
 public:
  Transfer(rocksdb::DB& from, Store& to, Salvage& report) : from_(from), to_(to), report_(report) {}

  Result<void> run() {
    const std::unique_ptr<rocksdb::Iterator> i(from_.NewIterator({}));
    std::string position;
    std::uint32_t probes = 0;
    i->Seek(position);
    while (i->Valid() || !i->status().ok()) {
      if (i->Valid()) {
        probes = 0;
        position = i->key().ToString();
        if (auto taken = take(position, view(i->value())); !taken) return taken;
        i->Next();
      } else {
        if (probes == 0) report_.damage.push_back(i->status().ToString());
        has_gap_ = true;  // what follows may have been this unit's
        position = beyond(position, probes++);
        if (position.empty()) break;
        i->Seek(position);
      }
    }
    finish_unit();
    return flush();
  }

 private:
  // Where to try next when what follows `position` cannot be read, after `probes` failures in a
  // row: the units that come then, the sessions that come then, the other kinds of keys; empty when
  // there is no more to try. A block of a table holds fewer units than are tried of each session.
  static std::string beyond(const std::string& position, std::uint32_t probes) {
    if (keys::is_records(position) && probes < probes_at_most) {
      const UnitId unit = keys::unit_of(position);
      const bool stay = (probes + 1) % probes_of_session != 0;
      return keys::records(stay ? UnitId{unit.value + 1} : UnitId::of(unit.session() + 1, 0), 0);
    }
    if (keys::is_records(position)) return keys::records_end();
    if (position == keys::records_begin()) return keys::records(UnitId{0}, 0);
    const char kind = position.empty() ? 'a' : position.front();
    return kind == 'z' ? "" : std::string(1, static_cast<char>(kind + 1));
  }

  Result<void> take(const std::string& key, std::string_view value) {
    if (keys::is_records(key)) return take_records(key, value);
    // A snapshot may hold more than the records that are left: it is made anew from them.
    const bool is_snapshot = key.front() == 'u';
    const bool is_identity = key == keys::meta("format") || key == keys::meta("lineage");
    if (is_snapshot || is_identity) return {};
    return put(key, value);
  }

  Result<void> take_records(const std::string& key, std::string_view value) {
    if (const UnitId unit = keys::unit_of(key); unit != unit_.unit || !in_unit_) {
      finish_unit();
      unit_ = {unit};
      in_unit_ = true;
      has_gap_ = false;
    }
    const auto records = decode_records(value);
    const bool whole = records && !records->empty() &&
                       records->front().sequence == unit_.kept + 1 &&
                       records->back().sequence == keys::sequence_of(key);
    has_gap_ = has_gap_ || !whole;
    if (has_gap_) {
      unit_.dropped += records ? records->size() : 1;
      return {};
    }
    unit_.kept = records->back().sequence;
    return put(key, value);
  }

  void finish_unit() {
    if (!in_unit_) return;
    report_.records += unit_.kept;
    if (unit_.kept > 0) ++report_.units;
    if (has_gap_) report_.cut.push_back(unit_);
    in_unit_ = false;
  }

  Result<void> put(const std::string& key, std::string_view value) {
    pending_.push_back({key, std::string(value)});
    pending_bytes_ += key.size() + value.size();
    return pending_bytes_ < write_at_once ? Result<void>() : flush();
  }

  Result<void> flush() {
    if (auto written = to_.write(pending_); !written) return written;
    pending_.clear();
    pending_bytes_ = 0;
    return {};
  }

  rocksdb::DB& from_;
  Store& to_;
  Salvage& report_;
  CutUnit unit_;  // the unit whose records are being read
  bool in_unit_ = false;
  bool has_gap_ = false;  // a record of it is missing: no later one is kept
  std::vector<Write> pending_;
  std::size_t pending_bytes_ = 0;
};

Result<void> check_empty(const fs::path& to) {
  std::error_code error;
  if (fs::exists(to, error) && !fs::is_empty(to, error)) {
    return Error{ErrorKind::conflict, to.string() + " is not empty; name a new folder"};
  }
  return {};
}

}  // namespace

Result<Salvage> salvage(const fs::path& from, const fs::path& to) {
  const auto damaged = DataFolder::open(from, Access::read_only);
  if (!damaged) return damaged.error();
  if (auto empty = check_empty(to); !empty) return empty.error();
  auto store = RocksStore::open(to);
  if (!store) return store.error();

  Salvage report;
  report.lineage = (*store)->lineage();
  WorkingCopy copy(damaged->store_path(), to / ".salvage");
  if (auto made = copy.make(report.damage); !made) return made.error();
  if (auto moved = Transfer(copy.database(), **store, report).run(); !moved) return moved.error();
  return report;
}

}  // namespace rialto
