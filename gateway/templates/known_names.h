// What the author of a page may name, told by who knows the app: checked when the server starts.
// A plain value.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>

namespace rialto::templates {

struct KnownNames {
  using Names = std::set<std::string, std::less<>>;

  // First words: vars_for_template's. player, group, subsession, participant, session, C, form and
  // js_vars need not be listed.
  Names names;
  bool open = false;  // more may be there, found when the page is rendered

  // What follows player, group, C, …: the set is closed; a first word without a set is open.
  std::map<std::string, Names, std::less<>> attributes;
  // Fields of the form; nothing: not known.
  std::optional<Names> form_fields;
  // May a chat have a channel by name? That is for all groups of the app: so all must be one unit.
  bool named_channels = true;
  // Is there such a file for {{ static }}? Empty: not known.
  std::function<bool(const std::string& path)> has_static_file;
};

}  // namespace rialto::templates
