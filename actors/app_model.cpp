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

int AppModel::demo_size() const {
  if (demo_participants != 0) return demo_participants;
  return players_per_group != 0 ? players_per_group : 2;
}

}  // namespace rialto
