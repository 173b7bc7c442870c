// What players say in a unit's chats: one more kind of live message, heard on whatever page the
// members of the channel are, and personal.
#include <map>

#include "actors/errors.h"
#include "actors/unit.h"

namespace rialto {

StepResult Unit::say(Record record, const Value& data) {
  record.concerns.push_back(record.player);
  if (record.page != page_of(record.player)) {
    return consume_refused(std::move(record), "stale_page", "you have moved on from that page");
  }
  return run(std::move(record), [&](Record& step) -> Refusal {
    const ChatLine line = read_chat(data, *setup_.limits);
    const bool named = !line.channel.empty();
    const std::string channel = named ? line.channel : group_channel(step.player, step.page);
    if (channel.empty()) throw BadMessage("you are in no group yet that could hear you");
    const std::string payload = chat_payload(channel, step.player, line);
    for (auto& [page, seats] : hearers(step.player, step.page, named)) {
      step.replies.push_back({page, std::move(seats), Retention::log, {}, payload});
    }
    return {};
  });
}

// "1.2": group 2 in round 1; "" of a player who is in no group.
std::string Unit::group_channel(std::uint32_t player, PageRef page) const {
  const PlayerBase& who = seat(player, page);
  if (!who.has_group()) return {};
  return std::to_string(page.round) + "." + std::to_string(who.group_base().id_in_subsession());
}

// Who is there to hear a line, by page. Of a named channel everyone in the unit; otherwise the
// group, in this round: who comes to the round later finds the line on the page.
std::map<PageRef, std::vector<std::uint32_t>> Unit::hearers(std::uint32_t speaker, PageRef page,
                                                            bool named) const {
  std::map<PageRef, std::vector<std::uint32_t>> by_page;
  for (std::uint32_t player = 1; player <= players(); ++player) {
    const PageRef there = page_of(player);
    if (page_model(there) == nullptr) continue;
    const bool together =
        named || (there.round == page.round && seat(player, page).has_group() &&
                  &seat(player, page).group_base() == &seat(speaker, page).group_base());
    if (together) by_page[there].push_back(player);
  }
  return by_page;
}

}  // namespace rialto
