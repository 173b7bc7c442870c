#include "gateway/room_query.h"

#include <algorithm>

#include "gateway/forms.h"

namespace rialto {
namespace {

constexpr std::size_t longest_label = 100;  // bytes, as in files of labels
constexpr std::size_t longest_visitor = 32;

std::string_view without_blanks(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of(" \t"), text.size()));
  return text.substr(0, text.find_last_not_of(" \t") + 1);
}

}  // namespace

RoomQuery read_room_query(std::string_view query) {
  RoomQuery said;
  for (const auto& [name, value] : parse_form(query)) {
    if (name == "participant_label" && said.label.empty()) {
      said.label = without_blanks(value);
    } else if (name == "hash" && said.hash.empty()) {
      said.hash = value;
    } else if (name == "welcome_page_ok") {
      said.welcomed = !value.empty();
    } else if (name == "visitor" && value.size() <= longest_visitor) {
      said.visitor = value;
    }
  }
  return said;
}

bool is_label(std::string_view text) {
  const auto control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; };
  constexpr std::string_view unreadable = "\xEF\xBF\xBD";
  return !text.empty() && text.size() <= longest_label && std::ranges::none_of(text, control) &&
         text.find(unreadable) == text.npos;
}

Standing standing_of(const RoomQuery& query, const SiteRoom& room, const Links& links) {
  switch (room.door) {
    case SiteRoom::Door::open:
      return query.label.empty() || is_label(query.label) ? Standing::may_come
                                                          : Standing::unknown_label;
    case SiteRoom::Door::labelled:
      if (query.label.empty()) return Standing::asks_label;
      return room.labels.contains(query.label) ? Standing::may_come : Standing::unknown_label;
    case SiteRoom::Door::signed_:
      break;
  }
  const bool signed_label = links.is_label_key(room.name, query.label, query.hash);
  return signed_label && room.labels.contains(query.label) ? Standing::may_come
                                                           : Standing::needs_link;
}

}  // namespace rialto
