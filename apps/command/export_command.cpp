#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>

#include "actors/value.h"
#include "apps/command/commands.h"
#include "apps/command/control_client.h"
#include "apps/command/control_commands.h"
#include "apps/command/exit_code.h"
#include "apps/command/stored_session.h"
#include "storage/folder_sink.h"
#include "storage/rocks_store.h"

namespace rialto::command {
namespace {

constexpr const char* notes =
    "Writes groups.csv, players.csv, pages.csv (when each player came to each page and left it), "
    "a\n"
    "file for every log of the game, messages.csv with each message in and out, and codebook.csv,\n"
    "which says what each column means. All files show one moment, also while the session goes "
    "on.\n"
    "Without a running server the data folder is read directly.\n"
    "\n"
    "Example:\n"
    "  rialto export k3j9x2ab --out tables\n";

struct ExportOptions {
  std::string data;
  std::string code;
  std::string out;
  bool json = false;
};

Result<Value> export_from_server(const ExportOptions& options, FolderSink& sink) {
  const auto take = [&](const Value& line) {
    return sink.append(line["file"].as<std::string>(), line["text"].as<std::string>());
  };
  auto answer = ask_server(options.data, {{"command", "export"}, {"code", options.code}}, take);
  if (!answer) return answer.error();
  return (*answer)["result"];
}

Result<Value> export_from_folder(const ExportOptions& options, FolderSink& sink) {
  const auto store = RocksStore::open(options.data, {.access = Access::read_only});
  if (!store) return store.error();
  const auto number = session_number(**store, options.code);
  if (!number) return number.error();
  const auto manifest = export_session(*(*store)->snapshot(), *number, sink);
  if (!manifest) return manifest.error();
  return describe(*manifest);
}

int run_export(const ExportOptions& options) {
  FolderSink sink(options.out);
  Result<Value> manifest = export_from_server(options, sink);
  if (!manifest && manifest.error().kind == ErrorKind::not_found) {
    manifest = export_from_folder(options, sink);
  }
  if (!manifest) return fail(manifest.error());
  if (auto finished = sink.finish(); !finished) return fail(finished.error());
  if (options.json) {
    std::printf("%s\n", manifest->dump().c_str());
    return exit_done;
  }
  for (const Value& file : (*manifest)["files"]) {
    std::printf("%s/%s  %lld rows\n", options.out.c_str(), file["name"].as<std::string>().c_str(),
                static_cast<long long>(file["rows"].as<std::int64_t>()));
  }
  return exit_done;
}

}  // namespace

void add_export(CLI::App& program, Action& action) {
  auto options = std::make_shared<ExportOptions>();
  CLI::App* const command = program.add_subcommand("export", "Write a session's data as CSV files");
  command->add_option("CODE", options->code, "Code of the session")->required();
  command->add_option("--out", options->out, "Folder for the files; made if it is missing")
      ->required()
      ->type_name("DIR");
  add_data_option(*command, options->data);
  command->add_flag("--json", options->json, "Print what was written as one JSON value");
  command->footer(notes);
  command->callback([options, &action] { action = [options] { return run_export(*options); }; });
}

}  // namespace rialto::command
