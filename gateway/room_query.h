// What the address of a room says of its visitor. Plain values and free functions on text.
// Guarantee: who may come has a short label, UTF-8 and without control characters, or none.
#pragma once

#include <string>
#include <string_view>

#include "gateway/links.h"
#include "gateway/site_room.h"

namespace rialto {

struct RoomQuery {
  std::string label;      // participant_label; empty: none
  std::string hash;       // of a personal link
  bool welcomed = false;  // comes from the room's page of welcome
  std::string visitor;    // what the waiting page calls its browser; empty: nothing that is short
};

RoomQuery read_room_query(std::string_view query);
// Can somebody be called that?
bool is_label(std::string_view text);
// What is said to who is called something else.
inline constexpr const char* wrong_label =
    "participant_label: at most 100 bytes, no control characters\n";

enum class Standing {
  may_come,
  asks_label,     // has not said who it is
  unknown_label,  // has, and is not on the list
  needs_link,     // comes without the personal link, or with a wrong one
};
Standing standing_of(const RoomQuery& query, const SiteRoom& room, const Links& links);

}  // namespace rialto
