// How a unit's state is described, made, stored and brought back (design.md section 7).
#include <algorithm>
#include <limits>
#include <stdexcept>

#include "actors/rows_base.h"
#include "actors/stored_value.h"
#include "actors/unit.h"

namespace rialto {
namespace {

constexpr std::uint32_t removed = std::numeric_limits<std::uint32_t>::max();

Value describe_columns(const Model& model) {
  std::vector<Value> columns;
  for (const Column* column : model.columns()) {
    Value entry = Value::object();
    entry.set("name", column->name());
    entry.set("type", std::string(column->type()));
    if (column->personal()) entry.set("personal", true);
    columns.push_back(std::move(entry));
  }
  return Value(columns);
}

Value describe_logs(const Model& model) {
  std::vector<Value> logs;
  for (const LogBase* log : model.logs()) {
    Value entry = Value::object();
    entry.set("name", log->name());
    entry.set("columns", Value(log->columns()));
    entry.set("types", Value(log->types()));
    if (log->as_rows() != nullptr) entry.set("changing", true);
    logs.push_back(std::move(entry));
  }
  return Value(logs);
}

Error does_not_fit(const std::string& what) {
  return {ErrorKind::invalid, "the stored session does not fit this build of the app: " + what};
}

// Place of a stored column among the model's; `removed` if the app has it no more.
Result<std::uint32_t> find_column(const Model& model, const Value& entry) {
  const auto name = entry["name"].as<std::string>();
  const auto same = [&](const Column* column) { return column->name() == name; };
  const auto found = std::find_if(model.columns().begin(), model.columns().end(), same);
  if (found == model.columns().end()) return removed;
  if ((*found)->type() != entry["type"].as<std::string>()) {
    return does_not_fit("column " + name + " was " + entry["type"].as<std::string>() +
                        ", now it is " + std::string((*found)->type()));
  }
  return (*found)->index();
}

// The same of a log or of rows, whose own columns are matched when they are read.
Result<std::uint32_t> find_log(const Model& model, const Value& entry) {
  const auto name = entry["name"].as<std::string>();
  const auto same = [&](const LogBase* log) { return log->name() == name; };
  const auto found = std::find_if(model.logs().begin(), model.logs().end(), same);
  if (found == model.logs().end()) return removed;
  const bool changed = entry.get("changing", false);
  if (changed != ((*found)->as_rows() != nullptr)) {
    return does_not_fit(
        name + (changed ? " were Rows, now they are a Log" : " was a Log, now it is Rows"));
  }
  return (*found)->index();
}

template <class Find>
Result<std::vector<std::uint32_t>> find_all(const Model& model, const Value& entries,
                                            const Find& find) {
  std::vector<std::uint32_t> places;
  for (const Value& entry : entries) {
    const Result<std::uint32_t> found = find(model, entry);
    if (!found) return found.error();
    places.push_back(*found);
  }
  return places;
}

// The kinds of objects that a unit of this roster has.
bool has_kind(const Roster& roster, Roster::Kind kind) {
  return kind != Roster::Kind::subsession || roster.whole();
}

// Nothing comes of it that anybody leaves the page: it only shows something.
bool only_shows(const PageModel& page) {
  return !page.wait && !page.live && page.form.empty() && !page.error_message &&
         !page.before_next_page && !page.app_after_this_page;
}

// The positions of pages whose players have nothing more to do in the app's last round, also where
// no button leads on: the last one, and those for players without a group.
Value last_pages(const AppModel& app) {
  Value positions = Value::empty_list();
  for (std::size_t position = app.pages.size(); position-- > 0;) {
    const PageModel& page = app.pages[position];
    if (only_shows(page)) positions.append(static_cast<std::int64_t>(position));
    if (!app.is_exit(page.name)) break;
  }
  return positions;
}

template <class Describe>
Value of_each_kind(const Roster& roster, Describe&& describe) {
  Value all = Value::object();
  for (const Roster::Kind kind : Roster::kinds) {
    if (has_kind(roster, kind)) all.set(to_string(kind), describe(roster.example(kind)));
  }
  return all;
}

}  // namespace

std::string Unit::description() const {
  std::vector<Value> pages;
  for (const PageModel& page : app_->pages) pages.emplace_back(page.name);
  Value value = Value::object();
  value.set("app", app_->name);
  if (!app_->build.empty()) value.set("build", app_->build);
  if (roster_.whole()) value.set("whole", true);
  value.set("rounds", app_->rounds);
  value.set("players", Value(setup_.participants));
  value.set("pages", Value(pages));
  const Value ends = last_pages(*app_);
  if (!ends.empty()) value.set("ends", ends);
  if (!app_->roles.empty()) value.set("roles", Value(app_->roles));
  value.set("fields", of_each_kind(roster_, describe_columns));
  value.set("logs", of_each_kind(roster_, describe_logs));
  return value.dump();
}

bool Unit::is_described_by_this_build() const {
  return read_stored(described_).get("build", "") == app_->build;
}

Record Unit::create(std::int64_t now, const std::vector<Value>& vars) {
  Record record = begin(RecordKind::created, 0, PageRef{}, now);
  record.input = description();
  run_creating_session(record, vars);
  roster_.for_each([&](const Model& object) {
    if (roster_.kind_of(object.object_number()) == Roster::Kind::session) return;
    for (const Column* column : object.columns()) add_change(record, *column);
  });
  const SessionValues& session = roster_.session_values();
  if (!session.recorded().empty())
    add_change(record, *session.columns()[SessionValues::seen_field]);
  if (!session.writes().get().empty()) add_change(record, session.writes());
  roster_.session_values().note(record.sequence);
  for (std::uint32_t player = 1; setup_.first_stage && player <= players(); ++player) {
    PageRef first;
    run_making("is_displayed", player, 1, [&] { first = shown_from(player, PageRef{}); });
    if (first != PageRef{}) move_to(record, player, first, {});
  }
  settle_personal(record);
  if (const Result<void> read = read_description(record); !read) std::abort();
  finish(record);
  return record;
}

// The participants' values are there for the hook, whether they come first to this app or later.
void Unit::run_creating_session(Record& record, const std::vector<Value>& vars) {
  step_.open(record.time, seed_of(record.sequence));
  try {
    for (std::uint32_t player = 1; player <= players(); ++player) {
      roster_.participant(player).set_here(true);
      if (player <= vars.size()) {
        roster_.participant(player).take({{"vars", vars[player - 1]}, {"earlier", 0}});
      }
    }
    for (int round = 1; round <= roster_.rounds(); ++round) {
      SubsessionBase& all = roster_.subsession(round);
      run_making("creating_session", 0, round, [&] {
        if (app_->creating_subsession) app_->creating_subsession(all);
      });
      for (int group = 1; app_->creating_session && group <= roster_.groups(round); ++group) {
        run_making("creating_session", 0, round,
                   [&] { app_->creating_session(roster_.group(round, group)); });
      }
    }
  } catch (...) {
    step_.roll_back();
    throw;
  }
  for (Step::Row& row : step_.rows) {
    record.rows.push_back(
        {row.log->owner().object_number(), row.log->index(), std::move(row.json)});
  }
  note_concerns(record);
  printed_ = step_.printed;
  step_.keep();
  for (std::uint32_t player = 1; player <= players(); ++player) {
    roster_.participant(player).set_here(setup_.first_stage);
  }
}

// The unit has no number yet that would stay: who is to be made is known by who wished for it.
RunningInput Unit::making(std::string_view what, std::uint32_t player, int round) const {
  RunningInput input = running(player, {static_cast<std::uint16_t>(round), 0}, what,
                               setup_.made_as ^ digest(std::to_string(setup_.id.index())));
  input.unit = {};
  input.session = {};
  input.participant = {};
  return input;
}

template <class Hook>
void Unit::run_making(std::string_view what, std::uint32_t player, int round,
                      const Hook& hook) const {
  if (setup_.slots == nullptr) return hook();
  const RunningSlots::Guard guard = guarded(making(what, player, round));
  hook();
}

// Finds for each column the records speak of the one the app has now (rules.md 15): matched by
// name, since the name is the contract with what is stored.
Result<void> Unit::read_description(const Record& record) {
  described_ = record.input;
  const Value stored = read_stored(record.input);
  std::vector<std::string> pages;
  for (const PageModel& page : app_->pages) pages.push_back(page.name);
  if (stored["rounds"] != app_->rounds) {
    return does_not_fit("it has " + stored["rounds"].dump() + " rounds, now " +
                        std::to_string(app_->rounds));
  }
  if (stored["pages"] != Value(pages)) {
    return does_not_fit("its pages are " + stored["pages"].dump() + ", now " + Value(pages).dump());
  }
  if (stored.get("whole", false) != roster_.whole()) {
    return does_not_fit(roster_.whole() ? "its groups were played apart, now they are one unit"
                                        : "its groups were one unit, now they are played apart");
  }
  for (const Roster::Kind kind : Roster::kinds) {
    const Value fields = stored["fields"].get(to_string(kind), Value::empty_list());
    auto found = find_all(roster_.example(kind), fields, find_column);
    if (!found) return found.error();
    stored_columns_[static_cast<std::size_t>(kind)] = std::move(*found);
  }
  auto logs = places_of_logs(stored);
  if (!logs) return logs.error();
  stored_logs_ = std::move(*logs);
  return {};
}

// By object kind.
Result<Unit::LogPlaces> Unit::places_of_logs(const Value& description) const {
  LogPlaces places;
  const Value logs = description.get("logs", Value::object());
  for (const Roster::Kind kind : Roster::kinds) {
    const Value of_kind = logs.get(to_string(kind), Value::empty_list());
    auto found = find_all(roster_.example(kind), of_kind, find_log);
    if (!found) return found.error();
    places[static_cast<std::size_t>(kind)] = std::move(*found);
  }
  return places;
}

StepResult Unit::describe(std::int64_t now) {
  if (described_ == description()) return {};
  const Value before = read_stored(described_);
  Record record = begin(RecordKind::described, 0, PageRef{}, now);
  record.input = description();
  roster_.for_each([&](const Model& object) {
    const auto of_kind = roster_.kind_of(object.object_number());
    if (of_kind == Roster::Kind::session) return;  // the same in every build
    const auto kind = to_string(of_kind);
    const Value known = before["fields"].get(kind, Value::empty_list());
    for (const Column* column : object.columns()) {
      const auto same = [&](const Value& field) { return field["name"] == column->name(); };
      if (std::any_of(known.begin(), known.end(), same)) continue;
      add_change(record, *column);
    }
  });
  settle_personal(record);
  if (const Result<void> read = read_description(record); !read) std::abort();
  finish(record);
  return {std::move(record), {}, {}, {}};
}

Result<void> Unit::apply(const Record& record) {
  if (record.sequence != sequence_ + 1) {
    return Error{ErrorKind::corrupt, name() + ": record " + std::to_string(record.sequence) +
                                         " follows " + std::to_string(sequence_)};
  }
  try {
    if (record.kind == RecordKind::created || record.kind == RecordKind::described) {
      if (const Result<void> read = read_description(record); !read) return read.error();
    }
    const RunningSlots::Guard guard = guarded(running(0, {0, 0}, "its record"));
    step_.begin_creating();
    for (const Change& change : record.changes) {
      const Roster::Kind kind = roster_.kind_of(change.object);
      const std::uint32_t index =
          kind == Roster::Kind::session
              ? change.field
              : stored_columns_[static_cast<std::size_t>(kind)].at(change.field);
      if (index == removed) continue;
      roster_.object(change.object).columns().at(index)->from_json(change.value);
    }
    for (const LogRow& row : record.rows) {
      if (LogBase* const log = log_of(row, stored_logs_)) log->restore(row.values);
    }
    step_.keep();
  } catch (const std::exception& error) {
    return does_not_fit(error.what());
  }
  finish(record);
  note_durable(record.sequence);
  return {};
}

// Null: the app has it no more.
LogBase* Unit::log_of(const LogRow& row, const LogPlaces& places) {
  const Roster::Kind kind = roster_.kind_of(row.object);
  if (kind == Roster::Kind::session) throw std::runtime_error("the session has no log");
  const std::uint32_t index = places[static_cast<std::size_t>(kind)].at(row.log);
  return index == removed ? nullptr : roster_.object(row.object).logs()[index];
}

// Rows that change came with the snapshot.
void Unit::add_rows(const Record& record) {
  if (record.kind == RecordKind::created || record.kind == RecordKind::described) {
    auto places = places_of_logs(read_stored(record.input));
    if (!places) throw std::runtime_error(places.error().message);
    fetched_logs_ = std::move(*places);
  }
  for (const LogRow& row : record.rows) {
    LogBase* const log = log_of(row, fetched_logs_);
    if (log != nullptr && log->as_rows() == nullptr) log->restore(row.values);
  }
}

}  // namespace rialto
