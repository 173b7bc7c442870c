#include "tests/storage/power_cut/power_cut.h"

#include <sys/stat.h>

#include <fstream>
#include <iterator>
#include <map>
#include <utility>

#include "tests/storage/power_cut/synced_sizes.h"

namespace rialto {
namespace {

namespace fs = std::filesystem;

// As SyncedSize, outside the shared mapping. The first one of a table is its fault.
struct Entry {
  std::uint64_t inode = 0;
  std::uint64_t size = 0;
  std::uint64_t failed = 0;
};
static_assert(sizeof(Entry) == sizeof(SyncedSize) && sizeof(Entry) == sizeof(Fault));

std::vector<fs::path> files_below(const fs::path& folder) {
  std::vector<fs::path> files;
  if (!fs::exists(folder)) return files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) files.push_back(entry.path());
  }
  return files;
}

std::uint64_t inode_of(const fs::path& file) {
  struct stat facts {};
  return ::stat(file.c_str(), &facts) == 0 ? facts.st_ino : 0;
}

}  // namespace

PowerCut::PowerCut(fs::path folder, fs::path table, fs::path library)
    : folder_(std::move(folder)), table_(std::move(table)), library_(std::move(library)) {}

void PowerCut::arm() {
  if (std::exchange(armed_, true)) return;
  std::vector<Entry> entries(1 + synced_sizes);
  std::size_t next = 1;
  for (const fs::path& file : files_below(folder_)) {
    entries.at(next++) = {inode_of(file), fs::file_size(file), 0};
  }
  std::ofstream(table_, std::ios::binary | std::ios::trunc)
      .write(reinterpret_cast<const char*>(entries.data()),
             static_cast<std::streamsize>(entries.size() * sizeof(Entry)));
}

void PowerCut::fail(std::uint64_t nth, int error) {
  const Entry fault{nth, static_cast<std::uint64_t>(error), 0};
  std::fstream(table_, std::ios::binary | std::ios::in | std::ios::out)
      .write(reinterpret_cast<const char*>(&fault), sizeof fault);
}

std::vector<std::string> PowerCut::environment() const {
  return {"LD_PRELOAD=" + library_.string(),
          std::string(synced_sizes_variable) + "=" + table_.string(),
          std::string(power_folder_variable) + "=" + folder_.string(),
          // The library stands before the sanitizer's, and does nothing that it would miss.
          "ASAN_OPTIONS=verify_asan_link_order=0"};
}

std::vector<std::string> PowerCut::environment(int last_sync) const {
  auto variables = environment();
  variables.push_back(std::string(last_sync_variable) + "=" + std::to_string(last_sync));
  return variables;
}

std::uint64_t PowerCut::cut() {
  armed_ = false;
  std::vector<Entry> entries(1 + synced_sizes);
  std::ifstream(table_, std::ios::binary)
      .read(reinterpret_cast<char*>(entries.data()),
            static_cast<std::streamsize>(entries.size() * sizeof(Entry)));
  std::map<std::uint64_t, std::uint64_t> synced;
  for (std::size_t i = 1; i < entries.size(); ++i) synced[entries[i].inode] = entries[i].size;
  std::uint64_t lost = 0;
  for (const fs::path& file : files_below(folder_)) {
    const std::uint64_t size = fs::file_size(file);
    const std::uint64_t kept = std::min(size, synced[inode_of(file)]);
    fs::resize_file(file, kept);
    lost += size - kept;
    const fs::path taken_away = table_.string() + "." + std::to_string(inode_of(file));
    if (!fs::exists(taken_away)) continue;
    std::ofstream(file, std::ios::binary | std::ios::app)
        << std::ifstream(taken_away, std::ios::binary).rdbuf();
    fs::remove(taken_away);
  }
  return lost;
}

}  // namespace rialto
