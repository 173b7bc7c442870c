#include "storage/export.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "storage/csv.h"
#include "storage/export_table.h"
#include "storage/folded_unit.h"
#include "storage/keys.h"
#include "storage/record.h"
#include "storage/unit_description.h"

namespace rialto {
namespace {

constexpr std::uint32_t group_object = 0;

// Names of apps and logs become names of files.
std::string file_name(std::string name) {
  for (char& byte : name) {
    const bool is_plain = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
                          (byte >= '0' && byte <= '9') || byte == '_' || byte == '-';
    if (!is_plain) byte = '_';
  }
  return name + ".csv";
}

const char* name_of(RecordKind kind) {
  switch (kind) {
    case RecordKind::created:
      return "created";
    case RecordKind::live:
      return "live";
    case RecordKind::refused:
      return "refused";
    case RecordKind::submitted:
      return "submitted";
    case RecordKind::event:
      return "event";
  }
  return "";
}

enum class More { no, yes };
enum class LogOf { group, player };

class Exporter {
 public:
  Exporter(const Reader& reader, std::uint32_t number, SessionDescription session, ExportSink& sink)
      : reader_(reader), number_(number), session_(std::move(session)), sink_(sink) {
    manifest_.code = session_.code;
  }

  Result<Manifest> run() {
    if (auto known = for_each_unit(&Exporter::collect); !known) return known.error();
    for (ExportTable* table : tables()) table->header();
    if (auto done = for_each_unit(&Exporter::export_unit); !done) return done.error();
    for (ExportTable* table : tables()) {
      if (auto done = table->flush(sink_); !done) return done.error();
      manifest_.files.push_back(table->file());
    }
    return manifest_;
  }

 private:
  Result<void> for_each_unit(Result<void> (Exporter::*step)(UnitId)) {
    for (std::uint32_t i = 0; i < session_.units; ++i) {
      if (auto done = (this->*step)(UnitId::of(number_, i)); !done) return done;
    }
    return {};
  }

  // Calls `take` with each record until it fails or says no.
  template <class Take>
  Result<void> read_records(UnitId unit, Take take) {
    Result<void> outcome;
    auto scanned = reader_.scan(
        keys::records(unit, 0), keys::records_end(unit), [&](auto, std::string_view value) {
          const auto records = decode_records(value);
          if (!records) outcome = FoldedUnit(unit).corrupt(records.error().message);
          for (std::size_t i = 0; records && outcome && i < records->size(); ++i) {
            auto taken = take((*records)[i]);
            if (!taken) outcome = taken.error();
            if (!taken || *taken == More::no) return false;
          }
          return bool{outcome};
        });
    return scanned ? outcome : scanned;
  }

  // First pass: which files and columns there are.
  Result<void> collect(UnitId unit) {
    return read_records(unit, [&](const Record& record) -> Result<More> {
      const auto description = parse_unit(record.input);
      if (!description) return FoldedUnit(unit).corrupt(description.error().message);
      groups_.add_columns(description->group.fields);
      players_.add_columns(description->player.fields);
      for (const LogDescription& log : description->group.logs) {
        log_table(description->app, log, LogOf::group).add_columns(log.columns);
      }
      for (const LogDescription& log : description->player.logs) {
        log_table(description->app, log, LogOf::player).add_columns(log.columns);
      }
      return More::no;
    });
  }

  // A log of the group and one of the players may have the same name.
  ExportTable& log_table(const std::string& app, const LogDescription& log, LogOf owner) {
    const auto found = logs_.find({app, log.name, owner});
    if (found != logs_.end()) return found->second;
    const bool of_player = owner == LogOf::player;
    const bool is_taken = of_player && logs_.contains({app, log.name, LogOf::group});
    std::vector<std::string> fixed{"session", "group", "round", "record", "time", "time_epoch"};
    if (of_player) fixed.insert(fixed.begin() + 1, {"participant", "id_in_group"});
    ExportTable table(file_name(app + "_" + log.name + (is_taken ? "_player" : "")),
                      std::move(fixed));
    return logs_.try_emplace({app, log.name, owner}, std::move(table)).first->second;
  }

  // Second pass: the rows.
  Result<void> export_unit(UnitId id) {
    FoldedUnit unit(id);
    auto read = read_records(id, [&](const Record& record) -> Result<More> {
      if (auto applied = unit.apply(record); !applied) return applied.error();
      if (auto done = rows_of(unit, record); !done) return done.error();
      return More::yes;
    });
    if (!read || unit.records() == 0) return read;
    ++manifest_.groups;
    manifest_.records += unit.records();
    manifest_.newest = std::max(manifest_.newest, unit.updated());
    group_row(unit);
    for (std::uint32_t i = 1; i <= unit.description().players.size(); ++i) player_row(unit, i);
    if (auto done = groups_.flush_if_large(sink_); !done) return done;
    return players_.flush_if_large(sink_);
  }

  Result<void> rows_of(const FoldedUnit& unit, const Record& record) {
    for (const LogRow& row : record.rows) {
      if (auto logged = log_row(unit, record, row); !logged) return logged;
    }
    return messages(unit, record);
  }

  static void group_and_round(std::string& row, const FoldedUnit& unit) {
    csv::number(row, unit.number());
    csv::number(row, unit.description().round);
  }

  void group_row(const FoldedUnit& unit) {
    std::string& row = groups_.row();
    csv::text(row, session_.code);
    csv::text(row, unit.description().app);
    group_and_round(row, unit);
    csv::text(row, unit.description().build);
    csv::number(row, static_cast<std::int64_t>(unit.records()));
    csv::time(row, unit.created());
    csv::time(row, unit.updated());
    groups_.end_row(unit.description().group.fields, unit.values(group_object), session_.decimals);
  }

  void player_row(const FoldedUnit& unit, std::uint32_t player) {
    std::string& row = players_.row();
    csv::text(row, session_.code);
    csv::text(row, unit.participant(player));
    csv::text(row, unit.description().app);
    group_and_round(row, unit);
    csv::number(row, player);
    const std::string page = unit.page_name(unit.page(player));
    page.empty() ? csv::empty(row) : csv::text(row, page);
    csv::number(row, page.empty());
    players_.end_row(unit.description().player.fields, unit.values(player), session_.decimals);
  }

  Result<void> log_row(const FoldedUnit& unit, const Record& record, const LogRow& logged) {
    const bool of_player = logged.object != group_object;
    const LogDescription& log = unit.object(logged.object).logs[logged.log];
    const auto values = parse_list(logged.values);
    if (!values) return unit.corrupt(values.error().message);
    ExportTable& table =
        log_table(unit.description().app, log, of_player ? LogOf::player : LogOf::group);
    std::string& row = table.row();
    csv::text(row, session_.code);
    if (of_player) {
      csv::text(row, unit.participant(logged.object));
      csv::number(row, logged.object);
    }
    group_and_round(row, unit);
    csv::number(row, static_cast<std::int64_t>(record.sequence));
    csv::time(row, record.time);
    table.end_row(log.columns, *values, session_.decimals);
    return table.flush_if_large(sink_);
  }

  Result<void> messages(const FoldedUnit& unit, const Record& record) {
    const bool is_message = record.kind == RecordKind::live || record.kind == RecordKind::refused ||
                            record.kind == RecordKind::submitted;
    if (is_message) {
      begin_message(unit, record, "in");
      csv::empty(messages_.row());
      end_message(unit, record, record.page, record.input);
    }
    for (const StoredReply& reply : record.replies) {
      begin_message(unit, record, "out");
      std::string receivers;
      for (const std::uint32_t receiver : reply.receivers) {
        receivers += (receivers.empty() ? "" : " ") + std::to_string(receiver);
      }
      csv::text(messages_.row(), receivers.empty() ? "all" : receivers);
      end_message(unit, record, reply.page, reply.payload);
    }
    return messages_.flush_if_large(sink_);
  }

  void begin_message(const FoldedUnit& unit, const Record& record, const char* direction) {
    std::string& row = messages_.row();
    csv::text(row, session_.code);
    group_and_round(row, unit);
    csv::number(row, static_cast<std::int64_t>(record.sequence));
    csv::time(row, record.time);
    csv::text(row, direction);
    csv::text(row, name_of(record.kind));
    record.player == 0 ? csv::empty(row) : csv::number(row, record.player);
    record.number == 0 ? csv::empty(row)
                       : csv::number(row, static_cast<std::int64_t>(record.number));
  }

  void end_message(const FoldedUnit& unit, const Record& record, PageRef page,
                   const std::string& data) {
    std::string& row = messages_.row();
    csv::text(row, unit.page_name(page));
    record.code.empty() ? csv::empty(row) : csv::text(row, record.code);
    csv::text(row, data);
    messages_.end_row();
  }

  std::vector<ExportTable*> tables() {
    std::vector<ExportTable*> all{&groups_, &players_, &messages_};
    for (auto& [name, table] : logs_) all.push_back(&table);
    return all;
  }

  const Reader& reader_;
  const std::uint32_t number_;
  const SessionDescription session_;
  ExportSink& sink_;
  Manifest manifest_;
  ExportTable groups_{"groups.csv",
                      {"session", "app", "group", "round", "build", "records", "created",
                       "created_epoch", "updated", "updated_epoch"}};
  ExportTable players_{
      "players.csv",
      {"session", "participant", "app", "group", "round", "id_in_group", "page", "done"}};
  ExportTable messages_{"messages.csv",
                        {"session", "group", "round", "record", "time", "time_epoch", "direction",
                         "kind", "sender", "number", "receivers", "page", "code", "data"}};
  std::map<std::tuple<std::string, std::string, LogOf>, ExportTable> logs_;  // by app and name
};

}  // namespace

Result<Manifest> export_session(const Reader& snapshot, std::uint32_t session, ExportSink& sink) {
  const auto stored = snapshot.get(keys::session(session));
  if (!stored) return stored.error();
  auto description = parse_session(*stored);
  if (!description) return description.error();
  return Exporter(snapshot, session, std::move(*description), sink).run();
}

}  // namespace rialto
