#include "apps/command/local_time.h"

#include <ctime>

namespace rialto::command {

std::string local_time(std::int64_t microseconds, const char* format) {
  const std::time_t seconds = microseconds / 1'000'000;
  std::tm parts{};
  char text[32];
  ::localtime_r(&seconds, &parts);
  std::strftime(text, sizeof text, format, &parts);
  return text;
}

}  // namespace rialto::command
