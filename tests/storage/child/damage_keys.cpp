// Damages chosen keys of a store's tables, for tests of what that harms and what not:
//   damage_keys prepare DATA        of a closed store: puts each key into a block of its own
//   damage_keys flip DATA PREFIX    also while a server runs: flips a byte in the block of each key
//                                   that begins with PREFIX (hex digits); prints file, offset, next
//   damage_keys find DATA PREFIX    prints the same and changes nothing
#include <rocksdb/db.h>
#include <rocksdb/sst_file_reader.h>
#include <rocksdb/table.h>

#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

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
  auto table = *options.table_factory->GetOptions<rocksdb::BlockBasedTableOptions>();
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

struct Place {
  fs::path file;
  std::size_t offset;
};

// Of each key with this prefix. Blocks of keys stand before those of the index, so the first place
// is the key's own.
std::vector<Place> places_of(const fs::path& data, const std::string& prefix) {
  std::vector<Place> places;
  for (const fs::path& file : rialto::store_files(data, ".sst")) {
    rocksdb::SstFileReader reader(rialto::rocks_options());
    if (!reader.Open(file.string()).ok()) continue;
    const std::string bytes = rialto::read_file(file);
    const std::unique_ptr<rocksdb::Iterator> i(reader.NewIterator({}));
    for (i->Seek(prefix); i->Valid() && i->key().starts_with(prefix); i->Next()) {
      places.push_back({file, bytes.find(i->key().ToString())});
    }
  }
  return places;
}

int flip(const Place& place) {
  std::FILE* const file = std::fopen(place.file.c_str(), "r+b");
  if (file == nullptr) return 1;
  std::fseek(file, static_cast<long>(place.offset), SEEK_SET);
  const int byte = std::fgetc(file);
  std::fseek(file, static_cast<long>(place.offset), SEEK_SET);
  std::fputc(byte ^ 0x10, file);
  return std::fclose(file);
}

}  // namespace

int main(int argc, char** argv) {
  const std::string what = argc > 2 ? argv[1] : "";
  if (what == "prepare") return prepare(fs::path(argv[2]) / "store");
  if ((what != "flip" && what != "find") || argc < 4) return 2;
  for (const Place& place : places_of(argv[2], bytes_of_hex(argv[3]))) {
    if (what == "flip" && flip(place) != 0) return 1;
    std::printf("%s %zu %zu\n", place.file.c_str(), place.offset, place.offset + 1);
  }
}
