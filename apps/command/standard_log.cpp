#include "apps/command/standard_log.h"

#include <fcntl.h>
#include <spdlog/pattern_formatter.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include <memory>

#include "actors/log_text.h"
#include "apps/command/patient_sink.h"

namespace rialto::command {
namespace {

// %*: the message, one line whoever wrote what is in it.
class VisibleMessage final : public spdlog::custom_flag_formatter {
 public:
  void format(const spdlog::details::log_msg& message, const std::tm&,
              spdlog::memory_buf_t& line) override {
    const std::string text = visible_text({message.payload.data(), message.payload.size()});
    line.append(text.data(), text.data() + text.size());
  }
  std::unique_ptr<spdlog::custom_flag_formatter> clone() const override {
    return std::make_unique<VisibleMessage>();
  }
};

}  // namespace

void log_to_standard_error() {
  auto formatter = std::make_unique<spdlog::pattern_formatter>();
  formatter->add_flag<VisibleMessage>('*').set_pattern("%Y-%m-%d %H:%M:%S.%e %l %*");
  auto logger = std::make_shared<spdlog::logger>("rialto", std::make_shared<PatientSink>());
  logger->set_formatter(std::move(formatter));
  spdlog::set_default_logger(std::move(logger));
}

void keep_standard_streams() {
  for (int descriptor = 0; descriptor <= 2; ++descriptor) {
    if (::fcntl(descriptor, F_GETFD) >= 0) continue;
    if (const int nothing = ::open("/dev/null", O_RDWR); nothing > 2) ::close(nothing);
  }
}

}  // namespace rialto::command
