// All of a unit's state as bytes, and back.
#include <algorithm>

#include "actors/rows_base.h"
#include "actors/stored_value.h"
#include "actors/unit.h"

namespace rialto {
namespace {

Value page_value(PageRef page) { return list(int{page.round}, int{page.position}); }

PageRef page_from(const Value& value) {
  return {static_cast<std::uint16_t>(value[0].as<int>()),
          static_cast<std::uint16_t>(value[1].as<int>())};
}

template <class Items, class Make>
Value list_of(const Items& items, Make&& make) {
  Value made = Value::empty_list();
  for (const auto& item : items) made.append(make(item));
  return made;
}

}  // namespace

std::string Unit::snapshot() const {
  Value objects = Value::empty_list();
  for (std::uint32_t number = 0; number < roster_.object_end(); ++number) {
    const Model* const model = roster_.find(number);
    Value columns;
    if (model != nullptr) columns = Value::object();
    for (std::size_t i = 0; model != nullptr && i < model->columns().size(); ++i) {
      const Column& column = *model->columns()[i];
      columns.set(column.name(), read_stored(column.to_json()));
    }
    for (std::size_t i = 0; model != nullptr && i < model->logs().size(); ++i) {
      const LogBase& log = *model->logs()[i];
      if (log.as_rows() != nullptr) columns.set(log.name(), log.as_rows()->stored());
    }
    objects.append(std::move(columns));
  }
  const auto timer_value = [](const Timer& timer) {
    return list(timer.at, page_value(timer.page));
  };
  const auto stuck_value = [](const Together& each) {
    return list(page_value(each.first), static_cast<std::int64_t>(each.second));
  };
  const auto waiting_value = [](const auto& each) {
    return list(page_value(each.first), Value(each.second));
  };
  Value value = Value::object();
  value.set("sequence", static_cast<std::int64_t>(sequence_));
  value.set("time", last_time_);
  value.set("description", description());
  value.set("objects", std::move(objects));
  value.set("pages", list_of(pages_, page_value));
  value.set("arrived", list_of(arrived_, page_value));
  value.set("senders", senders_.to_value());
  value.set("timers", list_of(timers_, timer_value));
  value.set("stuck", list_of(stuck_, stuck_value));
  value.set("gone", gone_value());
  value.set("let_go", Value(let_go_));
  value.set("present", list_of(present_, [](bool here) { return Value(here); }));
  value.set("waiting", list_of(waiting_, waiting_value));
  value.set("latest", latest_value());
  value.set("chats", chats_.to_value());
  return value.dump();
}

Result<void> Unit::restore(std::string_view snapshot, std::function<void()> fetch_rows) {
  try {
    const RunningSlots::Guard guard = guarded(running(0, {0, 0}, "its snapshot"));
    const Value value = read_stored(snapshot);
    Record described;
    described.input = value["description"].as<std::string>();
    if (const Result<void> read = read_description(described); !read) return read.error();
    restore_objects(value["objects"]);
    roster_.for_each([&](const Model& model) {
      for (LogBase* log : model.logs()) {
        if (log->as_rows() == nullptr) log->fetch_with(fetch_rows);
      }
    });
    restore_places(value);
    senders_.restore(value["senders"]);
    restore_latest(value["latest"]);
    chats_.restore(value.get("chats", Value::empty_list()));
    sequence_ = static_cast<std::uint64_t>(value["sequence"].as<std::int64_t>());
    last_time_ = value["time"].as<std::int64_t>();
  } catch (const std::exception& error) {
    return Error{
        ErrorKind::invalid,
        std::string("the stored session does not fit this build of the app: ") + error.what()};
  }
  return {};
}

void Unit::restore_objects(const Value& objects) {
  step_.begin_creating();
  for (std::uint32_t number = 0; number < objects.size(); ++number) {
    const Value& columns = objects[number];
    if (columns.is_null()) continue;
    const Model& object = roster_.object(number);
    for (Column* column : object.columns()) {
      if (columns.contains(column->name())) column->from_json(columns[column->name()].dump());
    }
    for (LogBase* log : object.logs()) {
      const bool is_stored = log->as_rows() != nullptr && columns.contains(log->name());
      if (is_stored) log->as_rows()->restore_stored(columns[log->name()]);
    }
  }
  step_.keep();
}

// Snapshots from before there were waiting rooms and further apps lack the last of these.
void Unit::restore_places(const Value& value) {
  for (std::uint32_t player = 1; player <= players(); ++player) {
    const std::size_t index = player - 1;
    pages_[index] = page_from(value["pages"][index]);
    arrived_[index] = page_from(value["arrived"][index]);
    if (value.contains("let_go")) let_go_[index] = value["let_go"][index].as<std::string>();
    if (value.contains("present")) present_[index] = value["present"][index].as<bool>();
    roster_.participant(player).set_here(is_here(player));
    const bool has_come = setup_.first_stage ? arrived_[index].round != 0 : is_seated(player);
    if (has_come) show_label(player);
  }
  if (value.contains("gone")) restore_gone(value["gone"]);
  for (std::size_t timer = 0; timer < timers_.size(); ++timer) {
    const Value& stored = value["timers"][timer];
    timers_[timer] = {stored[0].as<std::int64_t>(), page_from(stored[1])};
  }
  for (const Value& each : value["stuck"]) {
    const bool of_old = each[0].is_number();
    stuck_.insert({page_from(of_old ? each : each[0]), of_old ? 0 : each[1].as<Holder>()});
  }
  for (const Value& each : value.get("waiting", Value::empty_list())) {
    waiting_[page_from(each[0])] = each[1].as<std::vector<std::uint32_t>>();
  }
  for (const auto& [page, waiting] : waiting_) {
    for (const std::uint32_t player : waiting) {
      waits_[player - 1] = true;
      to_check_.insert({page, holder_of(player, page)});
    }
    to_check_.insert({page, 0});
  }
}

// -- latest values
// ---------------------------------------------------------------------------------

void Unit::note_latest(const Record& record) {
  for (const StoredReply& reply : record.replies) {
    if (reply.retention != Retention::latest) continue;
    Newest& newest = latest_[{reply.page, reply.key}];
    newest.resize(players(), 0);
    overtaken_.push_back({record.sequence, &newest, newest});
    if (reply.receivers.empty()) std::fill(newest.begin(), newest.end(), record.sequence);
    for (const std::uint32_t player : reply.receivers) newest.at(player - 1) = record.sequence;
  }
}

bool Unit::superseded(PageRef page, const std::string& key, std::uint32_t player,
                      std::uint64_t record) const {
  const auto found = latest_.find({page, key});
  if (found == latest_.end()) return false;
  const auto first = std::ranges::find(overtaken_, &found->second, &Overtaken::of);
  const Newest& durable = first == overtaken_.end() ? found->second : first->before;
  return durable.at(player - 1) > record;
}

void Unit::note_durable(std::uint64_t record) {
  while (!overtaken_.empty() && overtaken_.front().by <= record) overtaken_.pop_front();
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
    Newest& newest = latest_[{page_from(entry[0]), entry[1].as<std::string>()}];
    for (const Value& record : entry[2]) {
      newest.push_back(static_cast<std::uint64_t>(record.as<std::int64_t>()));
    }
  }
}

}  // namespace rialto
