#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>

#include "apps/command/commands.h"
#include "apps/command/exit_code.h"
#include "storage/salvage.h"

namespace rialto::command {
namespace {

constexpr const char* notes =
    "When `rialto serve` refuses a damaged store, salvage makes a new data folder of what can "
    "still be\n"
    "read: of each group the records up to the first one that is missing. The damaged folder is "
    "not\n"
    "changed. Browsers that saw more than was saved are told so.\n"
    "\n"
    "Example:\n"
    "  rialto store salvage --data lab --out lab-salvaged\n";

struct SalvageOptions {
  std::string data;
  std::string out;
};

int run_salvage(const SalvageOptions& options) {
  const Result<Salvage> outcome = salvage(options.data, options.out);
  if (!outcome) return fail(outcome.error());
  std::printf("%llu records of %llu groups are in %s\n",
              static_cast<unsigned long long>(outcome->records),
              static_cast<unsigned long long>(outcome->units), options.out.c_str());
  for (const std::string& place : outcome->damage) std::printf("damaged: %s\n", place.c_str());
  for (const CutUnit& cut : outcome->cut) {
    std::printf("session %u group %u ends at record %llu; %llu later records were dropped\n",
                cut.unit.session(), cut.unit.index() + 1, static_cast<unsigned long long>(cut.kept),
                static_cast<unsigned long long>(cut.dropped));
  }
  return exit_done;
}

}  // namespace

void add_store(CLI::App& program, Action& action) {
  auto options = std::make_shared<SalvageOptions>();
  CLI::App* const group = program.add_subcommand("store", "Repair a store (while no server runs)");
  group->require_subcommand(1);
  CLI::App* const command =
      group->add_subcommand("salvage", "Make a new data folder of what a damaged one still holds");
  add_data_option(*command, options->data);
  command->add_option("--out", options->out, "The new data folder")->required()->type_name("DIR");
  command->footer(notes);
  command->callback([options, &action] { action = [options] { return run_salvage(*options); }; });
}

}  // namespace rialto::command
