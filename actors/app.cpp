#include "actors/app.h"

#include <algorithm>
#include <set>
#include <stdexcept>

#include "actors/hook_names.h"

namespace rialto::detail {

namespace {

constexpr int max_rounds = 1'000;

bool is_identifier(std::string_view name) {
  const auto is_letter = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  };
  return !name.empty() && is_letter(name.front()) &&
         std::all_of(name.begin(), name.end(),
                     [&](char c) { return is_letter(c) || (c >= '0' && c <= '9'); });
}

void check_name(std::string_view what, const std::string& name) {
  if (is_identifier(name)) return;
  refuse_app(std::string(what) + " \"" + name +
             "\": a name is letters, digits and _, and begins with no digit");
}

std::string subject_of(const LogBase& log) {
  return log.as_rows() != nullptr ? "the rows " + log.name() + " have"
                                  : "the log " + log.name() + " has";
}

// What an export writes into each row of a log, or of rows, by itself
// (storage/export_columns.cpp).
void check_log_column(const LogBase& log, const std::string& column) {
  static const std::set<std::string> of_all{"session_code", "group", "round",
                                            "record",       "time",  "time_epoch"};
  static const std::set<std::string> of_players{"participant_code", "id_in_group"};
  static const std::set<std::string> of_rows{
      "id",     "change",        "added",          "added_epoch",  "added_record", "changed",
      "erased", "changed_epoch", "changed_record", "erased_epoch", "erased_record"};
  const bool of_player = dynamic_cast<const PlayerBase*>(&log.owner()) != nullptr;
  const bool changing = log.as_rows() != nullptr;
  if (of_all.contains(column) || (of_player && of_players.contains(column)) ||
      (changing && of_rows.contains(column))) {
    refuse_app(subject_of(log) + " a column \"" + column + "\", which each row of " +
               (changing ? "their" : "its") +
               " exported table has by itself: leave it out, or call it something else");
  }
}

void check_names(const Model& model, const std::string& owner) {
  std::set<std::string> names;
  const auto check = [&](const std::string& name) {
    check_name("the column", name);
    if (!names.insert(name).second) {
      refuse_app(owner + " has two columns of the name \"" + name + "\"" +
                 (name == "payoff" ? ": payoff is built in" : ""));
    }
  };
  for (const Column* column : model.columns()) check(column->name());
  for (const LogBase* log : model.logs()) {
    check(log->name());
    std::set<std::string> columns;
    for (const std::string& column : log->columns()) {
      check_name("the column", column);
      check_log_column(*log, column);
      if (!columns.insert(column).second) {
        refuse_app(subject_of(*log) + " two columns of the name \"" + column + "\"");
      }
    }
  }
}

void check_form(const PageModel& page) {
  std::set<std::string> names;
  for (const FormFieldModel& field : page.form) {
    check_form_field(field);
    if (!names.insert(field.name).second) {
      refuse_app("the form of page " + page.name + " asks twice for \"" + field.name + "\"");
    }
  }
  if (page.form_fields && page.form.empty()) {
    refuse_app("page " + page.name + " has .form_fields, but has no .form to take them from");
  }
}

void check_template(const PageModel& page) {
  const std::string& file = page.template_name;
  constexpr std::string_view html = ".html";
  const bool right =
      file.ends_with(html) && is_identifier(file.substr(0, file.size() - html.size()));
  if (file.empty() || right) return;
  refuse_app("page " + page.name + ": .template_name is a file in the game's folder, like \"" +
             page.name + ".html\", not \"" + file + "\"");
}

void check_page(const PageModel& page) {
  check_name("the page", page.name);
  check_template(page);
  check_form(page);
  if (page.on_timeout && !page.group_timeout) {
    refuse_app("page " + page.name + " has an .on_timeout, but no .group_timeout");
  }
  if (page.wait && (!page.form.empty() || page.timeout || page.group_timeout)) {
    refuse_app("wait page " + page.name + " has a form or a timeout");
  }
  if (page.group_timeout && page.group_timeout->count() <= 0) {
    refuse_app("page " + page.name + ": .group_timeout must be longer than nothing");
  }
}

void check_arrivals(const AppModel& model) {
  for (const PageModel& page : model.pages) {
    if (!page.group_by_arrival_time) continue;
    if (page.name != model.pages.front().name) {
      refuse_app("wait page " + page.name + ": .group_by_arrival_time is for the first page only");
    }
    if (model.players_per_group == 0 && !page.choose_group) {
      refuse_app("wait page " + page.name +
                 ": .group_by_arrival_time wants .players_per_group, or a method");
    }
    const auto is_exit = [&](const PageModel& each) { return each.name == page.exit_page; };
    if (!page.exit_page.empty() &&
        std::none_of(model.pages.begin() + 1, model.pages.end(), is_exit)) {
      refuse_app("wait page " + page.name + ": there is no later page " + page.exit_page +
                 ", its .exit_page");
    }
  }
}

// Those that every app has in oTree; what the author has given counts.
void add_usual_constants(AppModel& model) {
  const Value size = model.players_per_group == 0 ? Value() : Value(model.players_per_group);
  Value usual = {
      {"NAME_IN_URL", model.name}, {"PLAYERS_PER_GROUP", size}, {"NUM_ROUNDS", model.rounds}};
  model.constants = usual.update(model.constants);
}

}  // namespace

void refuse_app(const std::string& why) { throw std::invalid_argument(why); }

AnyApp checked_app(AppModel model) {
  check_name("the app", model.name);
  add_usual_constants(model);
  if (model.players_per_group < 0 || model.demo_participants < 0 || model.sends_per_second < 0) {
    refuse_app(model.name + ": numbers of players and sends are not negative");
  }
  if (model.message_bytes > max_message_bytes) {
    refuse_app(model.name + ": .message_bytes is at most " + std::to_string(max_message_bytes) +
               ", what a browser keeps until it is answered");
  }
  if (model.rounds < 1 || model.rounds > max_rounds) {
    refuse_app(model.name + ": .rounds is 1 to " + std::to_string(max_rounds));
  }
  if (!model.roles.empty() && std::cmp_not_equal(model.roles.size(), model.players_per_group)) {
    refuse_app(model.name + " has " + std::to_string(model.roles.size()) + " roles for groups of " +
               std::to_string(model.players_per_group));
  }
  if (model.pages.empty()) refuse_app(model.name + " has no pages");
  std::set<std::string> pages;
  for (const PageModel& page : model.pages) {
    check_page(page);
    if (!pages.insert(page.name).second) {
      refuse_app(model.name + " has two pages of the name " + page.name);
    }
  }
  std::set<std::string> cases;
  for (const std::string& each : model.cases) {
    if (each.empty() || !cases.insert(each).second) {
      refuse_app(model.name + ": the .cases of its bots need a name each, and no two the same");
    }
  }
  check_arrivals(model);
  check_names(*model.make_group(), model.name + "'s Group");
  check_names(*model.make_player(), model.name + "'s Player");
  check_names(*model.make_subsession(), model.name + "'s Subsession");
  name_hooks(model);
  return std::make_shared<const AppModel>(std::move(model));
}

}  // namespace rialto::detail
