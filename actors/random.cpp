#include "actors/random.h"

namespace rialto {

std::int64_t Random::integer(std::int64_t lowest, std::int64_t highest) {
  if (highest < lowest) throw AppError("random().integer(a, b) needs a <= b");
  const auto span = static_cast<std::uint64_t>(highest) - static_cast<std::uint64_t>(lowest) + 1;
  if (span == 0) return static_cast<std::int64_t>(step_.draw());  // all 64 bits
  const std::uint64_t unfair =
      (0 - span) % span;  // the lowest draws would be likelier (Lemire 2019)
  std::uint64_t draw = step_.draw();
  while (draw < unfair) draw = step_.draw();
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(lowest) + draw % span);
}

double Random::real() { return static_cast<double>(step_.draw() >> 11U) * 0x1.0p-53; }

}  // namespace rialto
