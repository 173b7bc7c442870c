#include "apps/load/frame_log.h"

#include <fcntl.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

namespace rialto::load {

Result<std::unique_ptr<FrameLog>> FrameLog::open(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  std::FILE* const file = descriptor < 0 ? nullptr : ::fdopen(descriptor, "w");
  if (file == nullptr) return Error{ErrorKind::unavailable, path + ": " + std::strerror(errno)};
  return std::unique_ptr<FrameLog>(new FrameLog(file));
}

void FrameLog::add(std::string_view participant, std::string_view sender, std::string_view what,
                   std::string_view frame) {
  const auto width = [](std::string_view text) { return static_cast<int>(text.size()); };
  std::fprintf(file_.get(), "{\"participant\":\"%.*s\",\"sender\":\"%.*s\",\"%.*s\":%.*s}\n",
               width(participant), participant.data(), width(sender), sender.data(), width(what),
               what.data(), width(frame), frame.data());
}

}  // namespace rialto::load
