// Are personal data (rules.md 20) wanted? A plain value.
#pragma once

#include <cstdint>

namespace rialto {

enum class Personal : std::uint8_t { leave_out, include };

}  // namespace rialto
