// The kinds of files that tables become, and the folder they come into.
#include <doctest/doctest.h>
#include <sqlite3.h>
#include <sys/stat.h>

#include <cstdio>

#include "storage/export_folder.h"
#include "storage/export_manifest.h"
#include "storage/export_pieces.h"
#include "storage/query_tables.h"
#include "storage/sqlite_tables.h"
#include "storage/xlsx_tables.h"
#include "tests/storage/export_lab.h"

namespace rialto {
namespace {

const std::vector<ExportColumn> columns{{"whole", "integer", "", ""},
                                        {"part", "decimal", "", ""},
                                        {"word", "text", "", ""},
                                        {"Word", "json", "", ""}};

// Two rows with everything in them.
void fill(TableWriter& tables) {
  REQUIRE(tables.begin("first", columns));
  REQUIRE(tables.begin("second", {{"yes", "boolean", "", ""}}));
  REQUIRE(tables.row(0, {cell::number(9007199254740993), cell::decimal("-12.50"),
                         cell::text("=1+1 \"ü\"\n"), cell::text("[1]")}));
  REQUIRE(tables.row(1, {cell::truth(true)}));
  REQUIRE(tables.row(0, {Cell(), Cell(), cell::text(""), Cell()}));
  REQUIRE(tables.finish());
}

// All rows of a query, cells by `|`, a null as -.
std::vector<std::string> ask(const std::filesystem::path& file, const std::string& query) {
  sqlite3* database = nullptr;
  REQUIRE(sqlite3_open_v2(file.c_str(), &database, SQLITE_OPEN_READONLY, nullptr) == SQLITE_OK);
  std::vector<std::string> rows;
  const auto take = [](void* out, int count, char** cells, char**) {
    std::string row;
    for (int i = 0; i < count; ++i) {
      row += (i == 0 ? "" : "|") + std::string(cells[i] == nullptr ? "-" : cells[i]);
    }
    static_cast<std::vector<std::string>*>(out)->push_back(row);
    return 0;
  };
  CHECK(sqlite3_exec(database, query.c_str(), take, &rows, nullptr) == SQLITE_OK);
  sqlite3_close(database);
  return rows;
}

TEST_CASE("a query makes one more table of all the others, in the same kind of file") {
  const TemporaryFolder folder;
  ExportFolder out(folder.path(), Personal::leave_out);
  auto inner = SqliteTables::create(out, "s.sqlite");
  REQUIRE(inner);
  auto tables = QueryTables::create(
      **inner, {{"both", "-- ours\nSELECT whole, part * 2 AS twice, yes FROM first, second;\n"}});
  REQUIRE(tables);
  fill(**tables);
  REQUIRE(out.publish());
  REQUIRE((*tables)->made().size() == 1);
  CHECK((*tables)->made()[0].name == "both");
  CHECK((*tables)->made()[0].rows == 2);
  using Rows = std::vector<std::string>;
  CHECK(ask(folder / "s.sqlite", "SELECT * FROM both") ==
        Rows{"9007199254740993|-25.0|1", "-|-|1"});
  CHECK(ask(folder / "s.sqlite", "SELECT count(*) FROM first") == Rows{"2"});
}

TEST_CASE("a query that is none, writes, or has the name of a table is refused with a sentence") {
  const auto refused = [](const std::string& name, const std::string& sql) -> std::string {
    const TemporaryFolder folder;
    ExportFolder out(folder.path(), Personal::leave_out);
    auto inner = SqliteTables::create(out, "s.sqlite");
    auto tables = QueryTables::create(**inner, {{name, sql}});
    if (auto begun = (*tables)->begin("first", columns); !begun) return begun.error().message;
    const auto done = (*tables)->finish();
    return done ? "" : done.error().message;
  };
  CHECK(refused("mine", "SELECT whole FROM first") == "");
  CHECK(refused("mine", "SELECT nowhere FROM first") == "mine: no such column: nowhere");
  CHECK(refused("mine", "DELETE FROM first") == "mine: a query is one SELECT");
  CHECK(refused("mine", "SELECT 1; SELECT 2") == "mine: a query is one SELECT");
  CHECK(refused("mine", "") == "mine: a query is one SELECT");
  CHECK(refused("first", "SELECT 1").find("there is a table first already") == 0);
}

TEST_CASE("a database has typed tables, nulls that are null and text that is text") {
  const TemporaryFolder folder;
  ExportFolder out(folder.path(), Personal::leave_out);
  auto tables = SqliteTables::create(out, "s.sqlite");
  REQUIRE(tables);
  fill(**tables);
  REQUIRE(out.publish());
  using Rows = std::vector<std::string>;
  CHECK(ask(folder / "s.sqlite", "SELECT * FROM first") ==
        Rows{"9007199254740993|-12.5|=1+1 \"ü\"\n|[1]", "-|-||-"});
  CHECK(ask(folder / "s.sqlite", "SELECT typeof(whole), typeof(part), typeof(word) FROM first") ==
        Rows{"integer|real|text", "null|null|text"});
  CHECK(ask(folder / "s.sqlite", "SELECT name, type FROM pragma_table_info('first')") ==
        Rows{"whole|INTEGER", "part|REAL", "word|TEXT", "Word_|TEXT"});
  CHECK(ask(folder / "s.sqlite", "SELECT * FROM second") == Rows{"1"});
  CHECK(ask(folder / "s.sqlite", "PRAGMA integrity_check") == Rows{"ok"});
}

TEST_CASE("a table too wide for a database is left out and told of, the others are there") {
  const TemporaryFolder folder;
  ExportFolder out(folder.path(), Personal::leave_out);
  auto tables = SqliteTables::create(out, "s.sqlite");
  REQUIRE(tables);
  const std::vector<ExportColumn> many(2001, ExportColumn{"x", "integer", "", ""});
  REQUIRE((*tables)->begin("wide", many));
  REQUIRE((*tables)->begin("narrow", {{"x", "integer", "", ""}}));
  REQUIRE((*tables)->row(0, std::vector<Cell>(2001, cell::number(1))));
  REQUIRE((*tables)->row(1, {cell::number(1)}));
  REQUIRE((*tables)->finish());
  REQUIRE(out.publish());
  REQUIRE((*tables)->left_out().size() == 1);
  CHECK((*tables)->left_out()[0].find("wide has 2001 columns") == 0);
  CHECK(ask(folder / "s.sqlite", "SELECT name FROM sqlite_master") ==
        std::vector<std::string>{"narrow"});
}

TEST_CASE("a workbook is made, and what a cell cannot hold is told of") {
  const TemporaryFolder folder;
  ExportFolder out(folder.path(), Personal::leave_out);
  auto tables = XlsxTables::create(out, "s.xlsx");
  REQUIRE(tables);
  REQUIRE((*tables)->begin("a_name_that_is_longer_than_a_sheet_may_have", columns));
  REQUIRE((*tables)->begin("a_name_that_is_longer_than_a_sheet_may_have_too", columns));
  REQUIRE((*tables)->row(0, {Cell(), Cell(), cell::text(std::string(40'000, 'x')), Cell()}));
  REQUIRE((*tables)->finish());
  REQUIRE(out.publish());
  CHECK(read_file(folder / "s.xlsx").starts_with("PK"));
  REQUIRE((*tables)->left_out().size() == 1);
  CHECK((*tables)->left_out()[0].find("1 texts of a_name_that") == 0);
}

// The text of the cells of the workbook's first sheet, as a reader of the format has it.
std::string sheet_of(const std::filesystem::path& book) {
  const std::string command = "unzip -p '" + book.string() + "' xl/worksheets/sheet1.xml";
  FILE* const pipe = ::popen(command.c_str(), "r");
  REQUIRE(pipe != nullptr);
  std::string xml;
  for (int byte = std::fgetc(pipe); byte != EOF; byte = std::fgetc(pipe)) {
    xml += static_cast<char>(byte);
  }
  ::pclose(pipe);
  return xml;
}

TEST_CASE("every character of a text is in the workbook, whose XML is valid") {
  const TemporaryFolder folder;
  ExportFolder out(folder.path(), Personal::leave_out);
  auto tables = XlsxTables::create(out, "s.xlsx");
  REQUIRE(tables);
  REQUIRE((*tables)->begin("a", {{"x", "text", "", ""}}));
  for (const char* text : {"one\uFFFEtwo\uFFFF", "a\nb\tc", "bell\x07 cr\r", "_x0041_", "\u009B"}) {
    REQUIRE((*tables)->row(0, {cell::text(text)}));
  }
  REQUIRE((*tables)->finish());
  REQUIRE(out.publish());
  CHECK((*tables)->left_out().empty());
  const std::string xml = sheet_of(folder / "s.xlsx");
  for (const char* part : {">one_xFFFE_two_xFFFF_<", ">a\nb\tc<", ">bell_x0007_ cr_x000D_<",
                           ">_x005F_x0041_<", ">\u009B<"}) {
    INFO(part);
    CHECK(xml.find(part) != std::string::npos);
  }
}

TEST_CASE("a cell of a workbook holds as many characters as Excel counts") {
  const TemporaryFolder folder;
  ExportFolder out(folder.path(), Personal::leave_out);
  auto tables = XlsxTables::create(out, "s.xlsx");
  REQUIRE(tables);
  REQUIRE((*tables)->begin("a", {{"x", "text", "", ""}}));
  std::string pairs;
  for (int i = 0; i < 16'384; ++i) pairs += "\U0001F600";  // two units each, one too many
  REQUIRE((*tables)->row(0, {cell::text(pairs)}));
  std::string unknown;
  for (int i = 0; i < 10'000; ++i) unknown += "\uFFFF";  // seven characters each
  REQUIRE((*tables)->row(0, {cell::text(unknown)}));
  REQUIRE((*tables)->finish());
  REQUIRE((*tables)->left_out().size() == 1);
  CHECK((*tables)->left_out()[0].starts_with("2 texts of a "));
}

std::filesystem::perms mode_of(const std::filesystem::path& path) {
  return std::filesystem::status(path).permissions();
}

TEST_CASE("what holds personal data is for its owner alone from the moment it is made") {
  using std::filesystem::perms;
  const TemporaryFolder folder;
  const mode_t before = ::umask(0);
  for (const Personal personal : {Personal::leave_out, Personal::include}) {
    const bool alone = personal == Personal::include;
    const std::filesystem::path path = folder / (alone ? "alone/" : "for_all");
    ExportFolder out(path, personal);
    CHECK(mode_of(*out.add("early")) == (alone ? perms(0600) : perms(0666)));
    auto base = SqliteTables::create(out, "s.sqlite");
    auto book = XlsxTables::create(out, "s.xlsx");
    CsvTables files(out, CsvStyle());
    fill(**base);
    fill(**book);
    fill(files);
    REQUIRE(out.add("manifest.json", "{}"));
    CHECK(mode_of(path) == (alone ? perms(0700) : perms(0777)));
    REQUIRE(out.publish());
    for (const auto& file : std::filesystem::directory_iterator(path)) {
      INFO(file.path());
      CHECK(mode_of(file.path()) == (alone ? perms(0600) : perms(0666)));
    }
  }
  ::umask(before);
}

TEST_CASE("CSV for Excel has a mark, and the separator and decimals of its region") {
  const TemporaryFolder folder;
  ExportFolder out(folder.path(), Personal::leave_out);
  CsvTables tables(out, csv_for_german_excel);
  fill(tables);
  REQUIRE(out.publish());
  CHECK(read_file(folder / "first.csv") ==
        "\xEF\xBB\xBFwhole;part;word;Word\r\n"
        "'9007199254740993;-12,50;\"'=1+1 \"\"ü\"\"\n\";[1]\r\n;;\"\";\r\n");
}

TEST_CASE("files have their names once all of them are complete") {
  const TemporaryFolder folder;
  ExportFolder out(folder / "out", Personal::leave_out);
  CsvTables tables(out, CsvStyle());
  fill(tables);
  CHECK_FALSE(std::filesystem::exists(folder / "out/first.csv"));
  REQUIRE(out.publish());
  CHECK(read_file(folder / "out/second.csv") == "yes\r\n1\r\n");
  CHECK_FALSE(std::filesystem::exists(folder / "out/first.csv.part"));
}

TEST_CASE("an export that fails leaves what was there, and nothing of itself") {
  const TemporaryFolder folder;
  write_file(folder / "second.csv", "of an earlier export");
  {
    ExportFolder out(folder.path(), Personal::leave_out);
    CsvTables tables(out, CsvStyle());
    fill(tables);
  }
  CHECK(read_file(folder / "second.csv") == "of an earlier export");
  CHECK(std::distance(std::filesystem::directory_iterator(folder.path()), {}) == 1);
  {
    ExportFolder out(folder / "new", Personal::leave_out);
    REQUIRE(out.add("a", "1"));
  }
  CHECK_FALSE(std::filesystem::exists(folder / "new"));
}

TEST_CASE("a folder that cannot be written into is reported with the file's name") {
  const TemporaryFolder folder;
  write_file(folder / "out", "a file");
  ExportFolder out(folder / "out", Personal::leave_out);
  CsvTables tables(out, CsvStyle());
  const auto begun = tables.begin("a", columns);
  REQUIRE_FALSE(begun);
  CHECK(begun.error().kind == ErrorKind::unavailable);
  CHECK(begun.error().message.find((folder / "out/a.csv").string()) != std::string::npos);
}

TEST_CASE("the manifest tells rows, checksums, sessions, lineage, version and the moment") {
  const TemporaryFolder folder;
  ExportFolder out(folder.path(), Personal::leave_out);
  REQUIRE(out.add("a.csv", "abc"));
  ExportReport report;
  report.sessions.push_back({"zebra", "lab", {"a"}, true, false, 2, 1, 3, start});
  report.tables.push_back({"a", "a.csv", 4});
  const auto files = out.files();
  REQUIRE(files);
  const std::string text = manifest_text({"0.1.0", "0123", "csv", start}, report, *files);
  for (const char* part :
       {R"("rialto": "0.1.0")", R"("lineage": "0123")", R"("taken": "2026-01-31T12:00:00.000000Z")",
        R"("code": "zebra")", R"("is_demo": true)", R"("rows": 4)", R"("bytes": 3)",
        R"("sha256": "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")"}) {
    INFO(part);
    CHECK(text.find(part) != std::string::npos);
  }
}

TEST_CASE("sessions that are handed over are exported the same, without what is not asked for") {
  ExportLab lab(R"({"code":"zebra","app":"a","number":7,"participants":[{"code":"p1"}]})");
  Record record;
  record.sequence = 1;
  record.kind = RecordKind::created;
  record.input = R"({"app":"a","players":["p1"],"pages":["P"]})";
  lab.put(0, record);
  lab.put(keys::label(session, 0), "Ann");
  lab.put(keys::personal(UnitId::of(session, 0), 1), "apart");
  lab.put(keys::travel(session, 0), R"({"stage":1})");
  lab.put(keys::session(8), R"({"code":"other","app":"a","number":8,"participants":[]})");
  for (const Personal personal : {Personal::leave_out, Personal::include}) {
    MemoryStore copy;
    REQUIRE(write_pieces(lab.store, {session}, personal,
                         [&](std::string_view piece) { return read_piece(piece, copy); }));
    lab.run(personal);
    const std::string before = lab.table("all_apps_wide");
    REQUIRE(lab.export_as_csv(copy, {session}, personal));
    CHECK(lab.table("all_apps_wide") == before);
    for (const auto& key : {keys::label(session, 0), keys::personal(UnitId::of(session, 0), 1)}) {
      CHECK(bool{copy.get(key)} == (personal == Personal::include));
    }
    CHECK_FALSE(copy.get(keys::session(8)));
  }
}

TEST_CASE("a piece that is cut short is refused") {
  MemoryStore store;
  for (const std::size_t size : {1, 7, 8, 9}) {
    const std::string piece = std::string("\0\0\0\1\0\0\0\1kv", 10).substr(0, size);
    CHECK_FALSE(read_piece(piece, store));
  }
  CHECK(read_piece(std::string("\0\0\0\1\0\0\0\1kv", 10), store));
}

}  // namespace
}  // namespace rialto
