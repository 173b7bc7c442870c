// A moment as people on this machine read it. Free function, any thread.
#pragma once

#include <cstdint>
#include <string>

namespace rialto::command {

// `format` is strftime's; microseconds since 1970.
std::string local_time(std::int64_t microseconds, const char* format);

}  // namespace rialto::command
