// Names one unit (what one actor owns; a group) in keys, records and messages.
// A plain value. Guarantee: sorts by session, then by the unit's place in it.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>

namespace rialto {

struct UnitId {
  std::uint64_t value = 0;  // session number in the upper 32 bits, index of the unit in the lower

  static constexpr UnitId of(std::uint32_t session, std::uint32_t index) {
    return UnitId{(std::uint64_t{session} << 32U) | index};
  }
  constexpr std::uint32_t session() const { return static_cast<std::uint32_t>(value >> 32U); }
  constexpr std::uint32_t index() const { return static_cast<std::uint32_t>(value); }
  auto operator<=>(const UnitId&) const = default;
};

}  // namespace rialto

template <>
struct std::hash<rialto::UnitId> {
  std::size_t operator()(const rialto::UnitId& id) const noexcept {
    return std::hash<std::uint64_t>{}(id.value);
  }
};
