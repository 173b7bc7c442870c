// Takes an export into a folder on the disk. Owned by who exports; used on one thread.
// Guarantee: a file has its name only once it is complete: until `finish` they all end in ".part",
// so that a failed export is never taken for data.
#pragma once

#include <filesystem>
#include <fstream>
#include <map>

#include "storage/export.h"

namespace rialto {

class FolderSink final : public ExportSink {
 public:
  // The folder is made with the first file, if it is missing.
  explicit FolderSink(std::filesystem::path folder) : folder_(std::move(folder)) {}

  Result<void> append(const std::string& file, std::string_view bytes) override;
  // Gives all files their names; files of those names that were there are replaced.
  Result<void> finish();

 private:
  Error failed(const std::string& file) const;

  std::filesystem::path folder_;
  std::map<std::string, std::ofstream> files_;
};

}  // namespace rialto
