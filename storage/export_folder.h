// The folder that an export is written into. Owned by who exports; used on one thread.
// Guarantee: a file has its name only once all of them are complete: until `publish` they end in
// ".part", and what was not published is removed, so that a failed export leaves no half of one.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "storage/personal.h"
#include "storage/result.h"

namespace rialto {

struct ExportedFile {
  std::string name;
  std::uint64_t bytes = 0;
  std::string sha256;  // 64 hex digits
};

class ExportFolder {
 public:
  // With personal data in them, the files are for their owner alone from the moment they are made,
  // and so is the folder, if it is made for them. Without, they are as the umask has it.
  ExportFolder(std::filesystem::path folder, Personal personal);
  ~ExportFolder();
  ExportFolder(const ExportFolder&) = delete;
  ExportFolder& operator=(const ExportFolder&) = delete;

  // Where the bytes of the file of that name (a plain one) are to be written. The folder is made
  // with the first file, if it is missing.
  Result<std::filesystem::path> add(const std::string& name);
  Result<void> add(const std::string& name, std::string_view bytes);
  // All files so far, as they are now.
  Result<std::vector<ExportedFile>> files() const;
  // Gives all files their names, the newest last; what had these names is replaced.
  Result<void> publish();
  Error failed(const std::string& name) const;

 private:
  std::filesystem::path part(const std::string& name) const { return folder_ / (name + ".part"); }

  bool make_folder();

  std::filesystem::path folder_;
  Personal personal_;
  std::vector<std::string> names_;
  bool made_ = false;  // the folder, by us
};

}  // namespace rialto
