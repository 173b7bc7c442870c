#include "actors/bot.h"

#include <algorithm>

#include "actors/errors.h"

namespace rialto {
namespace {

void check_known(const std::string& app, std::string_view what, std::string_view name,
                 const std::vector<std::string>& known) {
  if (std::ranges::find(known, name) != known.end()) return;
  std::string list;
  for (const std::string& each : known) list += (list.empty() ? "" : ", ") + each;
  throw AppError(app + " has no " + std::string(what) + " \"" + std::string(name) + "\"; it has " +
                 (list.empty() ? "none" : list));
}

// `{}` fills in nothing.
Value form_values(std::string_view what, Value values) {
  if (values.is_null()) return Value::object();
  if (values.is_object()) return values;
  throw AppError(std::string(what) + " wants the form's values by name, {{\"offer\", 10}}, not " +
                 values.dump());
}

}  // namespace

bool Bot::on(std::string_view page) const {
  check_known(shown_.app, "page", page, shown_.pages);
  return shown_.page == page;
}

bool Bot::in_case(std::string_view name) const {
  check_known(shown_.app, "case", name, shown_.cases);
  return shown_.case_name == name;
}

void Bot::submit(Value values, CheckHtml check) {
  add({BotAction::Kind::submit, form_values("submit", std::move(values)), {}, check});
}

void Bot::must_fail(Value values, std::vector<std::string> error_fields) {
  add({BotAction::Kind::must_fail, form_values("must_fail", std::move(values)),
       std::move(error_fields), CheckHtml::no});
}

void Bot::time_out(Value values) {
  add({BotAction::Kind::time_out, form_values("time_out", std::move(values)), {}, CheckHtml::no});
}

void Bot::say(Value message) { add({BotAction::Kind::say, std::move(message), {}}); }

void Bot::add(BotAction action) {
  using Kind = BotAction::Kind;
  const bool left = !actions_.empty() && (actions_.back().kind == Kind::submit ||
                                          actions_.back().kind == Kind::time_out);
  if (left) {
    throw AppError("the bot has left page " + shown_.page +
                   " already; play_round is called again for the next page");
  }
  actions_.push_back(std::move(action));
}

}  // namespace rialto
