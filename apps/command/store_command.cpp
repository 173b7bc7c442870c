#include <CLI/CLI.hpp>
#include <memory>

#include "apps/command/commands.h"
#include "apps/command/exit_code.h"
#include "apps/command/progress_line.h"
#include "apps/command/say.h"
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
  bool json = false;
};

std::int64_t whole(std::uint64_t number) { return static_cast<std::int64_t>(number); }

Value as_value(const SalvageOptions& options, const Salvage& outcome) {
  Value cut = Value::empty_list();
  for (const CutUnit& each : outcome.cut) {
    cut.append({{"session", each.unit.session()},
                {"group", each.unit.index() + 1},
                {"kept", whole(each.kept)},
                {"dropped", whole(each.dropped)}});
  }
  return {{"out", options.out},
          {"records", whole(outcome.records)},
          {"groups", whole(outcome.units)},
          {"damaged", Value(outcome.damage)},
          {"cut", std::move(cut)}};
}

int run_salvage(const SalvageOptions& options) {
  const Result<Salvage> outcome = [&] {
    const ProgressLine progress("reading what is left");
    return salvage(options.data, options.out);
  }();
  if (!outcome) return fail(outcome.error());
  if (options.json) {
    say_json(as_value(options, *outcome));
    return exit_done;
  }
  say("{} records of {} groups are in {}\n", outcome->records, outcome->units, options.out);
  for (const std::string& place : outcome->damage) say("damaged: {}\n", place);
  for (const CutUnit& cut : outcome->cut) {
    say("session {} group {} ends at record {}; {} later records were dropped\n",
        cut.unit.session(), cut.unit.index() + 1, cut.kept, cut.dropped);
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
  add_json_option(*command, options->json);
  command->footer(notes);
  command->callback([options, &action] { action = [options] { return run_salvage(*options); }; });
}

}  // namespace rialto::command
