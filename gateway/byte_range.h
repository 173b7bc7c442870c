// The Range header of a request for a file (RFC 9110 section 14). A free function on text.
// Guarantee: a stretch lies within the file and is not empty. Limitation: of several ranges none is
// served; the whole file answers such a request, as it may.
#pragma once

#include <cstdint>
#include <string_view>

namespace rialto {

struct ByteRange {
  enum class Kind { whole, part, unsatisfiable };
  Kind kind = Kind::whole;
  std::uint64_t first = 0;
  std::uint64_t size = 0;
};

ByteRange read_range(std::string_view header, std::uint64_t file_size);

}  // namespace rialto
