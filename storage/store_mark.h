// What a store knows of its own files, in a file beside them: which logs and MANIFESTs must be
// there, how long they are at least, and in which folder. RocksDB believes what it finds: without a
// log it opens what is older, with a MANIFEST that is cut short it *deletes* the tables that the
// lost part names. So this is asked first. Values and free functions; used on one thread at a time.
// Guarantee: a mark never claims more than is on the disk, so no crash makes a whole store refused.
// Limitation: a store of before there were marks has none until it is opened to be written.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>

#include "storage/result.h"

namespace rialto {

// Which folder it is, whatever it is called: a copy is another one, one that was moved is not.
struct FolderIdentity {
  std::uint64_t inode = 0;
  std::uint64_t born = 0;  // nanoseconds since 1970; 0 where the file system does not say

  static FolderIdentity of(const std::filesystem::path& folder);
  // By the time of birth where both are known: some file systems number anew at each start.
  bool is(const FolderIdentity& other) const {
    return born != 0 && other.born != 0 ? born == other.born : inode == other.inode;
  }
};

struct StoreMark {
  // A process works there, or has ended without closing the store. If not, `files` are exact.
  bool in_use = false;
  FolderIdentity folder;
  std::map<std::string, std::uint64_t> files;  // name -> bytes that are surely on the disk

  bool operator==(const StoreMark& other) const {
    return in_use == other.in_use && files == other.files && folder.inode == other.folder.inode &&
           folder.born == other.folder.born;
  }
};

// Is it a file that a mark speaks of: a write-ahead log or a MANIFEST?
bool is_marked_file(const std::string& name);

std::filesystem::path mark_file(const std::filesystem::path& folder);
// `corrupt` if there is one that cannot be believed.
Result<std::optional<StoreMark>> read_mark(const std::filesystem::path& folder);
// Durable when it returns, and so are the names of the files that it speaks of.
Result<void> write_mark(const std::filesystem::path& folder, const StoreMark& mark);

// Is everything there that the mark knows of? Says what is missing, which file is too short, or
// that the folder is a copy of one that was in use.
Result<void> check_mark(const std::filesystem::path& folder, const StoreMark& mark);

}  // namespace rialto
