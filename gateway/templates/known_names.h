// What the author of a page may name, told by who knows the app: checked when the server starts.
// A plain value.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>

namespace rialto::templates {

// Names, in `attributes`, for what has none in a template: a player and a group of a list
// (get_players, in_all_rounds), and the group of such a player.
inline constexpr const char* each_player = "each player";
inline constexpr const char* each_group = "each group";
inline constexpr const char* their_group = "their group";

struct KnownNames {
  using Names = std::set<std::string, std::less<>>;

  // First words: vars_for_template's. player, group, subsession, participant, session, C, form and
  // js_vars need not be listed.
  Names names;
  bool open = false;  // more may be there, found when the page is rendered

  // What follows player, group, C, …: the set is closed; a first word without a set is open.
  std::map<std::string, Names, std::less<>> attributes;
  // Of those that are not there ("subsession.get_players"): why not.
  std::map<std::string, std::string> out_of_reach;
  // Fields of the form; nothing: not known.
  std::optional<Names> form_fields;
  // May a chat have a channel by name? That is for all groups of the app: so all must be one unit.
  bool named_channels = true;
  // Is there such a file for {{ static }}? Empty: not known.
  std::function<bool(const std::string& path)> has_static_file;
};

}  // namespace rialto::templates
