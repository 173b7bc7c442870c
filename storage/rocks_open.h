// Opens RocksDB the way rules.md 8 wants it: every record that was promised is there, or the store
// refuses and says which file is damaged where. Private to storage/ (it shows RocksDB's types).
// Free functions; the database that comes back is owned by the caller.
// Guarantees: only a torn tail, a last record that was never acknowledged, is ever cut off; all
// that was found is on the disk when the database is there, also what a killed process had not
// synced.
#pragma once

#include <rocksdb/db.h>
#include <rocksdb/env.h>
#include <rocksdb/listener.h>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "storage/data_folder.h"
#include "storage/marked_files.h"
#include "storage/result.h"

namespace rialto {

// What all stores are opened with; the reasons are in storage/README.md.
rocksdb::Options rocks_options();

// A database and the way to its files, which outlives it.
struct OpenedRocks {
  std::shared_ptr<MarkedFiles> files;  // none if it may only be read
  std::unique_ptr<rocksdb::Env> environment;
  std::unique_ptr<rocksdb::DB> database;
};

// The database of a data folder, made if there is nothing, nor ever was, and it may be written.
// `listener` is told of what RocksDB does in the background.
Result<OpenedRocks> open_rocks(const DataFolder& data, Access access,
                               std::shared_ptr<rocksdb::EventListener> listener);

// The write-ahead logs in `folder`, oldest first.
std::vector<std::filesystem::path> logs_in(const std::filesystem::path& folder);

// That the store is damaged, `what` being the first half of the sentence.
Error damage(const std::string& what);

// A status that is not ok, in our words.
Error error_of(const rocksdb::Status& status);

}  // namespace rialto
