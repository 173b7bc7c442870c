#include <spdlog/spdlog.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "actors/limits.h"
#include "actors/verify_session.h"
#include "apps/command/commands.h"
#include "apps/command/exit_code.h"
#include "apps/command/offer.h"
#include "apps/command/progress_line.h"
#include "apps/command/say.h"
#include "apps/command/session_moment.h"

namespace rialto::command {
namespace {

constexpr const char* notes =
    "Plays a session again from what is stored, message by message, and compares everything that\n"
    "the game decided: values, rows of logs, replies, who moved on, deadlines. The first "
    "difference\n"
    "of each group is printed, and the exit code is 1. What another build of the game has "
    "recorded\n"
    "is taken as it stands, and so is what the game crashed on, and what had to do with personal "
    "data\n"
    "in a session of which some have been erased (rialto session redact).\n"
    "\n"
    "Examples:\n"
    "  rialto verify k3j9x2ab\n"
    "  rialto verify k3j9x2ab --any-build\n";

struct VerifyOptions {
  std::string data;
  std::string code;
  std::string project;
  std::vector<std::string> libraries;
  bool any_build = false;
  bool json = false;
};

Value as_value(const VerifyOptions& options, const Verified& verified) {
  return {{"session", options.code},
          {"units", static_cast<std::int64_t>(verified.units)},
          {"same", static_cast<std::int64_t>(verified.same)},
          {"taken", static_cast<std::int64_t>(verified.taken)},
          {"redacted", static_cast<std::int64_t>(verified.redacted)},
          {"differences", Value(verified.differences)}};
}

int tell(const VerifyOptions& options, const Verified& verified) {
  if (options.json) {
    say_json(as_value(options, verified));
  } else {
    say("{}: {} units, {} records came out the same, {} were taken as they stand\n", options.code,
        verified.units, verified.same, verified.taken);
    if (verified.redacted > 0) say("{} values redacted\n", verified.redacted);
    for (const std::string& each : verified.differences) say("{}\n", each);
  }
  if (verified.differences.empty()) return exit_done;
  return fail({ErrorKind::corrupt, std::to_string(verified.differences.size()) +
                                       " groups did not come out as they are stored"});
}

int run_verify(const VerifyOptions& options) {
  spdlog::set_level(spdlog::level::off);  // what failed once fails again, and was reported then
  const auto offer = read_offer(options.project, options.libraries);
  if (!offer) return fail(offer.error());
  tell_left_out(*offer);
  const auto moment = moment_of(options.data, {.code = options.code}, Personal::include);
  if (!moment) return fail(moment.error());
  const Limits limits;
  const std::vector<AnyApp> apps = models_of(offer->apps);
  SessionBook book(apps, {}, limits);
  if (auto loaded = book.load(*moment->reader); !loaded) return fail(loaded.error());
  const Session* const session = book.find(options.code);
  if (session == nullptr) {
    return fail({ErrorKind::not_found, "there is no session " + options.code});
  }
  if (auto can = session->can_be_played(); !can) return fail(can.error());
  const Builds builds = options.any_build ? Builds::any : Builds::same_only;
  auto verified = [&] {
    const ProgressLine progress("playing the session again");
    return verify_session(*moment->reader, book, *session, builds);
  }();
  if (!verified) return fail(verified.error());
  for (const auto& [unit, why] : moment->unreadable) {
    verified->differences.push_back("unit " + std::to_string(unit.index()) +
                                    " cannot be read: " + why);
  }
  return tell(options, *verified);
}

}  // namespace

void add_verify(CLI::App& program, Action& action) {
  auto options = std::make_shared<VerifyOptions>();
  CLI::App* const command =
      program.add_subcommand("verify", "Play a session again from its records and compare");
  command->add_option("CODE", options->code, "Code of the session")->required();
  command->add_flag("--any-build", options->any_build,
                    "Also what another build of the game has recorded");
  add_library_option(*command, options->libraries);
  add_project_option(*command, options->project);
  add_data_option(*command, options->data);
  add_json_option(*command, options->json);
  command->footer(notes);
  command->callback([options, &action] { action = [options] { return run_verify(*options); }; });
}

}  // namespace rialto::command
