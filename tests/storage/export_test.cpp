#include "storage/export.h"

#include <doctest/doctest.h>

#include "storage/export_pieces.h"
#include "tests/storage/export_lab.h"

namespace rialto {
namespace {

constexpr PageRef bid_page{1, 0};
constexpr PageRef results_page{1, 1};
constexpr PageRef past_the_last{1, 2};

Record submit(std::uint64_t sequence, std::uint32_t player) {
  Record record;
  record.sequence = sequence;
  record.kind = RecordKind::submitted;
  record.time = start + static_cast<std::int64_t>(sequence) * second;
  record.player = player;
  record.moves = {{player, results_page}};
  return record;
}

Record event(std::uint64_t sequence, const char* name, std::uint32_t player = 0) {
  Record record;
  record.sequence = sequence;
  record.kind = RecordKind::event;
  record.code = name;
  record.time = start + static_cast<std::int64_t>(sequence) * second;
  record.player = player;
  record.page = bid_page;
  return record;
}

std::string unit_json(const std::string& players, const std::string& more_fields = "") {
  return R"({"app":"auction","rounds":1,"players":)" + players + R"(,
      "pages":["Bid","Results"],
      "fields":{"group":[{"name":"highest_bid","type":"money"},{"name":"open","type":"bool"}],
                "player":[{"name":"paid","type":"money"},{"name":"note","type":"string"},
                          {"name":"email","type":"string","personal":true})" +
         more_fields + R"(]},
      "logs":{"group":[{"name":"bids","columns":["amount","by"],"types":["money","int"]}],
              "player":[{"name":"clicks","columns":["where","round"],"types":["string","int"]}]}})";
}

Record created(const std::string& players, const std::string& more_fields = "") {
  Record record;
  record.sequence = 1;
  record.kind = RecordKind::created;
  record.time = start;
  record.input = unit_json(players, more_fields);
  record.changes = {{0, 0, "0"}, {0, 1, "true"}, {1, 0, "null"}, {1, 1, "\"\""}, {1, 2, "\"a@b\""}};
  return record;
}

Record live(std::uint64_t sequence) {
  Record record;
  record.sequence = sequence;
  record.kind = RecordKind::live;
  record.time = start + static_cast<std::int64_t>(sequence) * second;
  record.player = 2;
  record.page = bid_page;
  record.sender = "tab";
  record.number = sequence - 1;
  record.input = R"({"bid":1250})";
  return record;
}

const char* const two_people =
    R"({"code":"zebra","app":"auction","number":7,"created":1,"demo":false,"closed":false,
        "config":{},"decimals":2,
        "participants":[{"code":"p1","label":"Ann","unit":0,"player":1},
                        {"code":"p2","label":"Bob","unit":0,"player":2}]})";

// A session with one group of two.
struct Lab : ExportLab {
  explicit Lab(const std::vector<Record>& records) : ExportLab(two_people) {
    for (const Record& record : records) put(0, record);
  }
};

TEST_CASE("a group's and its players' values leave as the records left them") {
  Record bid = live(2);
  bid.changes = {{0, 0, "12.5"}, {2, 1, "\"=mine, \\\"all\\\"\""}};
  Record submit = live(3);
  submit.kind = RecordKind::submitted;
  submit.changes = {{0, 1, "false"}, {2, 0, "-12.5"}};
  submit.moves = {{1, results_page}, {2, past_the_last}};
  Lab lab({created(R"(["p1","p2"])"), bid, submit});
  const ExportReport report = lab.run();
  CHECK(lab.table("groups") ==
        lines({"session_code,app,group,round,records,created,created_epoch,updated,updated_epoch,"
               "highest_bid,open",
               "zebra,auction,1,1,3,2026-01-31T12:00:00.000000Z,1769860800.000000,"
               "2026-01-31T12:00:03.000000Z,1769860803.000000,12.50,0"}));
  CHECK(lab.table("players") ==
        lines({"session_code,participant_code,app,group,round,id_in_group,page,done,paid,note",
               "zebra,p1,auction,1,1,1,Results,0,,\"\"",
               "zebra,p2,auction,1,1,2,,1,-12.50,\"=mine, \"\"all\"\"\""}));
  REQUIRE(report.sessions.size() == 1);
  CHECK(report.sessions[0].code == "zebra");
  CHECK(report.sessions[0].units == 1);
  CHECK(report.sessions[0].records == 3);
  CHECK(report.sessions[0].newest == start + 3 * second);
}

TEST_CASE("each log has a file, its rows in the order of the records, of players with their code") {
  Record first = live(2);
  first.rows = {{0, 0, "[12.5,2]"}, {2, 0, R"(["a,b",1])"}};
  Record second_bid = live(3);
  second_bid.rows = {{0, 0, "[13,null]"}};
  Lab lab({created(R"(["p1","p2"])"), first, second_bid});
  lab.run();
  CHECK(lab.table("auction_bids") ==
        lines({"session_code,group,round,record,time,time_epoch,amount,by",
               "zebra,1,1,2,2026-01-31T12:00:02.000000Z,1769860802.000000,12.50,2",
               "zebra,1,1,3,2026-01-31T12:00:03.000000Z,1769860803.000000,13.00,"}));
  CHECK(lab.table("auction_clicks") ==
        lines({"session_code,participant_code,id_in_group,group,round,record,time,time_epoch,where,"
               "round_",
               "zebra,p2,2,1,1,2,2026-01-31T12:00:02.000000Z,1769860802.000000,\"a,b\",1"}));
}

TEST_CASE("rows that change have a table of all there ever were, and one of their changes") {
  const char* const unit = R"({"app":"market","rounds":1,"players":["p1","p2"],"pages":["Trade"],
      "fields":{"group":[],"player":[]},
      "logs":{"group":[{"name":"orders","columns":["by","price"],"types":["int","money"],
                        "changing":true},
                       {"name":"trades","columns":["price"],"types":["money"]}],
              "player":[{"name":"orders","columns":["note"],"types":["string"],"changing":true}]}})";
  Record first = created(R"(["p1","p2"])");
  first.input = unit;
  first.changes.clear();
  Record adds = live(2);
  adds.rows = {{0, 0, R"([1,{"by":1,"price":12.5}])"}, {0, 0, R"([2,{"by":2,"price":20}])"}};
  Record changes = live(3);
  changes.rows = {{0, 0, R"([1,{"price":13}])"}, {0, 1, "[1]"}, {2, 0, R"([1,{"note":"a,b"}])"}};
  Record erases = live(4);
  erases.rows = {{0, 0, "[1]"}};
  Lab lab({first, adds, changes, erases});
  lab.run();
  CHECK(lab.table("market_orders") ==
        lines({"session_code,group,round,id,added_record,added,added_epoch,changed_record,changed,"
               "changed_epoch,erased_record,erased,erased_epoch,by,price",
               "zebra,1,1,1,2,2026-01-31T12:00:02.000000Z,1769860802.000000,"
               "3,2026-01-31T12:00:03.000000Z,1769860803.000000,"
               "4,2026-01-31T12:00:04.000000Z,1769860804.000000,1,13.00",
               "zebra,1,1,2,2,2026-01-31T12:00:02.000000Z,1769860802.000000,,,,,,,2,20.00"}));
  CHECK(lab.table("market_orders_changes") ==
        lines({"session_code,group,round,id,record,time,time_epoch,change,by,price",
               "zebra,1,1,1,2,2026-01-31T12:00:02.000000Z,1769860802.000000,added,1,12.50",
               "zebra,1,1,2,2,2026-01-31T12:00:02.000000Z,1769860802.000000,added,2,20.00",
               "zebra,1,1,1,3,2026-01-31T12:00:03.000000Z,1769860803.000000,changed,1,13.00",
               "zebra,1,1,1,4,2026-01-31T12:00:04.000000Z,1769860804.000000,erased,1,13.00"}));
  CHECK(column(lab.table("market_trades"), "price") == std::vector<std::string>{"price", "1.00"});
  CHECK(column(lab.table("market_orders_player"), "participant_code") ==
        std::vector<std::string>{"participant_code", "p2"});
}

TEST_CASE("a column that rows get later is empty before, and one they lose keeps what it held") {
  const std::string unit = R"({"app":"m","players":["p1","p2"],"fields":{},"logs":{"group":[)";
  Record first = created("[]");
  first.changes.clear();
  first.input = unit + R"({"name":"r","columns":["a"],"types":["int"],"changing":true}]}})";
  Record adds = live(2);
  adds.rows = {{0, 0, R"([1,{"a":5}])"}, {0, 0, R"([2,{"a":6}])"}};
  Record described = live(3);
  described.kind = RecordKind::described;
  described.input = unit + R"({"name":"l","columns":[],"types":[]},)" +
                    R"({"name":"r","columns":["b"],"types":["int"],"changing":true}]}})";
  Record changes = live(4);
  changes.rows = {{0, 1, R"([2,{"b":7}])"}};
  Lab lab({first, adds, described, changes});
  lab.run();
  CHECK(column(lab.table("m_r"), "a") == std::vector<std::string>{"a", "5", "6"});
  CHECK(column(lab.table("m_r"), "b") == std::vector<std::string>{"b", "", "7"});
}

TEST_CASE("each message in and out is a row") {
  Record bid = live(2);
  bid.replies = {{bid_page, {}, Retention::log, "", "1250"},
                 {results_page, {1, 2}, Retention::transient, "", R"("well done")"}};
  Record refused = live(3);
  refused.kind = RecordKind::refused;
  refused.code = "bad_message";
  Record timeout;
  timeout.sequence = 4;
  timeout.kind = RecordKind::event;
  timeout.code = "timeout";
  timeout.time = start + 4 * second;
  timeout.replies = {{bid_page, {1}, Retention::log, "", "{}"}};
  Lab lab({created(R"(["p1","p2"])"), bid, refused, timeout});
  const ExportReport report = lab.run();
  const std::string at_2 = "zebra,auction,1,1,2,2026-01-31T12:00:02.000000Z,1769860802.000000,";
  const std::string at_3 = "zebra,auction,1,1,3,2026-01-31T12:00:03.000000Z,1769860803.000000,";
  const std::string at_4 = "zebra,auction,1,1,4,2026-01-31T12:00:04.000000Z,1769860804.000000,";
  CHECK(lab.table("messages") ==
        "session_code,app,group,round,record,time,time_epoch,direction,kind,participant_code,id_in_"
        "group,"
        "number,receivers,"
        "page,code,data\r\n" +
            at_2 + "in,live,p2,2,1,,Bid,,\"{\"\"bid\"\":1250}\"\r\n" +  //
            at_2 + "out,live,p2,2,1,all,Bid,,1250\r\n" +                //
            at_2 + "out,live,p2,2,1,1 2,Results,,\"\"\"well done\"\"\"\r\n" + at_3 +
            "in,refused,p2,2,2,,Bid,bad_message,\"{\"\"bid\"\":1250}\"\r\n" + at_4 +
            "out,event,,,,1,Bid,timeout,{}\r\n");
  for (const ExportedTable& table : report.tables) {
    if (table.name == "messages") CHECK(table.rows == 5);
    CHECK(std::filesystem::exists(lab.folder / ("out/" + table.file)));
  }
}

TEST_CASE("each page of a player is a row: when it came, when it was left, and by what") {
  Record move = live(5);
  move.moves = {{2, results_page}, {1, past_the_last}};
  Record timeout = event(6, "timeout");
  timeout.moves = {{2, past_the_last}};
  Lab lab({created(R"(["p1","p2"])"), event(2, "arrived", 1), event(3, "arrived", 2), submit(4, 1),
           move, timeout});
  lab.run();
  CHECK(lab.table("pages") ==
        lines({"session_code,participant_code,participant_id_in_session,app,group,round,id_in_"
               "group,page,"
               "page_index,arrived,arrived_epoch,left,left_epoch,left_by",
               "zebra,p1,1,auction,1,1,1,Bid,1,2026-01-31T12:00:02.000000Z,1769860802.000000,"
               "2026-01-31T12:00:04.000000Z,1769860804.000000,submitted",
               "zebra,p2,2,auction,1,1,2,Bid,1,2026-01-31T12:00:03.000000Z,1769860803.000000,"
               "2026-01-31T12:00:05.000000Z,1769860805.000000,moved",
               "zebra,p1,1,auction,1,1,1,Results,2,,,2026-01-31T12:00:05.000000Z,"
               "1769860805.000000,moved",
               "zebra,p2,2,auction,1,1,2,Results,2,,,2026-01-31T12:00:06.000000Z,"
               "1769860806.000000,timeout"}));
}

TEST_CASE("a page that a player has and has not left is a row without an end") {
  Lab lab({created(R"(["p1","p2"])"), event(2, "arrived", 2)});
  lab.run();
  const std::string& pages = lab.table("pages");
  CHECK(
      pages.ends_with("left_by\r\nzebra,p2,2,auction,1,1,2,Bid,1,2026-01-31T12:00:02.000000Z,"
                      "1769860802.000000,,,\r\n"));
}

TEST_CASE("a page that says nothing is a row all the same once its player was moved there") {
  Lab lab({created(R"(["p1","p2"])"), submit(2, 2)});
  lab.run();
  CHECK(lab.table("pages").ends_with(
      "zebra,p2,2,auction,1,1,2,Bid,1,,,2026-01-31T12:00:02.000000Z,1769860802.000000,submitted\r\n"
      "zebra,p2,2,auction,1,1,2,Results,2,,,,,\r\n"));
}

TEST_CASE("a page that its player is not shown is no row, also if it would be the first") {
  Record first = created(R"(["p1","p2"])");
  first.moves = {{2, results_page}};
  Lab lab({first, submit(2, 1)});
  lab.run();
  CHECK(lab.table("pages").ends_with(
      "left_by\r\n"
      "zebra,p1,1,auction,1,1,1,Bid,1,,,2026-01-31T12:00:02.000000Z,1769860802.000000,submitted\r\n"
      "zebra,p1,1,auction,1,1,1,Results,2,,,,,\r\n"));
}

TEST_CASE("the codebook tells of every column of every other table") {
  Lab lab({created(R"(["p1","p2"])")});
  const ExportReport report = lab.run();
  const std::string& codebook = lab.table("codebook");
  CHECK(codebook.find("players,paid,decimal,field of the player,money,,\r\n") != std::string::npos);
  CHECK(codebook.find("groups,open,boolean,field of the group,,,\r\n") != std::string::npos);
  CHECK(codebook.find("auction_clicks,where,text,column of the log clicks,,,\r\n") !=
        std::string::npos);
  for (const ExportedTable& exported : report.tables) {
    const std::string& table = exported.name;
    if (table == "codebook") continue;
    INFO(table);
    const std::string header = lab.table(table).substr(0, lab.table(table).find('\r'));
    std::string told;
    for (std::size_t at = codebook.find("\n" + table + ","); at != std::string::npos;
         at = codebook.find("\n" + table + ",", at + 1)) {
      const std::size_t name = at + table.size() + 2;
      told += (told.empty() ? "" : ",") + codebook.substr(name, codebook.find(',', name) - name);
    }
    CHECK(told == header);
  }
}

// The app is built anew while the session runs: `open` is gone, `price` stands first.
Record described(std::uint64_t sequence) {
  Record record;
  record.sequence = sequence;
  record.kind = RecordKind::described;
  record.time = start + static_cast<std::int64_t>(sequence) * second;
  record.input = R"({"app":"auction","rounds":1,"players":["p1","p2"],"pages":["Bid","Results"],
      "fields":{"group":[{"name":"price","type":"money"},{"name":"highest_bid","type":"money"}],
                "player":[{"name":"note","type":"string"},{"name":"age","type":"int"},
                          {"name":"paid","type":"money"}]},
      "logs":{"group":[{"name":"offers","columns":["by"],"types":["int"]},
                       {"name":"bids","columns":["amount","by"],"types":["money","int"]}]}})";
  record.changes = {{0, 0, "7"}, {1, 1, "0"}, {2, 1, "0"}};
  return record;
}

TEST_CASE("records after a new description count by it, and a removed field keeps its last value") {
  Record bid = live(2);
  bid.changes = {{0, 0, "12.5"}, {0, 1, "false"}, {2, 1, "\"mine\""}};
  bid.rows = {{0, 0, "[12.5,2]"}};
  Record later = live(4);
  later.changes = {{0, 1, "13"}, {1, 1, "30"}, {2, 2, "5"}};
  later.rows = {{0, 1, "[13,1]"}, {0, 0, "[1]"}};
  Lab lab({created(R"(["p1","p2"])"), bid, described(3), later});
  lab.run();
  CHECK(lab.table("groups") ==
        lines({"session_code,app,group,round,records,created,created_epoch,updated,updated_epoch,"
               "highest_bid,open,price",
               "zebra,auction,1,1,4,2026-01-31T12:00:00.000000Z,1769860800.000000,"
               "2026-01-31T12:00:04.000000Z,1769860804.000000,13.00,0,7.00"}));
  CHECK(
      lab.table("players") ==
      lines({"session_code,participant_code,app,group,round,id_in_group,page,done,paid,note,age",
             "zebra,p1,auction,1,1,1,Bid,0,,\"\",30", "zebra,p2,auction,1,1,2,Bid,0,5.00,mine,0"}));
  CHECK(lab.table("auction_bids") ==
        lines({"session_code,group,round,record,time,time_epoch,amount,by",
               "zebra,1,1,2,2026-01-31T12:00:02.000000Z,1769860802.000000,12.50,2",
               "zebra,1,1,4,2026-01-31T12:00:04.000000Z,1769860804.000000,13.00,1"}));
  CHECK(lab.table("auction_offers").ends_with("1769860804.000000,1\r\n"));
}

TEST_CASE("a new description that does not fit the group is left out and named, not believed") {
  Record strange = described(2);
  SUBCASE("other players") { strange.input.replace(strange.input.find("p2"), 2, "p3"); }
  SUBCASE("a removed field changes") { strange.changes = {{0, 2, "1"}}; }
  SUBCASE("it is none") { strange.input = "{}"; }
  Lab lab({created(R"(["p1","p2"])"), strange});
  CHECK(lab.left_out().find("group 1 is left out") != std::string::npos);
  CHECK(lab.run().sessions[0].units == 0);
}

TEST_CASE("labels and personal fields are in no file") {
  Lab lab({created(R"(["p1","p2"])")});
  for (const ExportedTable& table : lab.run().tables) {
    for (const char* secret : {"Ann", "Bob", "email", "a@b"}) {
      CHECK(lab.table(table.name).find(secret) == std::string::npos);
    }
  }
}

TEST_CASE("what was said in chats is a table where personal data are asked for, and nowhere else") {
  Record said = live(2);
  said.input = R"({"rialto_chat":["","Bob B","Hi, \"you\""]})";
  said.replies = {{bid_page,
                   {1, 2},
                   Retention::log,
                   {},
                   R"({"rialto_chat":{"channel":"1.1","from":2,"nickname":"Bob B",)"
                   R"("body":"Hi, \"you\""}})"}};
  Record refused = live(3);
  refused.kind = RecordKind::refused;
  refused.code = "bad_message";
  refused.input = R"({"rialto_chat":["","Bob B",""]})";
  Record game = live(4);
  game.input = R"({"rialto_chat":["a"],"bid":5})";
  Lab lab({created(R"(["p1","p2"])"), said, refused, game});
  for (const ExportedTable& table : lab.run().tables) {
    INFO(table.name);
    CHECK(table.name != "chat");
    CHECK(lab.table(table.name).find("Bob B") == std::string::npos);
  }
  CHECK(lab.table("messages").find("\"\"bid\"\":5") != std::string::npos);
  lab.run(Personal::include);
  CHECK(lab.table("chat") ==
        lines({"session_code,participant_code,participant_id_in_session,app,group,round,id_in_"
               "group,record,"
               "time,time_epoch,channel,nickname,body",
               "zebra,p2,2,auction,1,1,2,2,2026-01-31T12:00:02.000000Z,1769860802.000000,1.1,"
               "Bob B,\"Hi, \"\"you\"\"\""}));
  CHECK(lab.table("messages").find("Bob B") != std::string::npos);
}

TEST_CASE("groups of different builds share the columns that either has") {
  Lab lab({created(R"(["p1"])")});
  lab.put(keys::session(session), R"({"code":"zebra","participants":[{"code":"p1","unit":0},
                                      {"code":"p2","unit":1}],"decimals":2})");
  Record other = created(R"(["p2"])", R"(,{"name":"payoff","type":"money"})");
  other.changes = {{1, 3, "1"}};
  lab.put(1, other);
  CHECK(lab.run().sessions[0].units == 2);
  CHECK(
      lab.table("players") ==
      lines({"session_code,participant_code,app,group,round,id_in_group,page,done,paid,note,payoff",
             "zebra,p1,auction,1,1,1,Bid,0,,\"\",", "zebra,p2,auction,2,1,1,Bid,0,,,1.00"}));
}

TEST_CASE("an export is as of its snapshot while the session goes on") {
  Lab lab({created(R"(["p1","p2"])"), live(2)});
  const auto snapshot = lab.store.snapshot();
  lab.put(0, live(3));
  const auto report = lab.export_as_csv(*snapshot);
  REQUIRE(report);
  CHECK(report->sessions[0].records == 2);
  CHECK(lab.table("messages").find(",auction,1,1,3,") == std::string::npos);
}

TEST_CASE("an unknown session is not found") {
  Lab lab({created(R"(["p1","p2"])")});
  const auto report = lab.export_as_csv(lab.store, {8});
  REQUIRE_FALSE(report);
  CHECK(report.error().kind == ErrorKind::not_found);
}

TEST_CASE("a group with a record that is missing, damaged or impossible is left out and named") {
  Record strange = live(2);
  SUBCASE("a missing record") { strange.sequence = 3; }
  SUBCASE("a field that is not there") { strange.changes = {{0, 2, "1"}}; }
  SUBCASE("a player who is not there") { strange.changes = {{3, 0, "1"}}; }
  SUBCASE("a move of a player who is not there") { strange.moves = {{3, bid_page}}; }
  SUBCASE("a log that is not there") { strange.rows = {{0, 1, "[]"}}; }
  SUBCASE("a row that is no list") { strange.rows = {{0, 0, "[1,"}}; }
  Lab lab({created(R"(["p1","p2"])"), strange});
  CHECK(lab.left_out().find("session zebra, app auction, group 1 is left out, for it cannot be "
                            "read: session 7, auction, group 1: ") == 0);
}

// A store in which one key cannot be read.
class DamagedAt final : public Reader {
 public:
  DamagedAt(const Reader& reader, std::string key) : reader_(reader), key_(std::move(key)) {}
  Result<std::string> get(std::string_view key) const override {
    return key == key_ ? Result<std::string>(damage()) : reader_.get(key);
  }
  Result<void> scan(std::string_view from, std::string_view to,
                    const Visitor& visit) const override {
    bool damaged = false;
    const auto scanned = reader_.scan(from, to, [&](auto key, auto value) {
      damaged = key == key_;
      return !damaged && visit(key, value);
    });
    return damaged ? damage() : scanned;
  }

 private:
  static Error damage() { return {ErrorKind::corrupt, "block checksum mismatch in 000012.sst"}; }

  const Reader& reader_;
  const std::string key_;
};

TEST_CASE("a group of which a table has lost a part is left out and named; all others are there") {
  Lab lab({created(R"(["p1"])"), live(2), live(3)});
  lab.put(keys::session(session), R"({"code":"zebra","app":"auction","number":7,"group_size":1,
      "participants":[{"code":"p1","unit":0,"player":1},{"code":"p2","unit":1,"player":1}]})");
  lab.put(1, created(R"(["p2"])"));
  for (const std::uint64_t sequence : {1U, 3U}) {
    const DamagedAt reader(lab.store, keys::records(UnitId::of(session, 0), sequence));
    const auto report = lab.export_as_csv(reader);
    REQUIRE_MESSAGE(report, report.error().message);
    REQUIRE(report->left_out.size() == 1);
    CHECK(report->left_out[0].find("group 1 is left out") != std::string::npos);
    CHECK(report->left_out[0].find("000012.sst") != std::string::npos);
    CHECK(report->sessions[0].units == 1);
    CHECK(column(lab.table("players"), "participant_code") ==
          std::vector<std::string>{"participant_code", "p2"});
  }
}

TEST_CASE(
    "a session of which more than groups cannot be read is left out and named; others stand") {
  constexpr std::uint32_t other = session + 1;
  Lab lab({created(R"(["p1"])"), live(2)});
  lab.put(keys::session(other), R"({"code":"gnu","app":"auction","number":8,"group_size":1,
      "participants":[{"code":"p2","unit":0,"player":1}]})");
  for (const std::string& key :
       {keys::questions(other), keys::session_state(other), keys::travel(other, 0),
        keys::label(other, 0), keys::redaction(other, 0)}) {
    lab.put(key, "{}");
    const DamagedAt reader(lab.store, key);
    const auto report = lab.export_as_csv(reader, {session, other}, Personal::include);
    REQUIRE_MESSAGE(report, report.error().message);
    REQUIRE(report->left_out.size() == 1);
    CHECK(report->left_out[0] ==
          "session number 8 is left out, for it cannot be read: "
          "block checksum mismatch in 000012.sst");
    CHECK(report->sessions.size() == 1);
    CHECK(column(lab.table("players"), "participant_code").size() == 2);
    std::size_t pieces = 0;
    const auto written = write_pieces(reader, {session, other}, Personal::include, [&](auto) {
      ++pieces;
      return Result<void>();
    });
    REQUIRE_MESSAGE(written, written.error().message);
    CHECK(written->contains(whole_session(other)));
    CHECK(pieces == 1);
    const auto alone = lab.export_as_csv(reader, {other}, Personal::include);
    REQUIRE_FALSE(alone);
    CHECK(alone.error().message.find("the session cannot be read: ") == 0);
    const Write gone{key, {}, true};
    REQUIRE(lab.store.write({&gone, 1}));
  }
}

TEST_CASE(
    "sessions whose descriptions cannot be read are passed over and named; others are found") {
  Lab lab({created(R"(["p1"])")});
  for (const std::uint32_t number : {session + 1, session + 2}) {
    lab.put(keys::session(number), R"({"code":"gnu)" + std::to_string(number) +
                                       R"(","app":"auction","number":)" + std::to_string(number) +
                                       R"(,"group_size":1,"participants":[]})");
  }
  const DamagedAt reader(lab.store, keys::session(session + 1));
  const auto chosen = chosen_sessions(reader, {});
  REQUIRE(chosen);
  CHECK(*chosen == std::vector<std::uint32_t>{session, session + 2});
  CHECK(sessions_left_out(reader, {})->find("cannot be read: block checksum mismatch") !=
        std::string::npos);
  const auto alone = chosen_sessions(reader, {"gnu8"});
  REQUIRE_FALSE(alone);
  CHECK(alone.error().message.find("among those that can be read") != std::string::npos);
}

TEST_CASE("a group whose description is none is left out and named, not believed") {
  for (const char* input :
       {"", "[]", "{", R"({"app":"a"})", R"({"app":1,"players":[]})",
        R"({"app":"a","players":{"a":[1]}})",
        R"({"app":"a","players":[],"logs":{"group":[{"name":"x","columns":["a"],"types":[]}]}})"}) {
    Record record;
    record.sequence = 1;
    record.kind = RecordKind::created;
    record.input = input;
    Lab lab({record});
    INFO(input);
    CHECK(lab.left_out().find("group 1 is left out") != std::string::npos);
  }
}

}  // namespace
}  // namespace rialto
