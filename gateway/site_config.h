// What the demo page tells of a session config. A plain value, made by main.cpp.
#pragma once

#include <cstdint>
#include <string>

namespace rialto {

struct SiteConfig {
  std::string name;   // in the form's address
  std::string title;  // for people
  std::string doc;    // one or two sentences; may be empty
  std::uint32_t participants = 1;
};

}  // namespace rialto
