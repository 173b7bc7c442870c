// What a page's HTML tells its script: where its WebSocket is, which page instance it is, from
// where on it wants history, whether it takes live messages. A plain value. Guarantee: nothing is
// read from a page that has no script of ours.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace rialto::load {

struct LivePage {
  std::string socket;  // path of the WebSocket
  std::string page;    // "app/round-position"
  std::string lineage;
  std::uint64_t record = 0;  // what it was rendered at
  std::uint64_t after = 0;
  bool live = true;  // otherwise it only hears when its participant is moved on
};

std::optional<LivePage> read_live_page(std::string_view html);

}  // namespace rialto::load
