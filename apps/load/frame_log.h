// Writes down every frame a load test sends and receives, a line of JSON each, for checks that
// compare what participants were told with what is stored. Owned by the engine, on its thread.
// Guarantee: what was received is in the file when `flush` has returned.
#pragma once

#include <cstdio>
#include <memory>
#include <string>
#include <string_view>

#include "storage/result.h"

namespace rialto::load {

class FrameLog {
 public:
  static Result<std::unique_ptr<FrameLog>> open(const std::string& path);

  // `what` is "sent" or "received"; `frame` is JSON text.
  void add(std::string_view participant, std::string_view sender, std::string_view what,
           std::string_view frame);
  void flush() { std::fflush(file_.get()); }

 private:
  struct Closer {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  explicit FrameLog(std::FILE* file) : file_(file) {}

  std::unique_ptr<std::FILE, Closer> file_;
};

}  // namespace rialto::load
