// Damages chosen keys of a store's tables, for tests of what that harms and what not:
//   damage_keys prepare DATA        of a closed store: puts each key into a block of its own
//   damage_keys flip DATA PREFIX    also while a server runs: flips a byte in the block of each key
//                                   that begins with PREFIX (hex digits); prints how many
#include <rocksdb/db.h>
#include <rocksdb/sst_file_reader.h>
#include <rocksdb/table.h>

#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>

#include "storage/rocks_open.h"
#include "storage/store_mark.h"
#include "tests/storage/store_files.h"

namespace {

namespace fs = std::filesystem;

// The mark of a store in which others than Rialto have worked.
bool mark_anew(const fs::path& store) {
  rialto::StoreMark mark;
  mark.folder = rialto::FolderIdentity::of(store);
  for (const auto& entry : fs::directory_iterator(store)) {
    const std::string name = entry.path().filename();
    if (rialto::is_marked_file(name) && entry.file_size() > 0) mark.files[name] = entry.file_size();
  }
  return bool{rialto::write_mark(store, mark)};
}

int prepare(const fs::path& store) {
  rocksdb::Options options = rialto::rocks_options();
  options.compression = rocksdb::kNoCompression;
  rocksdb::BlockBasedTableOptions table;
  table.block_size = 1;
  options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  rocksdb::DB* opened = nullptr;
  if (!rocksdb::DB::Open(options, store.string(), &opened).ok()) return 1;
  const std::unique_ptr<rocksdb::DB> database(opened);
  rocksdb::CompactRangeOptions whole;
  whole.bottommost_level_compaction = rocksdb::BottommostLevelCompaction::kForce;
  if (!database->CompactRange(whole, nullptr, nullptr).ok()) return 1;
  return database->Close().ok() && mark_anew(store) ? 0 : 1;
}

std::string bytes_of_hex(const std::string& digits) {
  std::string bytes;
  for (std::size_t i = 0; i + 1 < digits.size(); i += 2) {
    bytes.push_back(static_cast<char>(std::stoi(digits.substr(i, 2), nullptr, 16)));
  }
  return bytes;
}

// Blocks of keys stand before those of the index, so the first place is the key's own.
int flip(const fs::path& data, const std::string& prefix) {
  int flipped = 0;
  for (const fs::path& file : rialto::store_files(data, ".sst")) {
    rocksdb::SstFileReader reader(rialto::rocks_options());
    if (!reader.Open(file.string()).ok()) return 1;
    const std::string bytes = rialto::read_file(file);
    const std::unique_ptr<rocksdb::Iterator> i(reader.NewIterator({}));
    for (i->Seek(prefix); i->Valid() && i->key().starts_with(prefix); i->Next()) {
      const auto at = bytes.find(i->key().ToString());
      if (at == std::string::npos) return 1;
      std::FILE* const changed = std::fopen(file.c_str(), "r+b");
      std::fseek(changed, static_cast<long>(at), SEEK_SET);
      std::fputc(bytes[at] ^ 0x10, changed);
      std::fclose(changed);
      ++flipped;
    }
  }
  std::printf("%d\n", flipped);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  const std::string what = argc > 2 ? argv[1] : "";
  if (what == "prepare") return prepare(fs::path(argv[2]) / "store");
  if (what == "flip" && argc > 3) return flip(argv[2], bytes_of_hex(argv[3]));
  return 2;
}
