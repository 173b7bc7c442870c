#include "tests/actor/whole_experiment.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <tuple>

#include "storage/export.h"

namespace entry {
rialto::AnyApp app();
}
namespace gathering {
rialto::AnyApp app();
}
namespace sharing {
rialto::AnyApp app();
}
namespace leaving {
rialto::AnyApp app();
}

namespace rialto::test {
namespace {

using namespace std::chrono_literals;

const std::vector<std::string> stages{"entry", "gathering", "sharing", "leaving"};

std::ptrdiff_t stage_of(const PageView& view) {
  return std::find(stages.begin(), stages.end(), view.app) - stages.begin();
}

auto place_of(const PageView& view) {
  return std::tuple(stage_of(view), view.ref.round, view.ref.position);
}

// Tables as text, a line a row.
class TextTables final : public TableWriter {
 public:
  explicit TextTables(std::vector<std::string> codes) : codes_(std::move(codes)) {}

  Result<std::string> begin(const std::string& table,
                            const std::vector<ExportColumn>& columns) override {
    names_.push_back(table);
    columns_.push_back(columns);
    tables[table];
    return table;
  }
  Result<void> row(std::size_t table, const std::vector<Cell>& cells) override {
    std::string line;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (is_about_when(columns_[table][i].name)) continue;
      const Cell& cell = cells[i];
      line += cell.kind == Cell::Kind::integer ? std::to_string(cell.integer) : plain(cell.text);
      line += '|';
    }
    tables[names_[table]].push_back(line);
    return {};
  }
  Result<void> finish() override {
    for (const char* const table : {"messages", "codebook"}) tables.erase(table);
    for (auto& [name, rows] : tables) std::sort(rows.begin(), rows.end());
    return {};
  }

  std::map<std::string, std::vector<std::string>> tables;

 private:
  static bool is_about_when(const std::string& column) {
    return std::ranges::any_of(
               std::array{"time", "epoch", "record", "created", "updated", "arrived", "code"},
               [&](const char* word) {
                 return column.find(word) != column.npos && column != "timeout_happened";
               }) ||
           column == "left" || column == "session";
  }
  std::string plain(const std::string& text) const {
    const auto code = std::find(codes_.begin(), codes_.end(), text);
    return code == codes_.end() ? text : "participant " + std::to_string(code - codes_.begin() + 1);
  }

  const std::vector<std::string> codes_;
  std::vector<std::string> names_;
  std::vector<std::vector<ExportColumn>> columns_;
};

}  // namespace

WholeExperiment::WholeExperiment(int die_after)
    : UnitWorld({entry::app(), gathering::app(), sharing::app(), leaving::app()},
                {.name = "whole", .apps = stages}, people),
      die_after_(die_after),
      finished_(people + 1, false) {}

// Commits one after the other; after so many the process dies with what it had not committed.
void WholeExperiment::go() {
  run();
  while (!commits.waiting.empty()) {
    if (!died_ && commits_++ == die_after_) {
      died_ = true;
      restart();
      run();
      reconnect();
      return;
    }
    commits.commit_one();
    run();
  }
}

// The browsers that had a line open one anew.
void WholeExperiment::reconnect() {
  const auto before = in_room_;
  for (const auto& [who, view] : before) join_page(who, view);
  heard.pages.clear();
}

void WholeExperiment::join_page(std::uint32_t who, const PageView& view) {
  if (view.page == "Room") in_room_[who] = view;
  tell_directory(Join{++connection_, participants()[who - 1], view.app, view.ref, store.lineage(),
                      view.record, view.record});
  go();
}

// Asked again until it is answered: the process dies once.
PageAnswer WholeExperiment::open(std::uint32_t who) {
  for (int tries = 0; tries < 3; ++tries) {
    heard.pages.clear();
    tell_directory(OpenPage{who, participants()[who - 1]});
    go();
    if (answered()) return heard.pages.back();
  }
  FAIL("a page is not answered");
  return {};
}

void WholeExperiment::submit_form(std::uint32_t who, const PageView& view, Value values,
                                  std::vector<PendingSend> pending) {
  for (int tries = 0; tries < 3; ++tries) {
    heard.pages.clear();
    tell_directory(
        SubmitPage{who, participants()[who - 1], view.app, view.ref, pending, values, false});
    go();
    if (!answered()) continue;
    const PageAnswer& answer = heard.pages.back();
    if (answer.status == PageStatus::page) note(who, answer.view);
    return;
  }
  FAIL("a submit is not answered");
}

void WholeExperiment::give(std::uint32_t who, const PageView& view) {
  join_page(who, view);
  const Value gift{
      {"to", static_cast<int>(who % 3) + 1}, {"amount", 2}, {"token", static_cast<int>(who)}};
  for (int tries = 0; tries < 3; ++tries) {
    heard.releases.clear();
    send_numbered(who, 1, gift, view.ref, "load-" + std::to_string(view.ref.round));
    go();
    if (!heard.outcomes().empty()) return;
    join_page(who, view);
  }
  FAIL("a send is not answered");
}

void WholeExperiment::note(std::uint32_t who, const PageView& view) {
  const auto before = newest_.find(who);
  if (before != newest_.end() && place_of(view) < place_of(before->second)) {
    problems_.push_back(std::to_string(who) + " is back on " + view.app + "/" + view.page);
  }
  newest_[who] = view;
}

void WholeExperiment::turn(std::uint32_t who) {
  const PageAnswer answer = open(who);
  finished_[who] = answer.status == PageStatus::finished;
  if (finished_[who]) return;
  if (answer.status != PageStatus::page) {
    problems_.push_back(std::to_string(who) + " gets no page");
    return;
  }
  note(who, answer.view);
  if (answer.view.page != "Room") in_room_.erase(who);
  act(who, answer.view);
}

// The second lets the time of Think run out, the fourth that of Results, the third that of Give in
// round 2; the sixth leaves early, so the fifth and the fourth find no group.
void WholeExperiment::act(std::uint32_t who, const PageView& view) {
  const int round = view.ref.round;
  const std::string id = std::to_string(who);
  if (view.page == "Consent") {
    submit_form(who, view, {{"consent", "1"}, {"number", who == 6 ? "60" : id}});
  } else if (view.page == "Quiz") {
    submit_form(who, view, {{"sum", "5"}});
    submit_form(who, view, {{"sum", "4"}});
  } else if (view.page == "Think") {
    if (who != 2) submit_form(who, view, {{"thought", id}});
  } else if (view.page == "Room") {
    if (!in_room_.contains(who)) join_page(who, view);
  } else if (view.page == "Trade") {
    give(who, view);
  } else if (view.page == "Results") {
    if (who != 4) submit_form(who, view, Value::object());
  } else if (view.page == "Give") {
    if (who != 3 || round == 1) submit_form(who, view, {{"given", id}, {"token", id}});
  } else if (view.page == "Talk") {
    const std::string page = "sharing/" + to_string(view.ref);
    submit_form(who, view, Value::object(),
                {{"load-" + page, 1, page, {{"number", round}, {"token", static_cast<int>(who)}}}});
  } else if (view.page == "Alone" || view.page == "Bye") {
    submit_form(who, view, Value::object());
  }
}

bool WholeExperiment::play() {
  for (int turns = 0; turns < 300; ++turns) {
    for (std::uint32_t who = 1; who <= people; ++who) {
      if (!finished_[who]) turn(who);
    }
    if (std::count(finished_.begin() + 1, finished_.end(), true) == people) return true;
    advance(500ms);
    go();
  }
  return false;
}

std::map<std::string, std::vector<std::string>> WholeExperiment::tables() const {
  TextTables tables(participants());
  const auto report = export_sessions(store, {1}, Personal::leave_out, tables);
  REQUIRE(report);
  return tables.tables;
}

}  // namespace rialto::test
