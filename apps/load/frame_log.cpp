#include "apps/load/frame_log.h"

#include <cerrno>
#include <cstring>

namespace rialto::load {

Result<std::unique_ptr<FrameLog>> FrameLog::open(const std::string& path) {
  std::FILE* const file = std::fopen(path.c_str(), "we");
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
