#include "actors/printed.h"

#include <spdlog/spdlog.h>

namespace rialto {

void log_printed(const std::vector<Step::Printed>& printed) {
  for (const auto& [where, line] : printed) {
    spdlog::info("{}{}{}", where, where.empty() ? "" : ": ", line);
  }
}

}  // namespace rialto
