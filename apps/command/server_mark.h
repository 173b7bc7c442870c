// The mark of a server on its data folder: held by the supervisor, so also while no worker runs. It
// tells commands that a server which does not answer is only starting again. Owned by the
// supervisor, on its one thread. Guarantee: the mark ends with its process, however that ends.
// Limitation: where the folder cannot be written there is no mark.
#pragma once

#include <filesystem>
#include <utility>

namespace rialto::command {

class ServerMark {
 public:
  explicit ServerMark(std::filesystem::path data) : data_(std::move(data)) {}
  ~ServerMark();
  ServerMark(const ServerMark&) = delete;
  ServerMark& operator=(const ServerMark&) = delete;

  // Sets the mark, unless it is set or there is no data folder yet.
  void set();

 private:
  std::filesystem::path data_;
  int lock_ = -1;  // file descriptor that holds the lock
};

// Does a supervisor hold the mark now?
bool is_served(const std::filesystem::path& data);

}  // namespace rialto::command
