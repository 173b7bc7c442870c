// A new folder among the system's temporary ones, gone with this object. Owned by a command, on its
// thread.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <string>

namespace rialto::command {

class ScratchFolder {
 public:
  explicit ScratchFolder(const std::string& name)
      : path_(std::filesystem::temp_directory_path() / (name + "-XXXXXX")) {
    if (::mkdtemp(path_.data()) == nullptr) path_.clear();
  }
  ~ScratchFolder() {
    std::error_code error;
    if (!path_.empty()) std::filesystem::remove_all(path_, error);
  }
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;

  // "": the system makes none.
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace rialto::command
