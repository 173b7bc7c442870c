// Three players at the table of `tally_app`, connected; and what is read off what they heard.
#pragma once

#include <string>
#include <vector>

#include "tests/actor/tally_app.h"
#include "tests/actor/unit_world.h"

namespace rialto::test {

using Texts = std::vector<std::string>;

constexpr PageRef tally_page{1, 0};

struct Joined3 : UnitWorld {
  Joined3() : UnitWorld(tally_app()) {
    for (std::uint32_t player : {1U, 2U, 3U}) join(player);
    settle();
    heard.releases.clear();
  }
};

inline Texts texts(const HistoryPiece& piece) {
  Texts all;
  for (const auto& message : piece.messages) all.push_back(message.payload);
  return all;
}

}  // namespace rialto::test
