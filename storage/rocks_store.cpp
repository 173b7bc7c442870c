#include "storage/rocks_store.h"

#include <rocksdb/db.h>
#include <rocksdb/env.h>
#include <rocksdb/utilities/checkpoint.h>
#include <rocksdb/write_batch.h>
#include <spdlog/spdlog.h>
#include <sys/resource.h>
#include <unistd.h>

#include <charconv>
#include <random>
#include <utility>
#include <vector>

#include "storage/compaction_watch.h"
#include "storage/keys.h"
#include "storage/rocks_open.h"
#include "storage/sync.h"

namespace rialto {
namespace {

rocksdb::Slice slice(std::string_view text) { return {text.data(), text.size()}; }

std::string_view view(const rocksdb::Slice& bytes) { return {bytes.data(), bytes.size()}; }

// What a disk cannot read is as much lost as what it reads wrongly.
Error unreadable(const rocksdb::Status& status) {
  Error error = error_of(status);
  if (status.IsIOError()) error.kind = ErrorKind::corrupt;
  return error;
}

Result<std::string> read(rocksdb::DB& database, const rocksdb::ReadOptions& options,
                         std::string_view key) {
  std::string value;
  const rocksdb::Status status = database.Get(options, slice(key), &value);
  if (status.IsNotFound()) return Error{ErrorKind::not_found, "no such key"};
  if (!status.ok()) return unreadable(status);
  return value;
}

Result<void> visit_range(rocksdb::DB& database, rocksdb::ReadOptions options, std::string_view from,
                         std::string_view to, const Visitor& visit) {
  const rocksdb::Slice end = slice(to);
  if (!to.empty()) options.iterate_upper_bound = &end;
  const std::unique_ptr<rocksdb::Iterator> i(database.NewIterator(options));
  for (i->Seek(slice(from)); i->Valid(); i->Next()) {
    if (!visit(view(i->key()), view(i->value()))) return {};
  }
  if (!i->status().ok()) return unreadable(i->status());
  return {};
}

// One moment of the database. RocksDB keeps what it needs until the snapshot is released.
class RocksSnapshot final : public Reader {
 public:
  explicit RocksSnapshot(rocksdb::DB& database) : database_(database) {
    options_.snapshot = database_.GetSnapshot();
  }
  ~RocksSnapshot() override { database_.ReleaseSnapshot(options_.snapshot); }
  RocksSnapshot(const RocksSnapshot&) = delete;
  RocksSnapshot& operator=(const RocksSnapshot&) = delete;

  Result<std::string> get(std::string_view key) const override {
    return read(database_, options_, key);
  }
  Result<void> scan(std::string_view from, std::string_view to,
                    const Visitor& visit) const override {
    return visit_range(database_, options_, from, to, visit);
  }

 private:
  rocksdb::DB& database_;
  rocksdb::ReadOptions options_;
};

// 16 hex digits that no other store has.
std::string new_lineage() {
  static constexpr char digits[] = "0123456789abcdef";
  std::random_device random;
  std::string lineage;
  for (int i = 0; i < 16; ++i) lineage.push_back(digits[random() % 16]);
  return lineage;
}

Error not_there(const std::filesystem::path& data) {
  return {ErrorKind::unavailable,
          "the data folder " + data.string() +
              " is not there any more: it was moved or removed. Put it back, or say with --data "
              "where it is"};
}

constexpr const char* checkpoint_prefix = ".checkpoint-";

bool is_checkpoint(const std::filesystem::path& path) {
  return path.filename().string().starts_with(checkpoint_prefix);
}

void clear_checkpoints(const std::filesystem::path& folder) {
  std::error_code error;
  std::vector<std::filesystem::path> left;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    if (is_checkpoint(entry.path())) left.push_back(entry.path());
  }
  for (const auto& each : left) std::filesystem::remove_all(each, error);
}

// A tenth of a busy processor: a flush keeps up with the fullest load, and is no more in its way.
constexpr int flush_niceness = 8;

// Work in the background must not take the processor from the server. Its threads belong to the
// process, whichever store started them. Compaction can wait for idle time, a flush cannot: while
// it waits, memory fills.
void lower_background_priority() {
  rocksdb::Env& environment = *rocksdb::Env::Default();
  environment.LowerThreadPoolCPUPriority(rocksdb::Env::Priority::LOW, rocksdb::CpuPriority::kLow);
  environment.LowerThreadPoolIOPriority(rocksdb::Env::Priority::LOW);
  const auto lower_flush = [](void*) {
    ::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), flush_niceness);
  };
  environment.Schedule(lower_flush, nullptr, rocksdb::Env::Priority::HIGH);
}

}  // namespace

Result<std::unique_ptr<RocksStore>> RocksStore::open(const std::filesystem::path& path) {
  return open(path, Options{});
}

Result<std::unique_ptr<RocksStore>> RocksStore::open(const std::filesystem::path& path,
                                                     Options options) {
  if (!options.may_make && !DataFolder::is_one(path)) return not_there(path);
  auto folder = DataFolder::open(path, options.access);
  if (!folder) return folder.error();
  auto compactions = std::make_shared<CompactionWatch>();
  auto rocks = open_rocks(*folder, options.access, compactions);
  if (!rocks) return rocks.error();
  lower_background_priority();
  if (options.access == Access::read_write) clear_checkpoints(folder->path());
  std::unique_ptr<RocksStore> store(new RocksStore(std::move(*folder),
                                                   std::make_unique<OpenedRocks>(std::move(*rocks)),
                                                   std::move(compactions), options));
  if (auto known = store->read_identity(options.access); !known) return known.error();
  if (options.access == Access::read_only) return store;
  if (auto noted = store->folder_.note_store(); !noted) return noted.error();
  return store;
}

RocksStore::RocksStore(DataFolder folder, std::unique_ptr<OpenedRocks> rocks,
                       std::shared_ptr<CompactionWatch> compactions, Options options)
    : folder_(std::move(folder)),
      compactions_(std::move(compactions)),
      rocks_(std::move(rocks)),
      identity_(FolderIdentity::of(folder_.store_path())),
      free_space_(folder_.path(), options.reserve, options.room_refresh) {}

RocksStore::~RocksStore() {
  if (auto closed = close(); !closed) {
    spdlog::warn("the store in {} was not closed in order: {}", folder_.path().string(),
                 closed.error().message);
  }
}

// The mark of a closed store is exact: any copy of it is one of all that was written.
Result<void> RocksStore::close() {
  if (!rocks_->files || failed_) return {};
  if (const auto status = rocks_->database->SyncWAL(); !status.ok()) return error_of(status);
  if (const auto status = rocks_->database->Close(); !status.ok()) return error_of(status);
  return rocks_->files->end();
}

Result<void> RocksStore::read_identity(Access access) {
  const auto written = get(keys::meta("format"));
  if (!written && written.error().kind == ErrorKind::corrupt)
    return damage(written.error().message);
  if (!written && written.error().kind != ErrorKind::not_found) return written.error();
  if (!written) {
    bool empty = true;
    if (auto seen = scan("", "", [&](auto, auto) { return empty = false; }); !seen) return seen;
    if (empty && folder_.had_store()) {
      return damage("the store in " + folder_.path().string() + " is empty");
    }
    if (empty && access == Access::read_write) return begin_lineage();
    return Error{empty ? ErrorKind::not_found : ErrorKind::invalid,
                 "there is no store of Rialto in " + folder_.path().string()};
  }
  int number = 0;
  std::from_chars(written->data(), written->data() + written->size(), number);
  if (number < 1 || number > format) {
    return Error{ErrorKind::invalid, "the data in " + folder_.path().string() + " has format " +
                                         *written + "; this Rialto knows formats up to " +
                                         std::to_string(format) + ": use a newer Rialto"};
  }
  auto lineage = get(keys::meta("lineage"));
  if (!lineage) return damage(lineage.error().message);
  lineage_ = std::move(*lineage);
  if (number == format || access == Access::read_only) return {};
  const Write newer{keys::meta("format"), std::to_string(format)};
  return write({&newer, 1});
}

Result<void> RocksStore::begin_lineage() {
  lineage_ = new_lineage();
  const Write identity[] = {{keys::meta("format"), std::to_string(format)},
                            {keys::meta("lineage"), lineage_}};
  return write(identity);
}

Result<std::string> RocksStore::get(std::string_view key) const {
  return read(*rocks_->database, {}, key);
}

Result<void> RocksStore::scan(std::string_view from, std::string_view to,
                              const Visitor& visit) const {
  return visit_range(*rocks_->database, {}, from, to, visit);
}

Result<void> RocksStore::write_joined(std::span<const std::span<const Write>> lists,
                                      Durability durability) {
  if (failed_) {
    return Error{ErrorKind::unavailable, "an earlier write to the store failed"};
  }
  std::size_t size = 64;
  for (const auto& writes : lists) {
    for (const Write& write : writes) size += write.key.size() + write.value.size() + 16;
  }
  rocksdb::WriteBatch batch(size);
  for (const auto& writes : lists) {
    for (const Write& write : writes) {
      const rocksdb::Status added =
          write.erase ? batch.Delete(write.key) : batch.Put(write.key, write.value);
      if (!added.ok()) return error_of(added);
    }
  }
  rocksdb::WriteOptions options;
  options.sync = durability == Durability::synced;
  options.memtable_insert_hint_per_batch = true;
  const rocksdb::Status status = rocks_->database->Write(options, &batch);
  if (!status.ok()) {
    failed_ = true;
    return error_of(status);
  }
  return keep_up();
}

// What has come due with this write: nobody hears of what is in a folder that was taken away; the
// mark knows of a log before anybody hears of what is in it; tables that cannot be joined are not
// tried again and again.
Result<void> RocksStore::keep_up() {
  if (!identity_.is(FolderIdentity::of(folder_.store_path()))) {
    failed_ = true;
    return not_there(folder_.path());
  }
  if (compactions_->take_failure()) {
    (void)rocks_->database->SetOptions({{"disable_auto_compactions", "true"}});
  }
  if (!rocks_->files->is_due()) return {};
  auto marked = rocks_->files->mark();
  if (!marked) failed_ = true;
  return marked;
}

// First out of memory and the logs, then out of the tables, down to the lowest level.
Result<void> RocksStore::forget(std::span<const keys::Range> ranges) {
  if (const auto status = rocks_->database->Flush(rocksdb::FlushOptions()); !status.ok()) {
    return error_of(status);
  }
  rocksdb::CompactRangeOptions options;
  options.bottommost_level_compaction = rocksdb::BottommostLevelCompaction::kForce;
  for (const keys::Range& range : ranges) {
    const rocksdb::Slice from = slice(range.from);
    const rocksdb::Slice to = slice(range.to);
    const auto status = rocks_->database->CompactRange(options, &from, &to);
    if (!status.ok()) return error_of(status);
  }
  // The names of the old files are gone for good, too.
  return sync_folder(folder_.store_path());
}

Result<std::filesystem::path> RocksStore::checkpoint() {
  rocksdb::Checkpoint* made = nullptr;
  const auto known = rocksdb::Checkpoint::Create(rocks_->database.get(), &made);
  if (!known.ok()) return error_of(known);
  const std::unique_ptr<rocksdb::Checkpoint> checkpoint(made);
  const auto folder = folder_.path() / (checkpoint_prefix + std::to_string(++checkpoints_));
  const auto status = checkpoint->CreateCheckpoint(folder.string());
  if (!status.ok()) return error_of(status);
  return folder;
}

Result<void> RocksStore::release(const std::filesystem::path& checkpoint) {
  if (checkpoint.parent_path() != folder_.path() || !is_checkpoint(checkpoint)) {
    return Error{ErrorKind::invalid, checkpoint.string() + " is no checkpoint of this store"};
  }
  std::error_code error;
  std::filesystem::remove_all(checkpoint, error);
  if (!error) return {};
  return Error{ErrorKind::unavailable,
               "cannot remove " + checkpoint.string() + ": " + error.message()};
}

std::unique_ptr<Reader> RocksStore::snapshot() const {
  return std::make_unique<RocksSnapshot>(*rocks_->database);
}

}  // namespace rialto
