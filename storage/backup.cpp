#include "storage/backup.h"

#include <cstdio>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <system_error>
#include <utility>
#include <vector>

#include "storage/file_bytes.h"
#include "storage/file_sum.h"
#include "storage/rocks_store.h"
#include "storage/store_mark.h"
#include "storage/sync.h"
#include "storage/table_check.h"

namespace rialto {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

constexpr const char* manifest_name = "manifest.json";

struct NamedSum {
  std::string name;
  FileSum sum;
  std::string damage;  // empty: none
};

struct Manifest {
  Backup about;
  int format = 0;
  std::vector<NamedSum> files;
};

Error unavailable(const std::string& what, const std::error_code& error) {
  return {ErrorKind::unavailable, what + ": " + error.message()};
}

// A folder beside the one that is to be, with a name of its own until it is complete.
class UnfinishedFolder {
 public:
  explicit UnfinishedFolder(const fs::path& wanted)
      : wanted_(fs::absolute(wanted).lexically_normal()) {
    if (!wanted_.has_filename()) wanted_ = wanted_.parent_path();
    path_ = wanted_.parent_path() / ("." + wanted_.filename().string() + ".unfinished");
  }
  ~UnfinishedFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  UnfinishedFolder(const UnfinishedFolder&) = delete;
  UnfinishedFolder& operator=(const UnfinishedFolder&) = delete;

  const fs::path& path() const { return path_; }

  // What an earlier one, that was killed, has left is cleared away.
  Result<void> begin() const {
    std::error_code error;
    if (fs::exists(wanted_, error) && !fs::is_empty(wanted_, error)) {
      return Error{ErrorKind::conflict, wanted_.string() + " is not empty; name a new folder"};
    }
    fs::remove_all(path_, error);
    fs::create_directories(path_ / "store", error);
    fs::permissions(path_, fs::perms::owner_all, error);
    if (error) return unavailable("cannot make the folder " + path_.string(), error);
    return {};
  }

  // Everything in it is on the disk already; now it gets its name.
  Result<void> finish() const {
    if (auto synced = sync_folder(path_); !synced) return synced;
    std::error_code error;
    fs::rename(path_, wanted_, error);
    if (error) return unavailable("cannot make the folder " + wanted_.string(), error);
    return sync_folder(wanted_.parent_path());
  }

 private:
  fs::path wanted_;
  fs::path path_;
};

// A copy that is on the disk and has this checksum.
Result<void> copy(const fs::path& from, const fs::path& to, const FileSum& wanted) {
  std::error_code error;
  fs::copy_file(from, to, error);
  if (error) return unavailable("cannot copy " + from.string() + " to " + to.string(), error);
  if (auto synced = sync_file(to); !synced) return synced;
  const auto sum = sum_of(to);
  if (!sum) return sum.error();
  if (*sum == wanted) return {};
  return Error{ErrorKind::corrupt, "the file " + from.string() +
                                       " is damaged: it has not the size and checksum that it had "
                                       "when the backup was made"};
}

std::string text_of(const Manifest& manifest) {
  Json files = Json::array();
  for (const auto& [name, sum, damage] : manifest.files) {
    files.push_back({{"name", name}, {"bytes", sum.bytes}, {"sha256", sum.sha256}});
    if (!damage.empty()) files.back()["damage"] = damage;
  }
  const Json json{{"rialto", manifest.about.version},
                  {"format", manifest.format},
                  {"lineage", manifest.about.lineage},
                  {"taken", manifest.about.taken},
                  {"files", files}};
  return json.dump(2) + "\n";
}

Result<Manifest> read_manifest(const fs::path& backup) {
  const fs::path file = backup / manifest_name;
  const auto text = bytes_of(file);
  const Error none{ErrorKind::invalid, backup.string() + " is no backup of Rialto: " +
                                           (text ? "its manifest.json is damaged"
                                                 : "it has no manifest.json that can be read")};
  if (!text) return none;
  try {
    const Json json = Json::parse(*text);
    Manifest manifest;
    manifest.about.version = json.at("rialto").get<std::string>();
    manifest.about.lineage = json.at("lineage").get<std::string>();
    manifest.about.taken = json.at("taken").get<std::int64_t>();
    manifest.format = json.at("format").get<int>();
    for (const Json& each : json.at("files")) {
      const auto name = each.at("name").get<std::string>();
      if (name.empty() || fs::path(name).filename() != name || name.front() == '.') return none;
      manifest.files.push_back(
          {name,
           {each.at("bytes").get<std::uint64_t>(), each.at("sha256").get<std::string>()},
           each.value("damage", "")});
    }
    return manifest;
  } catch (const Json::exception&) {
    return none;
  }
}

// Files and bytes, and which are damaged.
void sum_up(Manifest& manifest) {
  Backup& about = manifest.about;
  about.files = manifest.files.size();
  for (const auto& [name, sum, damage] : manifest.files) {
    about.bytes += sum.bytes;
    if (!damage.empty())
      about.damaged.push_back("the file store/" + name + " is damaged: " + damage);
  }
}

// What is wrong with the file, without the name of a folder that is not there for long.
std::string damage_of(const fs::path& file) {
  std::string damage = damage_in(file).value_or("");
  const std::string folder = file.parent_path().string() + "/";
  for (auto at = damage.find(folder); at != std::string::npos; at = damage.find(folder)) {
    damage.erase(at, folder.size());
  }
  return damage;
}

// The files are those of the manifest, to the byte: so says the mark of the store that they make.
Result<void> mark_copied(const fs::path& store, const Manifest& manifest) {
  StoreMark mark;
  mark.folder = FolderIdentity::of(store);
  for (const auto& [name, sum, damage] : manifest.files) {
    if (is_marked_file(name)) mark.files[name] = sum.bytes;
  }
  return write_mark(store, mark);
}

// Opened once under its new name's stand-in: what a crash may have left torn is put in order, and
// the history begins anew.
Result<void> begin_anew(const fs::path& folder) {
  auto store = RocksStore::open(folder);
  if (!store) return store.error();
  return (*store)->begin_lineage();
}

// What is damaged is needed by all.
Error not_restored(const fs::path& backup, const Backup& about, const Error& why) {
  if (about.damaged.empty()) return why;
  std::string sentence;
  for (const std::string& each : about.damaged) sentence += each + "\n";
  return {ErrorKind::corrupt, sentence + "so no data folder can be made of " + backup.string() +
                                  "; make a new store of what can be read in it with `rialto store "
                                  "salvage`"};
}

}  // namespace

Result<Backup> write_backup(const fs::path& checkpoint, const fs::path& to, Backup about) {
  const UnfinishedFolder folder(to);
  if (auto begun = folder.begin(); !begun) return begun.error();
  Manifest manifest{std::move(about), RocksStore::format, {}};
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(checkpoint, error)) {
    const std::string name = entry.path().filename();
    const auto sum = sum_of(entry);
    if (!sum) return sum.error();
    if (auto copied = copy(entry, folder.path() / "store" / name, *sum); !copied) {
      return copied.error();
    }
    manifest.files.push_back({name, *sum, damage_of(folder.path() / "store" / name)});
  }
  if (error) return unavailable("cannot read " + checkpoint.string(), error);
  if (auto synced = sync_folder(folder.path() / "store"); !synced) return synced.error();
  auto written = replace_file(folder.path() / manifest_name, text_of(manifest));
  if (!written) return written.error();
  if (auto finished = folder.finish(); !finished) return finished.error();
  sum_up(manifest);
  return manifest.about;
}

Result<Backup> restore_backup(const fs::path& backup, const fs::path& data) {
  auto manifest = read_manifest(backup);
  if (!manifest) return manifest.error();
  if (manifest->format > RocksStore::format) {
    return Error{ErrorKind::invalid, "the backup " + backup.string() + " was made by Rialto " +
                                         manifest->about.version + ": use that or a newer one"};
  }
  const UnfinishedFolder folder(data);
  if (auto begun = folder.begin(); !begun) return begun.error();
  for (auto& [name, sum, damage] : manifest->files) {
    const fs::path file = folder.path() / "store" / name;
    auto copied = copy(backup / "store" / name, file, sum);
    if (!copied) return copied.error();
    damage = damage_of(file);
  }
  // Nothing says that the folder is Rialto's but this.
  if (auto ours = replace_file(folder.path() / "rialto.lock", ""); !ours) return ours.error();
  if (auto marked = mark_copied(folder.path() / "store", *manifest); !marked) return marked.error();
  sum_up(*manifest);
  if (auto begun = begin_anew(folder.path()); !begun) {
    return not_restored(backup, manifest->about, begun.error());
  }
  if (auto finished = folder.finish(); !finished) return finished.error();
  return manifest->about;
}

}  // namespace rialto
