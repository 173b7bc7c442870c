#include "storage/export.h"

#include <algorithm>
#include <functional>
#include <optional>
#include <set>
#include <utility>

#include "storage/chat_table.h"
#include "storage/export_plan.h"
#include "storage/export_session.h"
#include "storage/keys.h"
#include "storage/log_tables.h"
#include "storage/message_table.h"
#include "storage/page_table.h"
#include "storage/page_visits.h"
#include "storage/participant_tables.h"
#include "storage/rows_tables.h"
#include "storage/session_scan.h"
#include "storage/session_table.h"
#include "storage/unit_tables.h"

namespace rialto {
namespace {

// Makes names of tables, which become names of files, of sheets and of SQL's tables: letters,
// digits, _ and -, no two alike, also where upper and lower case are one.
class TableNames {
 public:
  std::string operator()(std::string name) {
    for (char& byte : name) {
      const bool is_letter = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
      const bool is_plain = is_letter || (byte >= '0' && byte <= '9') || byte == '_' || byte == '-';
      if (!is_plain) byte = '_';
    }
    while (!taken_.insert(lower(name)).second) name += '_';
    return name;
  }

 private:
  static std::string lower(std::string name) {
    for (char& byte : name) {
      if (byte >= 'A' && byte <= 'Z') byte = static_cast<char>(byte - 'A' + 'a');
    }
    return name;
  }

  std::set<std::string> taken_{"all_apps_wide", "sessions",   "participants", "groups",
                               "players",       "page_times", "pages",        "messages",
                               "payments",      "codebook",   "chat",         "manifest"};
};

class Exporter {
 public:
  Exporter(const Reader& reader, ExportPlan& plan, TableWriter& writer)
      : reader_(reader),
        plan_(plan),
        writer_(writer),
        sessions_(plan),
        participants_(plan, std::ref(names_)),
        units_(plan),
        messages_(plan.personal),
        logs_(plan, std::ref(names_)),
        rows_(plan, std::ref(names_)) {}

  Result<ExportReport> run() {
    std::size_t number = 0;
    for (ExportTable* const table : tables()) {
      if (auto begun = table->begin(writer_, number++); !begun) return begun.error();
    }
    for (const SessionPlan& session : plan_.sessions) {
      if (auto done = add(session); !done) return done.error();
    }
    for (const auto& [unit, why] : plan_.unreadable) {
      if (unit != whole_session(unit.session())) continue;
      report_.left_out.push_back("session number " + std::to_string(unit.session()) +
                                 " is left out, for it cannot be read: " + why);
    }
    if (auto done = write_codebook(); !done) return done.error();
    if (auto done = writer_.finish(); !done) return done.error();
    for (const ExportTable* const table : tables()) report_.tables.push_back(table->about());
    const auto unwritten = writer_.left_out();
    report_.left_out.insert(report_.left_out.end(), unwritten.begin(), unwritten.end());
    for (const ExportTable* const table : tables()) tell_nuls(*table);
    return std::move(report_);
  }

 private:
  Result<void> add(const SessionPlan& plan) {
    ExportedSession session(plan);
    SessionReport& report = begin_report(plan.description);
    std::optional<PageVisits> visits;
    const auto on_record = [&](const FoldedUnit& unit, const Record& record) -> Result<void> {
      if (record.sequence == 1) visits.emplace(unit.players());
      if (auto added = pages_.add(session, unit, visits->take(record)); !added) return added;
      if (auto added = messages_.add(session, unit, record); !added) return added;
      if (plan_.personal == Personal::include) {
        if (auto added = chat_.add(session, unit, record); !added) return added;
      }
      if (auto added = logs_.add(session, unit, record); !added) return added;
      return rows_.add(session, unit, record);
    };
    const auto on_unit = [&](FoldedUnit&& unit) -> Result<void> {
      ++report.units;
      report.records += unit.records();
      report.newest = std::max(report.newest, unit.updated());
      if (auto added = pages_.add(session, unit, visits->open()); !added) return added;
      if (auto added = units_.add(session, unit); !added) return added;
      if (auto added = rows_.finish(session, unit); !added) return added;
      session.add(std::move(unit));
      return {};
    };
    auto read =
        read_units(reader_, plan.number, plan.description, plan_.unreadable, on_record, on_unit);
    if (!read) return read;
    say_what_is_left_out(plan);
    if (auto settled = session.settle(reader_, plan_.personal); !settled) return settled;
    if (auto added = sessions_.add(session); !added) return added;
    return participants_.add(session);
  }

  void say_what_is_left_out(const SessionPlan& plan) {
    const SessionDescription& session = plan.description;
    const auto end = plan_.unreadable.lower_bound(whole_session(plan.number));
    for (auto i = plan_.unreadable.lower_bound(UnitId::of(plan.number, 0)); i != end; ++i) {
      const StageDescription& stage = session.stages[session.stage_of(i->first.index())];
      const std::uint32_t group = i->first.index() - stage.first_unit + 1;
      report_.left_out.push_back("session " + session.code + ", app " + stage.app + ", group " +
                                 std::to_string(group) +
                                 " is left out, for it cannot be read: " + i->second);
    }
  }

  SessionReport& begin_report(const SessionDescription& session) {
    SessionReport& report = report_.sessions.emplace_back();
    report.code = session.code;
    report.config = session.config;
    for (const StageDescription& stage : session.stages) report.apps.push_back(stage.app);
    report.demo = session.demo;
    report.bots = session.bots;
    report.participants = session.participants.size();
    return report;
  }

  void tell_nuls(const ExportTable& table) {
    if (table.nuls() == 0) return;
    report_.left_out.push_back(std::to_string(table.nuls()) + " texts of " + table.about().name +
                               " hold the character NUL (U+0000); in its place stands its sign, " +
                               "\xE2\x90\x80 (U+2400)");
  }

  Result<void> write_codebook() {
    for (const ExportTable* const table : tables()) {
      if (table == &codebook_) continue;
      for (const ExportColumn& column : table->columns()) {
        codebook_.put(cell::text(table->about().name));
        codebook_.put(cell::text(column.name));
        codebook_.put(cell::text(column.type));
        codebook_.put(cell::text(column.meaning));
        for (const std::string& text : {column.unit, column.question, column.values}) {
          codebook_.put(cell::text_or_null(text));
        }
        if (auto ended = codebook_.end_row(); !ended) return ended;
      }
    }
    return {};
  }

  std::vector<ExportTable*> tables() {
    std::vector<ExportTable*> all{&participants_.wide(), &sessions_.table(),
                                  &participants_.participants()};
    for (ExportTable& table : participants_.apps()) all.push_back(&table);
    all.insert(all.end(), {&units_.groups(), &units_.players(), &pages_.times(), &pages_.pages(),
                           &messages_.table()});
    if (plan_.personal == Personal::include) all.push_back(&chat_.table());
    for (ExportTable& table : logs_.tables()) all.push_back(&table);
    for (ExportTable* const table : rows_.tables()) all.push_back(table);
    all.insert(all.end(), {&participants_.payments(), &codebook_});
    return all;
  }

  const Reader& reader_;
  ExportPlan& plan_;
  TableWriter& writer_;
  ExportReport report_;
  TableNames names_;
  SessionTable sessions_;
  ParticipantTables participants_;
  UnitTables units_;
  PageTable pages_;
  MessageTable messages_;
  ChatTable chat_;
  LogTables logs_;
  RowsTables rows_;
  ExportTable codebook_{"codebook", export_columns::codebook()};
};

bool is_among_all(const ExportChoice& choice, const SessionDescription& session) {
  return (choice.demo || !session.demo) && (choice.bots || !session.bots);
}

// Why some of them may be missing; "" if none is.
Result<std::string> each_session(const Reader& reader,
                                 const std::function<void(const SessionDescription&)>& look) {
  auto scanned = scan_sessions(reader, [&](std::uint32_t, std::string_view json) -> Result<void> {
    const auto session = parse_session(json);
    if (!session) return session.error();
    look(*session);
    return {};
  });
  if (!scanned) return scanned.error();
  return std::move(scanned->damage);
}

std::string counted(std::size_t number, const char* of) {
  return std::to_string(number) + (number == 1 ? " session of " : " sessions of ") + of;
}

}  // namespace

Result<std::string> sessions_left_out(const Reader& reader, const ExportChoice& choice) {
  std::size_t demos = 0;
  std::size_t bots = 0;
  if (!choice.code.empty()) return std::string();
  auto looked = each_session(reader, [&](const SessionDescription& session) {
    if (is_among_all(choice, session)) return;
    ++(session.demo && !choice.demo ? demos : bots);
  });
  if (!looked) return looked.error();
  std::string sentence;
  if (demos > 0) sentence = counted(demos, "a --demo server") + " (--with-demo)";
  if (bots > 0) {
    sentence += (demos > 0 ? " and " : "") + counted(bots, "bots") + " (--with-bots)";
  }
  if (!sentence.empty())
    sentence += (demos + bots == 1 ? " is" : " are") + std::string(" left out");
  if (looked->empty()) return sentence;
  if (!sentence.empty()) sentence += "; ";
  return sentence + "so are sessions whose descriptions cannot be read: " + *looked;
}

Result<std::vector<std::uint32_t>> chosen_sessions(const Reader& reader,
                                                   const ExportChoice& choice) {
  std::vector<std::uint32_t> numbers;
  auto looked = each_session(reader, [&](const SessionDescription& session) {
    const bool is_wanted =
        choice.code.empty() ? is_among_all(choice, session) : session.code == choice.code;
    if (is_wanted) numbers.push_back(session.number);
  });
  if (!looked) return looked.error();
  if (!numbers.empty()) return numbers;
  if (choice.code.empty()) {
    return Error{ErrorKind::not_found,
                 "there is no session to export; sessions of demos and of bots are left out "
                 "unless --with-demo or --with-bots asks for them"};
  }
  return Error{ErrorKind::not_found,
               "there is no session " + choice.code +
                   (looked->empty() ? "" : " among those that can be read (" + *looked + ")")};
}

Result<ExportReport> export_sessions(const Reader& snapshot,
                                     const std::vector<std::uint32_t>& sessions, Personal personal,
                                     TableWriter& writer, UnreadableUnits unreadable) {
  auto plan = plan_export(snapshot, sessions, personal, std::move(unreadable));
  if (!plan) return plan.error();
  return Exporter(snapshot, *plan, writer).run();
}

}  // namespace rialto
