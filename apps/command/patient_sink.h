// A sink of spdlog's for standard error that never waits: what the other side does not take at once
// is kept, at most `most_kept` bytes or one line, and written with the next line or flush; beyond
// that, lines are dropped, and when it takes something again it is told how many. Owned by the
// logger, any thread. Guarantee: no write blocks, and none raises SIGPIPE where that is ignored.
#pragma once

#include <spdlog/sinks/base_sink.h>

#include <cstddef>
#include <mutex>
#include <string>

namespace rialto::command {

class PatientSink final : public spdlog::sinks::base_sink<std::mutex> {
 public:
  static constexpr std::size_t most_kept = 256 * 1024;

  explicit PatientSink(int descriptor = 2);
  ~PatientSink() override;

 protected:
  void sink_it_(const spdlog::details::log_msg& message) override;
  void flush_() override;

 private:
  // What was taken: how many bytes; less than there were if it takes no more now.
  std::size_t write(std::string_view bytes) const;

  int descriptor_;
  int own_ = -1;  // the same file, opened anew so that writing does not wait; -1: cannot be
  bool is_socket_ = false;
  std::string kept_;
  std::size_t dropped_ = 0;  // lines
};

}  // namespace rialto::command
