#include "apps/play/bots_report.h"

#include <fmt/format.h>

namespace rialto::play {

std::string BotsFailure::text() const {
  std::string text = app;
  if (!page.empty()) text += ": page " + page + ", round " + std::to_string(round);
  if (participant != 0) {
    text += fmt::format(", player {} (participant {})", id_in_group, participant);
  }
  text += ": " + what;
  if (!input.empty()) text += "\n  input: " + input;
  return text;
}

std::string BotsReport::text() const {
  std::string text = config + (case_name.empty() ? "" : ", case " + case_name);
  text += fmt::format(
      ": {} {}, {} pages, {} submits, {} refused as expected, {} live messages; {:.0f} s of the "
      "game in {:.2f} s\n",
      participants, participants == 1 ? "bot" : "bots", pages, submits, refusals, messages,
      game_seconds, seconds);
  return text;
}

Value BotsReport::to_value() const {
  Value value = {{"config", config},
                 {"case", case_name},
                 {"participants", participants},
                 {"pages", pages},
                 {"submits", submits},
                 {"refusals", refusals},
                 {"messages", messages},
                 {"game_seconds", game_seconds},
                 {"seconds", seconds},
                 {"failure", nullptr}};
  if (failure) {
    value.set("failure", {{"app", failure->app},
                          {"page", failure->page},
                          {"round", failure->round},
                          {"participant", failure->participant},
                          {"id_in_group", failure->id_in_group},
                          {"input", failure->input},
                          {"what", failure->what}});
  }
  return value;
}

}  // namespace rialto::play
