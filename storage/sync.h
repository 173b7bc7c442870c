// Makes the names and bytes of files durable: what nobody has synced, a power cut may take back, a
// new name and a cut tail as well as bytes. Free functions; used on any thread.
// Guarantee: success means that it is on the disk, with two exceptions: a file system that knows no
// fsync for folders (some network ones) is taken at its word, and a folder that this user may not
// read is left to its owner.
#pragma once

#include <filesystem>
#include <string_view>

#include "storage/result.h"

namespace rialto {

// The bytes of a file, and its length.
Result<void> sync_file(const std::filesystem::path& file);
// The names in a folder.
Result<void> sync_folder(const std::filesystem::path& folder);
// A file of that name with these bytes, in the place of an older one: the new one or the old one is
// there, whole, whenever the power is cut.
Result<void> replace_file(const std::filesystem::path& file, std::string_view bytes);

}  // namespace rialto
