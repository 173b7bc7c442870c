// Cuts the power of a process: once it has been killed, takes from its files what it had not
// synced. Owned by a test. The process must be started with `environment()`. Guarantee: what was
// synced stays, everything that was written after that is gone (what survives a real cut lies
// between the two). Without a cut after a kill all is there, yet as little of it is synced as
// before: the next process must not take it for durable. Limitation: see note_syncs.cpp.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace rialto {

class PowerCut {
 public:
  // `folder` is where the process has its files; `library` the one built from note_syncs.cpp.
  PowerCut(std::filesystem::path folder, std::filesystem::path table,
           std::filesystem::path library);

  // To be called before each start of the process. The first time, and after a cut, what is there
  // is on the disk.
  void arm();
  // The `nth` write or sync from now on fails with that errno, once; after `arm`.
  void fail(std::uint64_t nth, int error);
  std::vector<std::string> environment() const;
  // The same for a process that kills itself when it is about to sync for the `last_sync`th time.
  std::vector<std::string> environment(int last_sync) const;
  // To be called when the process is dead. Returns how many bytes were lost.
  std::uint64_t cut();

 private:
  std::filesystem::path folder_;
  std::filesystem::path table_;
  std::filesystem::path library_;
  bool armed_ = false;
};

}  // namespace rialto
