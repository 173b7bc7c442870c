// What a game must not ask the system for, since a record that holds it could not be played again:
// chance, the time, to wait. By the words of a source and by the symbols of a library.
// Constants, and a free function.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "storage/result.h"

namespace rialto::command {

namespace outside {
inline constexpr std::string_view chance =
    "draws what `rialto verify` cannot draw again: draw by player.random() or group.random()";
inline constexpr std::string_view clock =
    "asks the machine's clock, which `rialto verify` cannot turn back: ask player.now() or "
    "group.now()";
inline constexpr std::string_view idles =
    "stops all of its group meanwhile, and is no part of the record: say .timeout or "
    ".group_timeout of the page";
}  // namespace outside

struct OutsideCall {
  std::string_view word;
  bool is_function;         // counts only in front of (
  std::string_view symbol;  // what a library begins it with that needs it; "": none
  std::string_view why;

  std::string sentence() const { return std::string(word) + " " + std::string(why); }
};
inline constexpr auto outside_calls = std::to_array<OutsideCall>(
    {{"rand", true, "rand", outside::chance},
     {"srand", true, "srand", outside::chance},
     {"rand_r", true, "rand_r", outside::chance},
     {"drand48", true, "drand48", outside::chance},
     {"random_device", false, "_ZNSt13random_device", outside::chance},
     {"mt19937", false, "", outside::chance},
     {"mt19937_64", false, "", outside::chance},
     {"minstd_rand", false, "", outside::chance},
     {"default_random_engine", false, "", outside::chance},
     {"time", true, "time", outside::clock},
     {"gettimeofday", true, "gettimeofday", outside::clock},
     {"clock_gettime", true, "clock_gettime", outside::clock},
     {"system_clock", false, "_ZNSt6chrono3_V212system_clock", outside::clock},
     {"steady_clock", false, "_ZNSt6chrono3_V212steady_clock", outside::clock},
     {"high_resolution_clock", false, "", outside::clock},
     {"sleep_for", true, "", outside::idles},
     {"sleep_until", true, "", outside::idles},
     {"nanosleep", true, "nanosleep", outside::idles},
     {"usleep", true, "usleep", outside::idles},
     {"sleep", true, "sleep", outside::idles}});

// Those whose symbols the library needs. `unavailable` without nm.
Result<std::vector<OutsideCall>> outside_symbols(const std::string& library);

}  // namespace rialto::command
