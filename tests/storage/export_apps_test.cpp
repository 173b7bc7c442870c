// Sessions of several apps, groups of groups, participants who go from one app to the next.
#include <doctest/doctest.h>

#include <algorithm>

#include "storage/export_money.h"
#include "tests/storage/export_lab.h"

namespace rialto {
namespace {

// Four participants: public_goods in pairs, two rounds of two pages, then a survey alone.
const char* const two_apps =
    R"({"code":"zebra","config":"lab","number":7,"created":1,"demo":true,"closed":false,
        "decimals":2,"label":"monday",
        "apps":[{"app":"public_goods","first_unit":0,"group_size":2},
                {"app":"survey","first_unit":2,"group_size":1}],
        "values":{"treatment":"high","display_name":"Lab","real_world_currency_per_point":0.05,
                  "participation_fee":5,"is_long":true,"list":[1]},
        "participants":[{"code":"p1","unit":0,"player":1},{"code":"p2","unit":0,"player":2},
                        {"code":"p3","unit":1,"player":1},{"code":"p4","unit":1,"player":2}]})";

Record created(const std::string& description, std::vector<Change> changes) {
  Record record;
  record.sequence = 1;
  record.kind = RecordKind::created;
  record.time = start;
  record.input = description;
  record.changes = std::move(changes);
  return record;
}

Record next(std::uint64_t sequence, RecordKind kind, std::uint32_t player, PageRef page) {
  Record record;
  record.sequence = sequence;
  record.kind = kind;
  record.time = start + static_cast<std::int64_t>(sequence) * second;
  record.player = player;
  record.page = page;
  return record;
}

Record arrived(std::uint64_t sequence, std::uint32_t player) {
  Record record = next(sequence, RecordKind::event, player, PageRef{});
  record.code = "arrived";
  return record;
}

std::string public_goods(const std::string& players) {
  return R"({"app":"public_goods","rounds":2,"players":)" + players + R"(,
      "pages":["Contribute","Wait"],"roles":["leader","follower"],
      "fields":{"group":[{"name":"total","type":"money"}],
                "player":[{"name":"payoff","type":"money"},{"name":"given","type":"money"},
                          {"name":"sure","type":"bool"}],
                "participant":[{"name":"vars","type":"value"},{"name":"earlier","type":"money"}]},
      "logs":{}})";
}

std::string survey(const std::string& players) {
  return R"({"app":"survey","rounds":1,"players":)" + players + R"(,"pages":["Ask"],
      "fields":{"group":[],
                "player":[{"name":"payoff","type":"money"},{"name":"name","type":"string",
                           "personal":true}],
                "participant":[{"name":"vars","type":"value"},{"name":"earlier","type":"money"}]},
      "logs":{}})";
}

// The first pair has played both rounds; p1 is in the survey, p2 is about to begin it. The second
// pair has not come.
struct TwoApps : ExportLab {
  TwoApps() : ExportLab(two_apps) {
    put(0, created(public_goods(R"(["p1","p2"])"), {}));
    put(0, arrived(2, 1));
    put(0, arrived(3, 2));
    Record first = next(4, RecordKind::submitted, 1, {1, 0});
    // Objects of round 1 are 0 to 2, of round 2 3 to 5, participants 7 and 8.
    first.changes = {{0, 0, "30"}, {1, 0, "12.5"}, {1, 1, "10"}, {1, 2, "true"}, {2, 0, "1"}};
    first.moves = {{1, {1, 1}}};
    put(0, first);
    Record timeout = next(5, RecordKind::submitted, 2, {1, 0});
    timeout.code = "timeout";
    timeout.moves = {{2, {1, 1}}};
    put(0, timeout);
    Record together = next(6, RecordKind::event, 0, {1, 1});
    together.code = "all_arrived";
    together.moves = {{1, {2, 0}}, {2, {2, 0}}};
    put(0, together);
    Record second_round = next(7, RecordKind::submitted, 1, {2, 0});
    second_round.changes = {{3, 0, "8"}, {4, 0, "-2.5"}, {7, 0, R"({"color":"red","n":3})"}};
    second_round.moves = {{1, {2, 2}}, {2, {2, 2}}};
    put(0, second_round);
    put(1, created(public_goods(R"(["p3","p4"])"), {{7, 0, R"({"color":"pink"})"}}));
    for (std::uint32_t unit = 2; unit < 6; ++unit) {
      put(unit, created(survey(R"(["p)" + std::to_string(unit - 1) + R"("])"),
                        {{3, 0, R"({"color":"white"})"}}));
    }
    Record in_survey = arrived(2, 1);
    in_survey.code = "entered";
    in_survey.moves = {{1, {1, 0}}};
    // Objects of the round are 0 and 1, the participant is 3.
    in_survey.changes = {
        {1, 0, "2"}, {1, 1, "\"Ann\""}, {3, 0, R"({"color":"blue","n":3})"}, {3, 1, "10"}};
    put(2, in_survey);
    put(keys::travel(session, 0), R"({"stage":1,"vars":{"color":"red","n":3},"earlier":10})");
    put(keys::travel(session, 1), R"({"stage":1,"vars":{"color":"green"},"earlier":1})");
    put(keys::label(session, 0), "seat 1");
  }
};

using Cells = std::vector<std::string>;

TEST_CASE("the wide table has a row a participant and a column a field of each round and app") {
  TwoApps lab;
  lab.run();
  const std::string wide = lab.table("all_apps_wide");
  CHECK(wide.substr(0, wide.find("\r\n")) ==
        "participant.id_in_session,participant.code,participant.label,participant._is_bot,"
        "participant._index_in_pages,participant._max_page_index,participant._current_app_name,"
        "participant._current_page_name,participant.time_started_utc,"
        "participant.time_started_epoch,participant.visited,participant.payoff,"
        "participant.color,participant.n,"
        "session.code,session.label,session.comment,session.is_demo,session.config.name,"
        "session.config.participation_fee,session.config.real_world_currency_per_point,"
        "session.config.treatment,session.config.is_long,"
        "public_goods.1.player.id_in_group,public_goods.1.player.role,"
        "public_goods.1.player.payoff,public_goods.1.player.given,public_goods.1.player.sure,"
        "public_goods.1.group.id_in_subsession,public_goods.1.group.total,"
        "public_goods.1.subsession.round_number,"
        "public_goods.2.player.id_in_group,public_goods.2.player.role,"
        "public_goods.2.player.payoff,public_goods.2.player.given,public_goods.2.player.sure,"
        "public_goods.2.group.id_in_subsession,public_goods.2.group.total,"
        "public_goods.2.subsession.round_number,"
        "survey.1.player.id_in_group,survey.1.player.role,survey.1.player.payoff,"
        "survey.1.group.id_in_subsession,survey.1.subsession.round_number");
  CHECK(wide.find("1,p1,,0,5,5,survey,Ask,2026-01-31T12:00:02.000000Z,1769860802.000000,1,12.00,"
                  "blue,3,zebra,monday,,1,lab,5.00,0.05,high,1,"
                  "1,leader,12.50,10.00,1,1,30.00,1,1,leader,-2.50,,,1,8.00,2,1,,2.00,1,1\r\n") !=
        std::string::npos);
  CHECK(column(wide, "participant.code") == Cells{"participant.code", "p1", "p2", "p3", "p4"});
}

TEST_CASE("where participants are and what they carry follows them from app to app") {
  TwoApps lab;
  lab.run();
  const std::string wide = lab.table("all_apps_wide");
  const auto is = [&](const std::string& name, Cells cells) {
    cells.insert(cells.begin(), name);
    CHECK(column(wide, name) == cells);
  };
  is("participant._index_in_pages", {"5", "5", "0", "0"});
  is("participant._current_app_name", {"survey", "survey", "", ""});
  is("participant._current_page_name", {"Ask", "", "", ""});
  is("participant.visited", {"1", "1", "0", "0"});
  is("participant.color", {"blue", "green", "pink", ""});
  is("participant.payoff", {"12.00", "1.00", "0.00", "0.00"});
  is("public_goods.1.group.id_in_subsession", {"1", "1", "2", "2"});
  is("survey.1.group.id_in_subsession", {"1", "2", "3", "4"});
}

TEST_CASE("each app has a table with a row a player and round") {
  TwoApps lab;
  const ExportReport report = lab.run();
  const std::string app = lab.table("public_goods");
  CHECK(app.starts_with("participant.id_in_session,participant.code,"));
  CHECK(app.substr(0, app.find("\r\n"))
            .ends_with("player.id_in_group,player.role,player.payoff,player.given,player.sure,"
                       "group.id_in_subsession,group.total,subsession.round_number,"
                       "session.code,session.label,session.comment,session.is_demo"));
  CHECK(column(app, "participant.code") ==
        Cells{"participant.code", "p1", "p2", "p3", "p4", "p1", "p2", "p3", "p4"});
  CHECK(column(app, "subsession.round_number") ==
        Cells{"subsession.round_number", "1", "1", "1", "1", "2", "2", "2", "2"});
  CHECK(column(app, "player.payoff") ==
        Cells{"player.payoff", "12.50", "1.00", "", "", "-2.50", "", "", ""});
  CHECK(column(lab.table("survey"), "player.payoff") == Cells{"player.payoff", "2.00", "", "", ""});
}

TEST_CASE("payments are the payoff of all apps in money, and the participation fee") {
  TwoApps lab;
  lab.run();
  CHECK(
      lab.table("payments") ==
      lines(
          {"session_code,is_demo,is_bot,participant_code,participant_id_in_session,label,finished,"
           "payoff,real_world_currency_per_point,payoff_in_real_world_currency,"
           "participation_fee,total",
           "zebra,1,0,p1,1,,0,12.00,0.05,0.60,5.00,5.60",
           "zebra,1,0,p2,2,,0,1.00,0.05,0.05,5.00,5.05",
           "zebra,1,0,p3,3,,0,0.00,0.05,0.00,5.00,5.00",
           "zebra,1,0,p4,4,,0,0.00,0.05,0.00,5.00,5.00"}));
}

TEST_CASE("what is paid has the currency's decimals, whatever the points have") {
  TwoApps lab;
  std::string stored = two_apps;
  const std::string decimals = R"("decimals":2)";
  stored.replace(stored.find(decimals), decimals.size(), decimals + R"(,"currency_decimals":3)");
  lab.put(keys::session(session), stored);
  lab.run();
  CHECK(column(lab.table("payments"), "payoff") ==
        Cells{"payoff", "12.00", "1.00", "0.00", "0.00"});
  CHECK(column(lab.table("payments"), "payoff_in_real_world_currency") ==
        Cells{"payoff_in_real_world_currency", "0.600", "0.050", "0.000", "0.000"});
  CHECK(column(lab.table("payments"), "participation_fee")[1] == "5.000");
  CHECK(column(lab.table("payments"), "total")[1] == "5.600");
  CHECK(column(lab.table("all_apps_wide"), "session.config.participation_fee")[1] == "5.000");
}

TEST_CASE("page times count the pages of the whole experiment, and tell timeouts and waiting") {
  TwoApps lab;
  Record done = next(3, RecordKind::submitted, 1, {1, 0});
  done.moves = {{1, {1, 1}}};
  lab.put(2, done);
  lab.run();
  CHECK(lab.table("page_times") ==
        lines({"session_code,participant_id_in_session,participant_code,page_index,app_name,"
               "page_name,epoch_time_completed,round_number,timeout_happened,is_wait_page",
               "zebra,1,p1,1,public_goods,Contribute,1769860804.000000,1,0,0",
               "zebra,2,p2,1,public_goods,Contribute,1769860805.000000,1,1,0",
               "zebra,1,p1,2,public_goods,Wait,1769860806.000000,1,0,1",
               "zebra,2,p2,2,public_goods,Wait,1769860806.000000,1,0,1",
               "zebra,1,p1,3,public_goods,Contribute,1769860807.000000,2,0,0",
               "zebra,2,p2,3,public_goods,Contribute,1769860807.000000,2,0,0",
               "zebra,1,p1,5,survey,Ask,1769860803.000000,1,0,0"}));
  CHECK(column(lab.table("payments"), "finished") == Cells{"finished", "1", "0", "0", "0"});
  CHECK(column(lab.table("all_apps_wide"), "participant._index_in_pages")[1] == "6");
  CHECK(column(lab.table("all_apps_wide"), "participant._current_page_name")[1] == "Ask");
}

TEST_CASE("who goes past an app without playing it has none of its pages") {
  TwoApps lab;
  Record passed = next(2, RecordKind::event, 1, PageRef{});
  passed.code = "passed_by";
  passed.moves = {{1, {1, 1}}};
  lab.put(3, passed);
  lab.run();
  for (const char* const table : {"pages", "page_times"}) {
    CHECK(lab.table(table).find("survey,Ask,") == std::string::npos);
    CHECK(lab.table(table).find("p2,2,survey") == std::string::npos);
  }
}

TEST_CASE("labels and personal fields come when they are asked for") {
  TwoApps lab;
  lab.run(Personal::include);
  CHECK(column(lab.table("all_apps_wide"), "participant.label")[1] == "seat 1");
  CHECK(column(lab.table("payments"), "label") == Cells{"label", "seat 1", "", "", ""});
  CHECK(column(lab.table("survey"), "player.name")[1] == "Ann");
  lab.run();
  for (const char* table : {"all_apps_wide", "payments", "survey", "players", "codebook"}) {
    INFO(table);
    CHECK(lab.table(table).find("seat 1") == std::string::npos);
    CHECK(lab.table(table).find("Ann") == std::string::npos);
  }
}

// Three players in one unit of the whole app, two rounds; objects of round 1 are 0 (subsession),
// 1 to 3 (players), 4 to 6 (groups); of round 2 7 to 13; participants 15 to 17.
const char* const whole_app =
    R"({"app":"match","whole":true,"rounds":2,"players":["p1","p2","p3"],"pages":["Play"],
        "fields":{"subsession":[{"name":"groups","type":"value"},{"name":"price","type":"money"}],
                  "group":[{"name":"score","type":"int"}],
                  "player":[{"name":"payoff","type":"money"},{"name":"move","type":"string"}],
                  "participant":[{"name":"vars","type":"value"},
                                 {"name":"earlier","type":"money"}]},
        "logs":{"subsession":[{"name":"prices","columns":["price"],"types":["money"]}],
                "group":[{"name":"scores","columns":["score"],"types":["int"]}],
                "player":[{"name":"moves","columns":["move"],"types":["string"]}]}})";

struct WholeApp : ExportLab {
  WholeApp()
      : ExportLab(R"({"code":"zebra","config":"match","number":7,"decimals":2,
                      "apps":[{"app":"match","first_unit":0,"group_size":3}],"values":{},
                      "participants":[{"code":"p1"},{"code":"p2"},{"code":"p3"}]})") {
    put(0, created(whole_app, {{0, 0, "[[2,1]]"}, {0, 1, "1.5"}, {7, 0, "[[3],[1,2]]"}}));
    Record play = next(2, RecordKind::live, 2, {1, 0});
    play.changes = {{2, 1, "\"rock\""}, {4, 0, "3"}, {12, 0, "4"},
                    {11, 0, "5"},       {9, 0, "7"}, {16, 0, R"({"seen":1})"}};
    play.rows = {{0, 0, "[1.5]"}, {4, 0, "[3]"}, {3, 0, "[\"wait\"]"}, {12, 0, "[4]"}};
    play.replies = {{{1, 0}, {1, 2}, Retention::log, "", "\"hi\""}};
    put(0, play);
  }
};

TEST_CASE("the groups of a whole app are the subsession's, round by round, some players in none") {
  WholeApp lab;
  lab.run();
  const std::string app = lab.table("match");
  const auto is = [&](const std::string& name, Cells cells) {
    cells.insert(cells.begin(), name);
    CHECK(column(app, name) == cells);
  };
  is("group.id_in_subsession", {"1", "1", "", "2", "2", "1"});
  is("player.id_in_group", {"2", "1", "", "1", "2", "1"});
  is("group.score", {"3", "3", "", "4", "4", "5"});
  is("player.move", {"", "rock", "", "", "", ""});
  is("player.payoff", {"", "", "", "", "7.00", ""});
  is("subsession.price", {"1.50", "1.50", "1.50", "", "", ""});
  CHECK(app.find("subsession.groups") == std::string::npos);
}

TEST_CASE("groups that a new round makes, logs and messages name the group of their round") {
  WholeApp lab;
  lab.run();
  CHECK(column(lab.table("groups"), "group") == Cells{"group", "1", "1", "2"});
  CHECK(column(lab.table("groups"), "round") == Cells{"round", "1", "2", "2"});
  CHECK(column(lab.table("groups"), "score") == Cells{"score", "3", "5", "4"});
  CHECK(lab.table("match_prices") ==
        lines({"session_code,round,record,time,time_epoch,price",
               "zebra,1,2,2026-01-31T12:00:02.000000Z,1769860802.000000,1.50"}));
  CHECK(column(lab.table("match_scores"), "group") == Cells{"group", "1", "2"});
  CHECK(column(lab.table("match_scores"), "round") == Cells{"round", "1", "2"});
  CHECK(column(lab.table("match_moves"), "participant_code") == Cells{"participant_code", "p3"});
  CHECK(column(lab.table("match_moves"), "group") == Cells{"group", ""});
  CHECK(column(lab.table("messages"), "group") == Cells{"group", "1", "1"});
  CHECK(column(lab.table("messages"), "id_in_group") == Cells{"id_in_group", "1", "1"});
  CHECK(column(lab.table("messages"), "receivers") == Cells{"receivers", "", "1 2"});
  CHECK(column(lab.table("all_apps_wide"), "participant.seen") ==
        Cells{"participant.seen", "", "1", ""});
}

TEST_CASE("a group that came before participants had values has them from its new description on") {
  TwoApps lab;
  std::string older = survey(R"(["p4"])");
  older.erase(older.find(R"(,
                "participant")"),
              std::string(R"(,
                "participant":[{"name":"vars","type":"value"},{"name":"earlier","type":"money"}])")
                  .size());
  lab.put(5, created(older, {}));
  lab.put(keys::travel(session, 3), R"({"stage":1})");
  Record newer = next(2, RecordKind::described, 0, {});
  newer.input = survey(R"(["p4"])");
  newer.changes = {{3, 0, R"({"color":"grey"})"}, {3, 1, "0"}};
  lab.put(5, newer);
  lab.put(5, arrived(3, 1));
  lab.run();
  CHECK(column(lab.table("all_apps_wide"), "participant.color")[4] == "grey");
}

TEST_CASE("groups that cannot be are left out and named, not believed") {
  WholeApp lab;
  Record strange = next(3, RecordKind::event, 0, {1, 0});
  SUBCASE("a seat that is not there") { strange.changes = {{0, 0, "[[4]]"}}; }
  SUBCASE("seat 0") { strange.changes = {{0, 0, "[[0]]"}}; }
  SUBCASE("no list") { strange.changes = {{0, 0, "{\"a\":1}"}}; }
  SUBCASE("more groups than players") { strange.changes = {{0, 0, "[[],[],[],[]]"}}; }
  SUBCASE("a third part of the session") { strange.changes = {{14, 2, "{}"}}; }
  SUBCASE("participant 4") { strange.changes = {{18, 0, "{}"}}; }
  lab.put(0, strange);
  CHECK(lab.left_out().find("group 1 is left out") != std::string::npos);
}

TEST_CASE("tables whose names would be one stay two") {
  ExportLab lab(R"({"code":"zebra","app":"Groups","number":7,"participants":[{"code":"p1"}]})");
  lab.put(0, created(R"({"app":"Groups","players":["p1"],"pages":[],"fields":{},
                         "logs":{"group":[{"name":"a","columns":[],"types":[]},
                                          {"name":"A","columns":[],"types":[]}]}})",
                     {}));
  std::vector<std::string> names;
  for (const ExportedTable& table : lab.run().tables) names.push_back(table.name);
  CHECK(names == std::vector<std::string>{"all_apps_wide", "sessions", "participants", "Groups_",
                                          "groups", "players", "page_times", "pages", "messages",
                                          "Groups_a", "Groups_A_", "payments", "codebook"});
}

TEST_CASE("several sessions share their tables, and demos and bots come only when asked for") {
  TwoApps lab;
  const auto put_session = [&](std::uint32_t number, const std::string& more) {
    lab.put(keys::session(number), R"({"code":"s)" + std::to_string(number) +
                                       R"(","app":"survey","number":)" + std::to_string(number) +
                                       more + R"(,"participants":[{"code":"x"}]})");
  };
  put_session(8, "");
  put_session(9, R"(,"bots":true)");
  using Numbers = std::vector<std::uint32_t>;
  CHECK(*chosen_sessions(lab.store, {}) == Numbers{8});
  CHECK(*chosen_sessions(lab.store, {.demo = true}) == Numbers{7, 8});
  CHECK(*chosen_sessions(lab.store, {.demo = true, .bots = true}) == Numbers{7, 8, 9});
  CHECK(*chosen_sessions(lab.store, {.code = "zebra"}) == Numbers{7});
  CHECK(chosen_sessions(lab.store, {.code = "lion"}).error().kind == ErrorKind::not_found);
  const auto report = lab.export_as_csv(lab.store, {7, 8, 9});
  REQUIRE(report);
  const std::string wide = lab.table("all_apps_wide");
  CHECK(column(wide, "session.code") ==
        Cells{"session.code", "zebra", "zebra", "zebra", "zebra", "s8", "s9"});
  CHECK(column(wide, "session.is_demo") == Cells{"session.is_demo", "1", "1", "1", "1", "0", "0"});
  CHECK(column(wide, "participant._is_bot") ==
        Cells{"participant._is_bot", "0", "0", "0", "0", "0", "1"});
}

TEST_CASE("payoffs are converted as they are paid: half a cent is a cent") {
  CHECK(minor_units("12.5", 2) == 1250);
  CHECK(minor_units("-3", 0) == -3);
  CHECK_FALSE(minor_units("1.505", 2));
  CHECK_FALSE(minor_units("null", 2));
  CHECK(paid_out(1250, 2, "0.05", 2) == 63);
  CHECK(paid_out(-1250, 2, "0.05", 2) == -63);
  CHECK(paid_out(1249, 2, "0.05", 2) == 62);
  CHECK(paid_out(100, 2, "1", 2) == 100);
  CHECK(paid_out(100, 2, "2.5e-1", 2) == 25);
  CHECK(paid_out(999'999'999'999'999, 2, "1", 2) == 999'999'999'999'999);
  CHECK_FALSE(paid_out(1, 2, "\"much\"", 2));
  CHECK_FALSE(paid_out(999'999'999'999'999, 2, "10", 2));
  // As Python has it: 35 * 0.013 is a little less than 0.455, 5 * 0.013 a little more than 0.065.
  CHECK(paid_out(35, 0, "0.013", 2) == 45);
  CHECK(paid_out(5, 0, "0.013", 2) == 7);
  CHECK(paid_out(1, 0, "1.5", 0) == 2);
  CHECK(paid_out(5, 1, "1", 0) == 1);
  CHECK(decimal_text(-5, 2) == "-0.05");
  CHECK(decimal_text(1250, 0) == "1250");
}

TEST_CASE("the sessions have a table of their own, with every value of their configs") {
  TwoApps lab;
  lab.run();
  CHECK(lab.table("sessions") ==
        lines({"session_code,config,created,created_epoch,participants,app_sequence,room,is_demo,"
               "is_bot,is_closed,config.participation_fee,config.real_world_currency_per_point,"
               "config.treatment,config.is_long,config.list",
               "zebra,lab,1970-01-01T00:00:00.000001Z,0.000001,4,public_goods survey,,1,0,0,5.00,"
               "0.05,high,1,[1]"}));
}

TEST_CASE("the participants have a table of their own, with every value of theirs") {
  TwoApps lab;
  lab.run(Personal::include);
  CHECK(column(lab.table("participants"), "vars.color") ==
        Cells{"vars.color", "blue", "green", "pink", ""});
  CHECK(column(lab.table("participants"), "label") == Cells{"label", "seat 1", "", "", ""});
  CHECK(column(lab.table("participants"), "app") == Cells{"app", "survey", "survey", "", ""});
}

TEST_CASE("sessions and participants are named alike in all tables that are not as oTree's") {
  TwoApps lab;
  const ExportReport report = lab.run();
  for (const ExportedTable& table : report.tables) {
    const std::string text = lab.table(table.name);
    INFO(table.name);
    if (table.name == "codebook") continue;
    const bool is_as_oTrees =
        table.name == "all_apps_wide" || table.name == "public_goods" || table.name == "survey";
    CHECK(text.starts_with("session_code,") == !is_as_oTrees);
    CHECK(column(text, "participant").front() == "(none)");
    CHECK(column(text, "session").front() == "(none)");
  }
}

// p1 and p2 on pages of the one round of an app that ends on "Results".
std::string finished_where(const std::string& ends, PageRef first, PageRef second_page) {
  ExportLab lab(R"({"code":"zebra","app":"a","number":7,
                    "participants":[{"code":"p1"},{"code":"p2"},{"code":"p3"}]})");
  lab.put(0,
          created(R"({"app":"a","rounds":2,"players":["p1","p2","p3"],"pages":["Ask","Results"],)" +
                      ends + R"("fields":{},"logs":{}})",
                  {}));
  Record move = next(2, RecordKind::submitted, 1, {1, 0});
  move.moves = {{1, first}};
  lab.put(0, move);
  move = next(3, RecordKind::submitted, 2, {1, 0});
  move.moves = {{2, second_page}};
  lab.put(0, move);
  lab.run();
  const Cells finished = column(lab.table("payments"), "finished");
  return finished[1] + finished[2] + finished[3];
}

TEST_CASE("who is on a last page that only shows something has finished") {
  CHECK(finished_where(R"("ends":[1],)", {2, 1}, {2, 0}) == "100");
  CHECK(finished_where(R"("ends":[1],)", {1, 1}, {2, 2}) == "010");
  CHECK(finished_where("", {2, 1}, {2, 2}) == "010");
}

TEST_CASE("the codebook has the questions of forms and what their values stand for") {
  TwoApps lab;
  lab.put(keys::questions(session), R"({"public_goods":[
      {"of":"player","name":"given","label":"How much, do you give?"},
      {"of":"player","name":"sure","choices":[[true,"Yes, I am"],[false,"No"]]},
      {"of":"group","name":"total","choices":[[1,null],[2,null]]}],
      "survey":[{"of":"player","name":"given","label":"another"}]})");
  lab.run();
  const std::string codebook = lab.table("codebook");
  for (const char* line :
       {"players,given,decimal,field of the player,money,\"How much, do you give?\",\r\n",
        "public_goods,player.given,decimal,field of the player,money,\"How much, do you "
        "give?\",\r\n",
        "all_apps_wide,public_goods.2.player.given,decimal,field of the player,money,"
        "\"How much, do you give?\",\r\n",
        "players,sure,boolean,field of the player,,,\"1 = Yes, I am; 0 = No\"\r\n",
        "groups,total,decimal,field of the group,money,,\r\n"}) {
    INFO(line);
    CHECK(codebook.find(line) != std::string::npos);
  }
}

TEST_CASE("a text with NUL is written whole, with its sign, and told of") {
  TwoApps lab;
  Record record = next(8, RecordKind::submitted, 1, {2, 0});
  record.changes = {{7, 0, R"({"color":"a\u0000b"})"}};
  lab.put(0, record);
  lab.put(keys::travel(session, 0), R"({"stage":1,"vars":{"color":"a\u0000b"}})");
  lab.put(2, [] {
    Record again = next(3, RecordKind::submitted, 1, {1, 0});
    again.changes = {{3, 0, R"({"color":"a\u0000b"})"}};
    return again;
  }());
  const ExportReport report = lab.run();
  CHECK(lab.table("participants").find("a\u2400b") != std::string::npos);
  CHECK(std::ranges::count_if(report.left_out, [](const std::string& sentence) {
          return sentence.starts_with("1 texts of participants hold the character NUL");
        }) == 1);
}

TEST_CASE("sessions of demos and bots are told of where all are exported without them") {
  ExportLab lab(two_apps);  // of a demo
  lab.put(keys::session(8), R"({"code":"b","app":"a","number":8,"bots":true,"participants":[]})");
  lab.put(keys::session(9), R"({"code":"c","app":"a","number":9,"bots":true,"participants":[]})");
  lab.put(keys::session(10), R"({"code":"d","app":"a","number":10,"participants":[]})");
  const auto left_out = [&](const ExportChoice& choice) {
    return *sessions_left_out(lab.store, choice);
  };
  CHECK(left_out({}) ==
        "1 session of a --demo server (--with-demo) and 2 sessions of bots (--with-bots) are left "
        "out");
  CHECK(left_out({.demo = true}) == "2 sessions of bots (--with-bots) are left out");
  CHECK(left_out({.demo = true, .bots = true}).empty());
  CHECK(left_out({.code = "d"}).empty());
}

}  // namespace
}  // namespace rialto
