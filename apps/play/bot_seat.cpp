#include "apps/play/bot_seat.h"

#include <algorithm>
#include <map>
#include <utility>

#include "actors/watchdog.h"

namespace rialto::play {

std::uint64_t draws_of(const BotSeat& seat, std::uint64_t seed) {
  return (seed * 1'000'003 + seat.number) * 1'000'003 + seat.view.ref.round * 1'009U +
         seat.view.ref.position;
}

void look_at(BotSeat& seat, const PlayerBase& who, std::uint64_t seed) {
  seat.id_in_group = who.id_in_group();
  seat.group = who.has_group() ? who.group_base().id_in_subsession() : 0;
  seat.players_in_group = who.has_group() ? static_cast<int>(who.group_base().player_count()) : 0;
  seat.strategy.emplace(seat.id_in_group, seat.players_in_group, draws_of(seat, seed));
}

std::vector<BotAction> plan_page(const BotSeat& seat, const AppModel& app, const PlayerBase& me,
                                 const BotsOptions& options) {
  if (!app.play_round) return {};
  Bot::Shown shown;
  shown.app = app.name;
  shown.page = seat.view.page;
  for (const PageModel& each : app.pages) shown.pages.push_back(each.name);
  shown.cases = app.cases;
  shown.case_name = options.case_name;
  shown.html = seat.html;
  shown.js_vars = seat.view.js_vars;
  shown.id_in_group = seat.id_in_group;
  shown.round_number = seat.view.ref.round;
  shown.seed = draws_of(seat, options.seed);
  shown.role = me.role();
  Bot bot(std::move(shown));
  RunningInput input{seat.unit, seat.seat, seat.view.ref, "play_round"};
  input.app = app.name;
  input.page_name = seat.view.page;
  input.participant = seat.code;
  const RunningSlots::Guard guard(&slots_of_this_process(), input);
  const RunningHook running({app.name, seat.view.page, "play_round"});
  app.play_round(bot, &me);
  return bot.actions();
}

std::string missing_in_html(const BotSeat& seat, const Value& values) {
  for (const auto& [name, value] : values.members()) {
    if (seat.form.find(name)) continue;
    return "the page has no input \"" + name + "\" (it has: " + seat.form.names() +
           "); if a script sends it, submit with CheckHtml::no";
  }
  if (seat.form.has_button) return "";
  return "the page has no button to submit it with; if a script submits it, submit with "
         "CheckHtml::no";
}

Value chance_values(const BotSeat& seat, std::uint64_t seed) {
  BotPlayer chance(seat.id_in_group, seat.players_in_group, draws_of(seat, seed));
  return load::chance_values(seat.form, [&] { return chance.draw(); });
}

bool stays_at_end(const BotSeat& seat, const AppModel& app, const std::string& last_app) {
  const auto behind = app.pages.begin() + seat.view.ref.position + 1;
  const bool is_last = std::all_of(behind, app.pages.end(),
                                   [&](const PageModel& each) { return app.is_exit(each.name); });
  return seat.state == BotSeat::State::staying && seat.view.app == last_app &&
         seat.view.ref.round == app.rounds && is_last;
}

std::string whereabouts(const std::vector<BotSeat>& seats) {
  std::map<std::string, int> on;
  for (const BotSeat& seat : seats) {
    if (seat.state == BotSeat::State::finished) {
      ++on["at the end"];
    } else {
      ++on["on " + seat.view.page + " (round " + std::to_string(seat.view.ref.round) + ")"];
    }
  }
  std::string text;
  for (const auto& [where, count] : on) {
    text += (text.empty() ? "" : ", ") + std::to_string(count) + " " + where;
  }
  return text;
}

BotsFailure failure_at(const BotSeat& seat, std::string what, std::string input) {
  BotsFailure failure;
  failure.app = seat.view.app;
  failure.page = seat.view.page;
  failure.round = seat.view.ref.round;
  failure.participant = static_cast<int>(seat.number) + 1;
  failure.id_in_group = seat.id_in_group;
  failure.what = std::move(what);
  failure.input = std::move(input);
  return failure;
}

}  // namespace rialto::play
