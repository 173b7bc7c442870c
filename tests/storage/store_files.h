// Verbs on the files of a store, for tests that damage them.
#pragma once

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "storage/keys.h"
#include "storage/record.h"
#include "storage/store.h"
#include "storage/store_mark.h"

namespace rialto {

// The files of a store whose names end in `extension`, in the order of their names.
inline std::vector<std::filesystem::path> store_files(const std::filesystem::path& folder,
                                                      const std::string& extension) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder / "store")) {
    if (entry.path().extension() == extension) files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

// Calls `write` until what was written first has moved from the log into a table.
template <class Write>
void fill_a_table(const std::filesystem::path& folder, Write write) {
  const auto log = store_files(folder, ".log").at(0);
  while (std::filesystem::exists(log)) write();
}

inline std::string read_file(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

inline void write_file(const std::filesystem::path& file, std::string_view bytes) {
  std::ofstream(file, std::ios::binary | std::ios::trunc) << bytes;
}

inline void flip_byte(const std::filesystem::path& file, std::size_t offset) {
  std::string bytes = read_file(file);
  bytes.at(offset) = static_cast<char>(bytes.at(offset) ^ 0x10);
  write_file(file, bytes);
}

// Makes a store that was closed one whose process was killed when no more of each log was known to
// be on the disk than `synced` bytes.
inline void as_if_killed(const std::filesystem::path& folder, std::uint64_t synced) {
  const std::filesystem::path store = folder / "store";
  StoreMark mark = **read_mark(store);
  mark.in_use = true;
  mark.folder = FolderIdentity::of(store);
  for (auto& [name, bytes] : mark.files) {
    if (name.ends_with(".log")) bytes = std::min(std::filesystem::file_size(store / name), synced);
  }
  (void)write_mark(store, mark);
}

// What a unit writes in one commit: one record, a key of its own.
inline Write record_write(UnitId unit, std::uint64_t sequence, std::string input = "{}") {
  Record record;
  record.sequence = sequence;
  record.input = std::move(input);
  Write write{keys::records(unit, sequence)};
  encode(record, write.value);
  return write;
}

// The sequences of a unit's records, in their order.
inline std::vector<std::uint64_t> sequences(const Reader& reader, UnitId unit) {
  std::vector<std::uint64_t> found;
  (void)reader.scan(keys::records(unit, 0), keys::records_end(unit),
                    [&](std::string_view key, std::string_view) {
                      found.push_back(keys::sequence_of(key));
                      return true;
                    });
  return found;
}

// 1, 2, … last
inline std::vector<std::uint64_t> up_to(std::uint64_t last) {
  std::vector<std::uint64_t> all;
  for (std::uint64_t i = 1; i <= last; ++i) all.push_back(i);
  return all;
}

}  // namespace rialto
