#include "actors/wait_page.h"

#include <stdexcept>

namespace rialto {

void WaitPage::describe(PageModel& model, std::type_index subsession) const {
  const auto& of_group = after_all_players_arrive.of_group();
  const auto& of_all = after_all_players_arrive.of_all();
  const GroupingMethod& method = group_by_arrival_time_method;
  const auto refuse = [&](const char* why) {
    throw std::invalid_argument("wait page " + name + why);
  };
  if ((of_all && !of_all.takes(subsession)) || (method && method.subsession() != subsession)) {
    refuse(": its functions take another Subsession than App<Group, Player, Subsession> says");
  }
  if (of_group && wait_for_all_groups) {
    refuse(": where all groups wait, after_all_players_arrive takes a Subsession&");
  }
  if (of_all && group_by_arrival_time) {
    refuse(": after_all_players_arrive takes the Group& that was made");
  }
  if (!group_by_arrival_time && (method || max_wait.length() || !exit_page.empty())) {
    refuse(": only with .group_by_arrival_time it has a method, a max_wait or an exit_page");
  }
  if (!group_by_arrival_time && every_round) {
    refuse(": .every_round is of .group_by_arrival_time");
  }
  if (max_wait.length().has_value() != !exit_page.empty()) {
    refuse(": .max_wait and .exit_page go together");
  }
  model.title_text = title_text;
  model.body_text = body_text;
  model.wait_for_all_groups = wait_for_all_groups || of_all;
  model.group_by_arrival_time = group_by_arrival_time;
  model.every_round = every_round;
  if (method) model.choose_group = method.function();
  model.max_wait = max_wait.length();
  model.exit_page = exit_page;
  if (of_group) model.after_all_players_arrive = [of_group](GroupBase& group) { of_group(group); };
  if (of_all) model.after_all_groups_arrive = [of_all](SubsessionBase& all) { of_all(all); };
}

}  // namespace rialto
