#include "apps/command/page_names.h"

#include "actors/model.h"

namespace rialto::command {
namespace {

using Names = templates::KnownNames::Names;

// Columns and logs that are declared, and what is there without being declared.
Names attributes_of(const Model& model, Names built_in) {
  for (const Column* column : model.columns()) built_in.emplace(column->name());
  for (const LogBase* log : model.logs()) built_in.emplace(log->name());
  return built_in;
}

}  // namespace

std::map<std::string, templates::KnownNames> page_names(const AppModel& app) {
  templates::KnownNames names;
  names.attributes["player"] = attributes_of(
      *app.make_player(), {"id_in_group", "id_in_subsession", "payoff", "role", "round_number",
                           "in_all_rounds", "in_previous_rounds", "get_others_in_group"});
  names.attributes["group"] =
      attributes_of(*app.make_group(), {"id_in_subsession", "round_number"});
  names.attributes["subsession"] = attributes_of(*app.make_subsession(), {"round_number"});
  names.named_channels = app.whole() || app.players_per_group == 0;
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
