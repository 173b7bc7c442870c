#include "storage/export.h"

#include <algorithm>
#include <map>
#include <optional>
#include <tuple>
#include <utility>

#include "storage/csv.h"
#include "storage/export_table.h"
#include "storage/folded_unit.h"
#include "storage/keys.h"
#include "storage/message_table.h"
#include "storage/page_table.h"
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

class Exporter {
 public:
  Exporter(const Reader& reader, std::uint32_t number, SessionDescription session, ExportSink& sink)
      : reader_(reader),
        number_(number),
        session_(std::move(session)),
        sink_(sink),
        pages_(session_),
        messages_(session_.code) {
    manifest_.code = session_.code;
  }

  Result<Manifest> run() {
    if (auto known = for_each_unit(&Exporter::collect); !known) return known.error();
    for (ExportTable* table : tables()) table->header();
    write_codebook();
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

  // Calls `take` with each record until it fails.
  template <class Take>
  Result<void> read_records(UnitId unit, Take take) {
    Result<void> outcome;
    auto scanned = reader_.scan(
        keys::records(unit, 0), keys::records_end(unit), [&](auto, std::string_view value) {
          const auto records = decode_records(value);
          if (!records) outcome = FoldedUnit(unit).corrupt(records.error().message);
          for (std::size_t i = 0; records && outcome && i < records->size(); ++i) {
            outcome = take((*records)[i]);
          }
          return bool{outcome};
        });
    return scanned ? outcome : scanned;
  }

  // First pass: which files and columns there are. A unit may be described anew at any record.
  Result<void> collect(UnitId unit) {
    return read_records(unit, [&](const Record& record) -> Result<void> {
      const bool describes = record.sequence == 1 || record.kind == RecordKind::described;
      if (!describes) return {};
      const auto description = parse_unit(record.input);
      if (!description) return FoldedUnit(unit).corrupt(description.error().message);
      groups_.add_columns(description->group.fields, "field of the group");
      players_.add_columns(description->player.fields, "field of the player");
      add_logs(description->app, description->group.logs, LogOf::group);
      add_logs(description->app, description->player.logs, LogOf::player);
      return {};
    });
  }

  void add_logs(const std::string& app, const std::vector<LogDescription>& logs, LogOf owner) {
    for (const LogDescription& log : logs) {
      log_table(app, log, owner).add_columns(log.columns, "column of the log " + log.name);
    }
  }

  // A log of the group and one of the players may have the same name.
  ExportTable& log_table(const std::string& app, const LogDescription& log, LogOf owner) {
    const auto found = logs_.find({app, log.name, owner});
    if (found != logs_.end()) return found->second;
    const bool of_player = owner == LogOf::player;
    const bool is_taken = of_player && logs_.contains({app, log.name, LogOf::group});
    ExportTable table(file_name(app + "_" + log.name + (is_taken ? "_player" : "")),
                      export_columns::log(owner));
    return logs_.try_emplace({app, log.name, owner}, std::move(table)).first->second;
  }

  // Second pass: the rows.
  Result<void> export_unit(UnitId id) {
    FoldedUnit unit(id);
    std::optional<PageVisits> visits;
    auto read = read_records(id, [&](const Record& record) -> Result<void> {
      if (auto applied = unit.apply(record); !applied) return applied;
      if (!visits) visits.emplace(unit.description().players.size());
      pages_.add(unit, visits->take(record));
      messages_.add(unit, record);
      for (const LogRow& row : record.rows) {
        if (auto logged = log_row(unit, record, row); !logged) return logged;
      }
      return flush_if_large();
    });
    if (!read || unit.records() == 0) return read;
    ++manifest_.groups;
    manifest_.records += unit.records();
    manifest_.newest = std::max(manifest_.newest, unit.updated());
    pages_.add(unit, visits->open());
    for (std::int64_t round = 1; round <= unit.description().rounds; ++round) {
      group_row(unit, round);
      for (std::uint32_t i = 1; i <= unit.description().players.size(); ++i) {
        player_row(unit, round, i);
      }
    }
    return flush_if_large();
  }

  Result<void> flush_if_large() {
    for (ExportTable* const table : {&groups_, &players_, &pages_.table(), &messages_.table()}) {
      if (auto done = table->flush_if_large(sink_); !done) return done;
    }
    return {};
  }

  static void group_and_round(std::string& row, const FoldedUnit& unit, std::int64_t round) {
    csv::number(row, unit.number());
    csv::number(row, round);
  }

  void group_row(const FoldedUnit& unit, std::int64_t round) {
    std::string& row = groups_.row();
    csv::text(row, session_.code);
    csv::text(row, unit.description().app);
    group_and_round(row, unit, round);
    csv::number(row, static_cast<std::int64_t>(unit.records()));
    csv::time(row, unit.created());
    csv::time(row, unit.updated());
    groups_.end_row(unit.description().group.fields,
                    unit.values(unit.object_of(round, group_object)), session_.decimals);
  }

  void player_row(const FoldedUnit& unit, std::int64_t round, std::uint32_t player) {
    std::string& row = players_.row();
    csv::text(row, session_.code);
    csv::text(row, unit.participant(player));
    csv::text(row, unit.description().app);
    group_and_round(row, unit, round);
    csv::number(row, player);
    const PageRef now = unit.page(player);
    const std::string page = now.round == round ? unit.page_name(now) : "";
    page.empty() ? csv::empty(row) : csv::text(row, page);
    csv::number(row, now.round > round || (now.round == round && page.empty()));
    players_.end_row(unit.description().player.fields, unit.values(unit.object_of(round, player)),
                     session_.decimals);
  }

  Result<void> log_row(const FoldedUnit& unit, const Record& record, const LogRow& logged) {
    const bool of_player = !unit.is_group(logged.object);
    const LogDescription& log = unit.object(logged.object).logs[logged.log];
    const auto values = parse_list(logged.values);
    if (!values) return unit.corrupt(values.error().message);
    ExportTable& table =
        log_table(unit.description().app, log, of_player ? LogOf::player : LogOf::group);
    std::string& row = table.row();
    csv::text(row, session_.code);
    if (of_player) {
      csv::text(row, unit.participant(unit.player_of(logged.object)));
      csv::number(row, unit.player_of(logged.object));
    }
    group_and_round(row, unit, unit.round_of(logged.object));
    csv::number(row, static_cast<std::int64_t>(record.sequence));
    csv::time(row, record.time);
    table.end_row(log.columns, *values, session_.decimals);
    return table.flush_if_large(sink_);
  }

  void write_codebook() {
    for (const ExportTable* const table : tables()) {
      if (table == &codebook_) continue;
      for (const ExportColumn& column : table->columns()) {
        std::string& row = codebook_.row();
        csv::text(row, table->name());
        csv::text(row, column.name);
        csv::text(row, column.type);
        csv::text(row, column.meaning);
        column.unit.empty() ? csv::empty(row) : csv::text(row, column.unit);
        codebook_.end_row();
      }
    }
  }

  std::vector<ExportTable*> tables() {
    std::vector<ExportTable*> all{&groups_, &players_, &pages_.table(), &messages_.table()};
    for (auto& [name, table] : logs_) all.push_back(&table);
    all.push_back(&codebook_);
    return all;
  }

  const Reader& reader_;
  const std::uint32_t number_;
  const SessionDescription session_;
  ExportSink& sink_;
  Manifest manifest_;
  ExportTable groups_{"groups.csv", export_columns::groups()};
  ExportTable players_{"players.csv", export_columns::players()};
  PageTable pages_;
  MessageTable messages_;
  ExportTable codebook_{"codebook.csv", export_columns::codebook()};
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
