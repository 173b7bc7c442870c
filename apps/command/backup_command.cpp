#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>

#include "actors/abi.h"
#include "actors/clock.h"
#include "actors/value.h"
#include "apps/command/commands.h"
#include "apps/command/control_client.h"
#include "apps/command/exit_code.h"
#include "apps/command/say.h"
#include "storage/backup.h"
#include "storage/rocks_store.h"

namespace rialto::command {
namespace {

constexpr const char* backup_notes =
    "Makes a folder with everything that is stored, as of one moment, also while the server runs:\n"
    "its files, and manifest.json with the checksum of each. The folder is there only once all of\n"
    "it is on the disk. Copying the data folder itself while a server runs makes no backup; such "
    "a\n"
    "copy is refused. Of a damaged store all is copied as it is, the damaged files are named, and "
    "the\n"
    "command ends with 1.\n"
    "\n"
    "Examples:\n"
    "  rialto backup /mnt/backups/monday --data lab\n"
    "  rialto restore /mnt/backups/monday --data lab-again\n";

constexpr const char* restore_notes =
    "Makes a data folder of a backup, after checking that each file is as it was. Browsers that "
    "saw\n"
    "more than the backup holds are told so. Serve it with the games that made it.\n"
    "\n"
    "Example:\n"
    "  rialto restore /mnt/backups/monday --data lab-again\n";

struct BackupOptions {
  std::string data;
  std::string folder;
  bool json = false;
};

Backup about(const std::string& lineage, std::int64_t taken) {
  return {RIALTO_VERSION, lineage, taken};
}

Result<Backup> back_up_running(const BackupOptions& options, const Value& begun) {
  const std::string checkpoint = begun["checkpoint"].as<std::string>();
  auto backup =
      write_backup(checkpoint, options.folder,
                   about(begun["lineage"].as<std::string>(), begun["taken"].as<std::int64_t>()));
  const auto ended =
      ask_server(options.data, {{"command", "backup end"}, {"checkpoint", checkpoint}});
  if (backup && !ended) (void)fail(ended.error());
  return backup;
}

Result<Backup> back_up_folder(const BackupOptions& options) {
  std::error_code error;
  if (!std::filesystem::exists(options.data, error)) {
    return Error{ErrorKind::not_found, "there is no data folder " + options.data};
  }
  const auto store = RocksStore::open(options.data);
  if (!store) return store.error();
  const std::int64_t taken = SystemClock().now();
  const auto checkpoint = (*store)->checkpoint();
  if (!checkpoint) return checkpoint.error();
  auto backup = write_backup(*checkpoint, options.folder, about((*store)->lineage(), taken));
  if (auto released = (*store)->release(*checkpoint); !released) return released.error();
  return backup;
}

Result<Backup> back_up(const BackupOptions& options) {
  const auto begun = ask_server(options.data, {{"command", "backup begin"}});
  if (begun) return back_up_running(options, (*begun)["result"]);
  if (begun.error().kind != ErrorKind::not_found) return begun.error();
  return back_up_folder(options);
}

// What is made of a damaged store is kept: all that is whole in it is there. But nobody may take it
// for a good one.
int fail_if_damaged(const Backup& backup, const std::string& made) {
  if (backup.damaged.empty()) return exit_done;
  std::string sentence;
  for (const std::string& each : backup.damaged) sentence += each + "\n";
  return fail({ErrorKind::corrupt,
               sentence + made +
                   " is made, and damaged as what it was made of: the sessions that stand in these "
                   "files cannot be read whole. Keep older backups; `rialto store salvage` makes a "
                   "store of what can be read"});
}

int tell(const BackupOptions& options, const Result<Backup>& backup, const std::string& made) {
  if (!backup) return fail(backup.error());
  if (options.json) {
    say_json({{"folder", made},
              {"lineage", backup->lineage},
              {"taken", backup->taken},
              {"files", static_cast<std::int64_t>(backup->files)},
              {"bytes", static_cast<std::int64_t>(backup->bytes)},
              {"damaged", Value(backup->damaged)}});
  } else {
    say("{} files, {} bytes are in {}\n", backup->files, backup->bytes, made);
  }
  return fail_if_damaged(*backup, made);
}

CLI::App* add(CLI::App& program, const char* name, const char* what, const char* folder,
              const std::shared_ptr<BackupOptions>& options) {
  CLI::App* const command = program.add_subcommand(name, what);
  command->add_option("DIR", options->folder, folder)->required();
  add_data_option(*command, options->data);
  add_json_option(*command, options->json);
  return command;
}

}  // namespace

void add_backup(CLI::App& program, Action& action) {
  auto options = std::make_shared<BackupOptions>();
  CLI::App* const command = add(program, "backup", "Copy everything that is stored, as of now",
                                "The new folder; missing or empty", options);
  command->footer(backup_notes);
  command->callback([options, &action] {
    action = [options] { return tell(*options, back_up(*options), options->folder); };
  });
}

void add_restore(CLI::App& program, Action& action) {
  auto options = std::make_shared<BackupOptions>();
  CLI::App* const command = add(program, "restore", "Make a data folder of a backup",
                                "The backup; --data names the folder to make", options);
  command->footer(restore_notes);
  command->callback([options, &action] {
    action = [options] {
      return tell(*options, restore_backup(options->folder, options->data), options->data);
    };
  });
}

}  // namespace rialto::command
