#include "apps/command/page_names.h"

#include "actors/model.h"
#include "actors/template_names.h"

namespace rialto::command {
namespace {

using Names = templates::KnownNames::Names;

// Columns, logs and rows that are declared, and what is there without being declared.
Names attributes_of(const Model& model, Names built_in) {
  for (const Column* column : model.columns()) built_in.emplace(column->name());
  for (const LogBase* log : model.logs()) built_in.emplace(log->name());
  return built_in;
}

}  // namespace

std::map<std::string, templates::KnownNames> page_names(const AppModel& app) {
  templates::KnownNames names;
  const TemplateWords words = template_words(app);
  const auto player = app.make_player();
  const auto group = app.make_group();
  names.attributes["player"] = attributes_of(*player, words.player);
  names.attributes["group"] = attributes_of(*group, words.group);
  names.attributes["subsession"] = attributes_of(*app.make_subsession(), words.subsession);
  names.attributes["session"] = words.session;
  for (const auto& [name, value] : app.constants.members()) names.attributes["C"].insert(name);
  names.attributes["Constants"] = names.attributes["C"];
  names.attributes[templates::each_player] = attributes_of(*player, words.each_player);
  names.attributes[templates::each_group] = attributes_of(*group, words.each_group);
  names.attributes[templates::their_group] = attributes_of(*group, words.their_group);
  names.named_channels = app.whole() || app.players_per_group == 0;
  if (!names.named_channels) {
    for (const char* name :
         {"player.get_others_in_subsession", "subsession.get_players", "subsession.get_groups"}) {
      names.out_of_reach[name] =
          "that reaches all groups of the app, and here each group is played for itself; a hook "
          "that takes the Subsession makes all of the app one unit";
    }
  }
  std::map<std::string, templates::KnownNames> by_page;
  for (const PageModel& page : app.pages) {
    // What vars_for_template gives is known only when it runs.
    names.open = static_cast<bool>(page.vars_for_template);
    names.names = page.wait ? Names{"title_text", "body_text"} : Names{};
    by_page[page.name] = names;
  }
  return by_page;
}

}  // namespace rialto::command
