// A page's place in the sequence as a value of snapshots: [round, position].
#pragma once

#include "actors/value.h"
#include "storage/record.h"

namespace rialto {

inline Value page_value(PageRef page) { return list(int{page.round}, int{page.position}); }

inline PageRef page_from(const Value& value) {
  return {static_cast<std::uint16_t>(value[0].as<int>()),
          static_cast<std::uint16_t>(value[1].as<int>())};
}

}  // namespace rialto
