#include "actors/app_model.h"

#include <algorithm>
#include <cctype>

namespace rialto {

std::string AppModel::title() const {
  if (!display_name.empty()) return display_name;
  std::string words = name;
  std::replace(words.begin(), words.end(), '_', ' ');
  if (!words.empty())
    words[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(words[0])));
  return words;
}

bool AppModel::groups_by_arrival() const {
  return std::any_of(pages.begin(), pages.end(),
                     [](const PageModel& page) { return page.group_by_arrival_time; });
}

bool AppModel::whole() const {
  const auto sees_all = [](const PageModel& page) {
    return page.wait_for_all_groups || page.group_by_arrival_time;
  };
  return creating_subsession || std::any_of(pages.begin(), pages.end(), sees_all);
}

bool AppModel::is_exit(const std::string& page) const {
  return std::any_of(pages.begin(), pages.end(),
                     [&](const PageModel& each) { return each.exit_page == page; });
}

int AppModel::demo_size() const {
  if (demo_participants != 0) return demo_participants;
  return players_per_group != 0 ? players_per_group : 2;
}

}  // namespace rialto
