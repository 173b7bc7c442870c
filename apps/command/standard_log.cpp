#include "apps/command/standard_log.h"

#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

namespace rialto::command {

void log_to_standard_error() {
  auto logger = spdlog::stderr_color_mt("rialto");
  logger->set_pattern("%Y-%m-%d %H:%M:%S.%e %^%l%$ %v");
  spdlog::set_default_logger(std::move(logger));
}

}  // namespace rialto::command
