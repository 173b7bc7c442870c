// How a unit's state is described, made, stored and brought back (design.md section 7).
#include <algorithm>
#include <limits>

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
    logs.push_back(std::move(entry));
  }
  return Value(logs);
}

Value group_and_player(Value group, Value player) {
  Value both = Value::object();
  both.set("group", std::move(group));
  both.set("player", std::move(player));
  return both;
}

Value page_value(PageRef page) { return list(int{page.round}, int{page.position}); }

PageRef page_from(const Value& value) {
  return {static_cast<std::uint16_t>(value[0].as<int>()),
          static_cast<std::uint16_t>(value[1].as<int>())};
}

Error does_not_fit(const std::string& what) {
  return {ErrorKind::invalid, "the stored session does not fit this build of the app: " + what};
}

}  // namespace

std::string Unit::description() const {
  std::vector<Value> pages;
  for (const PageModel& page : app_->pages) pages.emplace_back(page.name);
  const Model& player = object(1);
  Value value = Value::object();
  value.set("app", app_->name);
  value.set("rounds", app_->rounds);
  value.set("players", Value(setup_.participants));
  value.set("pages", Value(pages));
  value.set("fields", group_and_player(describe_columns(object(0)), describe_columns(player)));
  value.set("logs", group_and_player(describe_logs(object(0)), describe_logs(player)));
  return value.dump();
}

Record Unit::create(std::int64_t now) {
  Record record = begin(RecordKind::created, 0, PageRef{}, now);
  record.input = description();
  run_creating_session(record);
  for (std::uint32_t number = 0; number < object_count(); ++number) {
    for (const Column* column : object(number).columns()) {
      record.changes.push_back({number, column->index(), column->to_json()});
    }
  }
  for (std::uint32_t player = 1; player <= players(); ++player) {
    const PageRef first = shown_from(player, PageRef{});
    if (first != PageRef{}) record.moves.push_back({player, first});
  }
  if (const Result<void> read = read_description(record); !read) std::abort();
  finish(record);
  return record;
}

void Unit::run_creating_session(Record& record) {
  if (!app_->creating_session) return;
  step_.open(record.time, seed_of(record.sequence));
  try {
    for (const auto& group : rounds_) app_->creating_session(*group);
  } catch (...) {
    step_.roll_back();
    throw;
  }
  for (Step::Row& row : step_.rows) {
    record.rows.push_back(
        {row.log->owner().object_number(), row.log->index(), std::move(row.json)});
  }
  step_.keep();
}

// Finds for each column the records speak of the one the app has now (rules.md 15): matched by
// name, since the name is the contract with what is stored.
Result<void> Unit::read_description(const Record& record) {
  described_ = record.input;
  const Value stored = Value::parse(record.input, setup_.limits->nesting);
  std::vector<std::string> pages;
  for (const PageModel& page : app_->pages) pages.push_back(page.name);
  if (stored["rounds"] != app_->rounds) {
    return does_not_fit("it has " + stored["rounds"].dump() + " rounds, now " +
                        std::to_string(app_->rounds));
  }
  if (stored["pages"] != Value(pages)) {
    return does_not_fit("its pages are " + stored["pages"].dump() + ", now " + Value(pages).dump());
  }
  for (std::uint32_t kind = 0; kind < 2; ++kind) {
    const Model& model = object(kind);
    stored_columns_[kind].clear();
    for (const Value& entry : stored["fields"][kind == 0 ? "group" : "player"]) {
      const auto name = entry["name"].as<std::string>();
      const auto same = [&](const Column* column) { return column->name() == name; };
      const auto found = std::find_if(model.columns().begin(), model.columns().end(), same);
      if (found == model.columns().end()) {
        stored_columns_[kind].push_back(removed);
        continue;
      }
      if ((*found)->type() != entry["type"].as<std::string>()) {
        return does_not_fit("column " + name + " was " + entry["type"].as<std::string>() +
                            ", now it is " + std::string((*found)->type()));
      }
      stored_columns_[kind].push_back((*found)->index());
    }
  }
  return {};
}

StepResult Unit::describe(std::int64_t now) {
  if (described_ == description()) return {};
  const Value before = Value::parse(described_, setup_.limits->nesting);
  Record record = begin(RecordKind::described, 0, PageRef{}, now);
  record.input = description();
  for (std::uint32_t number = 0; number < object_count(); ++number) {
    const bool is_group = number % (players() + 1) == 0;
    for (const Column* column : object(number).columns()) {
      const auto same = [&](const Value& field) { return field["name"] == column->name(); };
      const Value& known = before["fields"][is_group ? "group" : "player"];
      if (std::any_of(known.begin(), known.end(), same)) continue;
      record.changes.push_back({number, column->index(), column->to_json()});
    }
  }
  if (const Result<void> read = read_description(record); !read) std::abort();
  finish(record);
  return {std::move(record), {}, {}, {}};
}

Result<void> Unit::apply(const Record& record) {
  if (record.sequence != sequence_ + 1) {
    return Error{ErrorKind::corrupt, "unit " + std::to_string(setup_.id.value) + ": record " +
                                         std::to_string(record.sequence) + " follows " +
                                         std::to_string(sequence_)};
  }
  try {
    if (record.kind == RecordKind::created || record.kind == RecordKind::described) {
      if (const Result<void> read = read_description(record); !read) return read.error();
    }
    step_.begin_creating();
    for (const Change& change : record.changes) {
      const std::uint32_t kind = change.object % (players() + 1) == 0 ? 0 : 1;
      const std::uint32_t index = stored_columns_[kind].at(change.field);
      if (index != removed) object(change.object).columns()[index]->from_json(change.value);
    }
    add_rows(record);
    step_.keep();
  } catch (const std::exception& error) {
    return does_not_fit(error.what());
  }
  finish(record);
  return {};
}

void Unit::add_rows(const Record& record) {
  for (const LogRow& row : record.rows) object(row.object).logs().at(row.log)->restore(row.values);
}

std::string Unit::snapshot() const {
  std::vector<Value> objects;
  std::vector<Value> pages;
  std::vector<Value> arrived;
  std::vector<Value> timers;
  std::vector<Value> stuck;
  for (std::uint32_t number = 0; number < object_count(); ++number) {
    Value columns = Value::object();
    for (const Column* column : object(number).columns()) {
      columns.set(column->name(), Value::parse(column->to_json(), setup_.limits->nesting));
    }
    objects.push_back(std::move(columns));
  }
  for (const PageRef page : pages_) pages.push_back(page_value(page));
  for (const PageRef page : arrived_) arrived.push_back(page_value(page));
  for (const Timer& timer : timers_) timers.push_back(list(timer.at, page_value(timer.page)));
  for (const PageRef page : stuck_) stuck.push_back(page_value(page));
  Value value = Value::object();
  value.set("sequence", static_cast<std::int64_t>(sequence_));
  value.set("time", last_time_);
  value.set("description", description());
  value.set("objects", Value(objects));
  value.set("pages", Value(pages));
  value.set("arrived", Value(arrived));
  value.set("senders", senders_.to_value());
  value.set("timers", Value(timers));
  value.set("stuck", Value(stuck));
  value.set("latest", latest_value());
  return value.dump();
}

Result<void> Unit::restore(std::string_view snapshot, std::function<void()> fetch_rows) {
  try {
    const Value value = Value::parse(snapshot, setup_.limits->nesting);
    Record described;
    described.input = value["description"].as<std::string>();
    if (const Result<void> read = read_description(described); !read) return read.error();
    step_.begin_creating();
    for (std::uint32_t number = 0; number < object_count(); ++number) {
      const Value& columns = value["objects"][number];
      for (Column* column : object(number).columns()) {
        if (columns.contains(column->name())) column->from_json(columns[column->name()].dump());
      }
      for (LogBase* log : object(number).logs()) log->fetch_with(fetch_rows);
    }
    for (std::size_t player = 0; player < players(); ++player) {
      pages_[player] = page_from(value["pages"][player]);
      arrived_[player] = page_from(value["arrived"][player]);
    }
    step_.keep();
    senders_.restore(value["senders"]);
    restore_latest(value["latest"]);
    sequence_ = static_cast<std::uint64_t>(value["sequence"].as<std::int64_t>());
    last_time_ = value["time"].as<std::int64_t>();
    for (std::size_t timer = 0; timer < timers_.size(); ++timer) {
      const Value& stored = value["timers"][timer];
      timers_[timer] = {stored[0].as<std::int64_t>(), page_from(stored[1])};
    }
    for (const Value& page : value["stuck"]) stuck_.insert(page_from(page));
  } catch (const std::exception& error) {
    return does_not_fit(error.what());
  }
  return {};
}

// -- latest values
// ---------------------------------------------------------------------------------

void Unit::note_latest(const Record& record) {
  for (const StoredReply& reply : record.replies) {
    if (reply.retention != Retention::latest) continue;
    std::vector<std::uint64_t>& newest = latest_[{reply.page, reply.key}];
    newest.resize(players(), 0);
    if (reply.receivers.empty()) std::fill(newest.begin(), newest.end(), record.sequence);
    for (const std::uint32_t player : reply.receivers) newest.at(player - 1) = record.sequence;
  }
}

bool Unit::superseded(PageRef page, const std::string& key, std::uint32_t player,
                      std::uint64_t record) const {
  const auto found = latest_.find({page, key});
  return found != latest_.end() && found->second.at(player - 1) > record;
}

Value Unit::latest_value() const {
  std::vector<Value> entries;
  for (const auto& [name, newest] : latest_) {
    std::vector<Value> records;
    for (const std::uint64_t record : newest)
      records.emplace_back(static_cast<std::int64_t>(record));
    entries.push_back(list(page_value(name.first), name.second, Value(records)));
  }
  return Value(entries);
}

void Unit::restore_latest(const Value& value) {
  for (const Value& entry : value) {
    std::vector<std::uint64_t>& newest = latest_[{page_from(entry[0]), entry[1].as<std::string>()}];
    for (const Value& record : entry[2]) {
      newest.push_back(static_cast<std::uint64_t>(record.as<std::int64_t>()));
    }
  }
}

}  // namespace rialto
