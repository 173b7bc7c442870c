#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <utility>

#include "actors/abi.h"
#include "actors/value.h"
#include "apps/command/commands.h"
#include "apps/command/exit_code.h"
#include "apps/command/progress_line.h"
#include "apps/command/say.h"
#include "apps/command/session_moment.h"
#include "storage/csv_tables.h"
#include "storage/export_manifest.h"
#include "storage/query_tables.h"
#include "storage/sqlite_tables.h"
#include "storage/xlsx_tables.h"

namespace rialto::command {
namespace {

constexpr const char* notes =
    "Writes tables: all_apps_wide (a row a participant), one for each app (a row a player and\n"
    "round), payments, page_times and pages, groups, players, one for each log of a game, "
    "messages\n"
    "and codebook, which says what each column means; and manifest.json, with the number of rows\n"
    "and the checksum of each file. All show one moment, also while the session goes on.\n"
    "Without a running server the data folder is read directly.\n"
    "\n"
    "Examples:\n"
    "  rialto export k3j9x2ab --out tables\n"
    "  rialto export k3j9x2ab --out tables --excel=de\n"
    "  rialto export k3j9x2ab --out tables --format sqlite\n"
    "  rialto export --all --out everything --format xlsx\n"
    "  rialto export k3j9x2ab --out tables --query combined.sql      one more, of your own\n";

struct ExportOptions {
  std::string data;
  ExportChoice choice;
  bool all = false;
  std::string out;
  std::string format = "csv";
  std::string excel;  // of which region; empty: none
  bool personal = false;
  bool json = false;
  std::vector<std::string> queries;  // files

  Personal who() const { return personal ? Personal::include : Personal::leave_out; }
};

// By what --excel says.
const std::map<std::string, CsvStyle>& excel_styles() {
  static const std::map<std::string, CsvStyle> styles{{"", CsvStyle()},
                                                      {"en", csv_for_english_excel},
                                                      {"de", csv_for_german_excel},
                                                      {"ch", csv_for_swiss_excel}};
  return styles;
}

Result<std::unique_ptr<TableWriter>> make_writer(const ExportOptions& options,
                                                 ExportFolder& folder) {
  const std::string name = options.all ? "sessions" : options.choice.code;
  if (options.format == "sqlite") {
    auto tables = SqliteTables::create(folder, name + ".sqlite");
    if (!tables) return tables.error();
    return std::unique_ptr<TableWriter>(std::move(*tables));
  }
  if (options.format == "xlsx") {
    auto tables = XlsxTables::create(folder, name + ".xlsx");
    if (!tables) return tables.error();
    return std::unique_ptr<TableWriter>(std::move(*tables));
  }
  return std::unique_ptr<TableWriter>(
      std::make_unique<CsvTables>(folder, excel_styles().at(options.excel)));
}

Result<std::vector<TableQuery>> read_queries(const std::vector<std::string>& files) {
  std::vector<TableQuery> queries;
  for (const std::string& file : files) {
    std::ifstream stream(file);
    if (!stream) return Error{ErrorKind::not_found, "there is no file " + file};
    queries.push_back({std::filesystem::path(file).stem(),
                       std::string(std::istreambuf_iterator<char>(stream), {})});
  }
  return queries;
}

// The manifest's text.
Result<std::string> write_tables(const ExportOptions& options, const SessionMoment& moment,
                                 ExportReport& report) {
  const ProgressLine progress("writing the tables");
  const auto sessions = chosen_sessions(*moment.reader, options.choice);
  if (!sessions) return sessions.error();
  ExportFolder folder(options.out, options.who());
  const auto writer = make_writer(options, folder);
  if (!writer) return writer.error();
  auto queries = read_queries(options.queries);
  if (!queries) return queries.error();
  const auto tables = QueryTables::create(**writer, *std::move(queries));
  if (!tables) return tables.error();
  auto exported =
      export_sessions(*moment.reader, *sessions, options.who(), **tables, moment.unreadable);
  if (!exported) return exported.error();
  report = std::move(*exported);
  for (const ExportedTable& made : (*tables)->made()) report.tables.push_back(made);
  if (!moment.left_out.empty()) report.left_out.push_back(moment.left_out);
  const auto files = folder.files();
  if (!files) return files.error();
  const ExportStamp stamp{RIALTO_VERSION, moment.lineage, options.format, moment.taken,
                          options.who()};
  std::string manifest = manifest_text(stamp, report, *files);
  if (auto added = folder.add("manifest.json", manifest); !added) return added.error();
  if (auto published = folder.publish(); !published) return published.error();
  return manifest;
}

int run_export(const ExportOptions& options) {
  // A session that is being played comes first.
  (void)::nice(10);
  const auto moment = moment_of(options.data, options.choice, options.who());
  if (!moment) return fail(moment.error());
  ExportReport report;
  const auto manifest = write_tables(options, *moment, report);
  if (!manifest) return fail(manifest.error());
  for (const std::string& sentence : report.left_out) {
    say_aside("rialto: {}\n", sentence);
  }
  if (options.json) {
    std::fputs(visible_json(*manifest).c_str(), stdout);
    return exit_done;
  }
  for (const ExportedTable& table : report.tables) {
    const std::string what = options.format == "csv" ? table.file : table.file + " " + table.name;
    say("{}/{}  {} rows\n", options.out, what, table.rows);
  }
  return exit_done;
}

void check(const ExportOptions& options) {
  if (options.all == !options.choice.code.empty()) {
    throw CLI::ValidationError("export", "name one session by its CODE, or say --all");
  }
  if (!options.all && (options.choice.demo || options.choice.bots)) {
    throw CLI::ValidationError("export",
                               "--with-demo and --with-bots belong to --all; a session "
                               "that is named is exported whatever it is");
  }
  if (!options.excel.empty() && options.format != "csv") {
    throw CLI::ValidationError("export",
                               "--excel is for CSV files; Excel opens --format xlsx "
                               "as it is");
  }
}

}  // namespace

void add_export(CLI::App& program, Action& action) {
  auto options = std::make_shared<ExportOptions>();
  CLI::App* const command = program.add_subcommand("export", "Write sessions' data as tables");
  command->add_option("CODE", options->choice.code, "Code of the session");
  command->add_flag("--all", options->all, "All sessions, but those of demos and of bots");
  command->add_flag("--with-demo", options->choice.demo, "With --all: demo sessions, too");
  command->add_flag("--with-bots", options->choice.bots, "With --all: sessions of bots, too");
  command->add_option("--out", options->out, "Folder for the files; made if it is missing")
      ->required()
      ->type_name("DIR");
  command->add_option("--format", options->format, "csv, sqlite (one database) or xlsx (one book)")
      ->check(CLI::IsMember({"csv", "sqlite", "xlsx"}))
      ->capture_default_str();
  command
      ->add_flag("--excel{en}", options->excel,
                 "CSV that Excel reads as it is: =en (, between cells, 1.5; also without =), =de "
                 "(; and 1,5, as most of Europe), =ch (; and 1.5)")
      ->check(CLI::IsMember({"en", "de", "ch"}));
  command->add_flag("--personal", options->personal,
                    "Also labels of participants, and fields that are marked personal");
  command
      ->add_option(
          "--query", options->queries,
          "One more table: what a SELECT (SQLite) makes of the others, named after the file")
      ->type_name("FILE.sql")
      ->allow_extra_args(false);
  add_data_option(*command, options->data);
  command->add_flag("--json", options->json, "Print the manifest");
  command->footer(notes);
  command->callback([options, &action] {
    check(*options);
    action = [options] { return run_export(*options); };
  });
}

}  // namespace rialto::command
