// mark := JSON "\n" checksum "\n"        checksum: CRC-32C of the JSON, 8 hex digits
// JSON := {"in_use","inode","born","files":{NAME: bytes}}
#include "storage/store_mark.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <boost/crc.hpp>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "storage/file_bytes.h"
#include "storage/rocks_open.h"
#include "storage/sync.h"

namespace rialto {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

std::string checksum_of(const std::string& text) {
  using Crc32c = boost::crc_optimal<32, 0x1EDC6F41, 0xFFFFFFFF, 0xFFFFFFFF, true, true>;
  Crc32c crc;
  crc.process_bytes(text.data(), text.size());
  char digits[9] = "";
  std::snprintf(digits, sizeof digits, "%08x", static_cast<unsigned>(crc.checksum()));
  return digits;
}

std::string text_of(const StoreMark& mark) {
  const Json json{{"in_use", mark.in_use},
                  {"inode", mark.folder.inode},
                  {"born", mark.folder.born},
                  {"files", mark.files}};
  const std::string text = json.dump();
  return text + '\n' + checksum_of(text) + '\n';
}

std::optional<StoreMark> parse(const std::string& bytes) {
  const auto end = bytes.find('\n');
  if (end == std::string::npos || bytes.substr(end + 1) != checksum_of(bytes.substr(0, end)) + '\n')
    return std::nullopt;
  const Json json = Json::parse(bytes.substr(0, end), nullptr, false);
  try {
    StoreMark mark;
    mark.in_use = json.at("in_use").get<bool>();
    mark.folder.inode = json.at("inode").get<std::uint64_t>();
    mark.folder.born = json.at("born").get<std::uint64_t>();
    mark.files = json.at("files").get<std::map<std::string, std::uint64_t>>();
    return mark;
  } catch (const Json::exception&) {
    return std::nullopt;
  }
}

bool is_manifest(const std::string& name) { return name.starts_with("MANIFEST-"); }

Error copied(const fs::path& folder) {
  return {ErrorKind::invalid,
          "the data in " + folder.parent_path().string() +
              " is a copy of a data folder that was in use, and may lack what was promised. Make "
              "a copy with `rialto backup`, or copy the folder once its server has ended (after a "
              "crash: was started there and ended). To go on with what is in this copy, make a new "
              "store of it with `rialto store salvage`"};
}

Result<void> check_file(const fs::path& file, std::uint64_t bytes, bool exactly) {
  std::error_code error;
  const std::uint64_t size = fs::file_size(file, error);
  if (error) return damage("the file " + file.string() + " is missing");
  if (size < bytes || (exactly && size != bytes)) {
    return damage("the file " + file.string() + " has " + std::to_string(size) + " bytes where " +
                  (exactly ? "" : "at least ") + std::to_string(bytes) + " were written");
  }
  return {};
}

// CURRENT must name a MANIFEST that is known, if one is: an older one would make an older store.
Result<void> check_current(const fs::path& folder, const StoreMark& mark) {
  bool any = false;
  for (const auto& [name, bytes] : mark.files) any = any || is_manifest(name);
  if (!any) return {};
  const auto current = bytes_of(folder / "CURRENT");
  if (current && mark.files.contains(current->substr(0, current->find('\n')))) return {};
  if (!current && current.error().kind != ErrorKind::not_found) return current.error();
  return damage("the file " + (folder / "CURRENT").string() + " is missing, damaged or too old");
}

}  // namespace

FolderIdentity FolderIdentity::of(const fs::path& folder) {
  struct statx facts {};
  if (::statx(AT_FDCWD, folder.c_str(), 0, STATX_INO | STATX_BTIME, &facts) != 0) return {};
  FolderIdentity identity{facts.stx_ino, 0};
  if ((facts.stx_mask & STATX_BTIME) != 0) {
    identity.born = static_cast<std::uint64_t>(facts.stx_btime.tv_sec) * 1'000'000'000U +
                    facts.stx_btime.tv_nsec;
  }
  return identity;
}

bool is_marked_file(const std::string& name) { return is_manifest(name) || name.ends_with(".log"); }

fs::path mark_file(const fs::path& folder) { return folder / "MARK"; }

Result<std::optional<StoreMark>> read_mark(const fs::path& folder) {
  const fs::path file = mark_file(folder);
  const auto bytes = bytes_of(file);
  if (!bytes && bytes.error().kind == ErrorKind::not_found) return std::optional<StoreMark>();
  if (!bytes) return bytes.error();
  auto mark = parse(*bytes);
  if (!mark) return damage("the file " + file.string() + " is damaged");
  return mark;
}

Result<void> write_mark(const fs::path& folder, const StoreMark& mark) {
  if (auto synced = sync_folder(folder); !synced) return synced;
  return replace_file(mark_file(folder), text_of(mark));
}

Result<void> check_mark(const fs::path& folder, const StoreMark& mark) {
  if (mark.in_use && !mark.folder.is(FolderIdentity::of(folder))) return copied(folder);
  for (const auto& [name, bytes] : mark.files) {
    if (auto there = check_file(folder / name, bytes, !mark.in_use); !there) return there;
  }
  if (auto known = check_current(folder, mark); !known) return known;
  if (mark.in_use) return {};
  for (const fs::path& log : logs_in(folder)) {
    if (fs::file_size(log) > 0 && !mark.files.contains(log.filename().string())) {
      return copied(folder);
    }
  }
  return {};
}

}  // namespace rialto
