#include <spdlog/spdlog.h>
#include <sys/resource.h>

#include <CLI/CLI.hpp>
#include <cerrno>
#include <cstring>
#include <memory>

#include "apps/command/commands.h"
#include "apps/command/exit_code.h"
#include "apps/command/limit_option.h"
#include "apps/command/listen_address.h"
#include "apps/command/project.h"
#include "apps/command/serve_options.h"
#include "apps/command/supervisor.h"
#include "apps/command/worker.h"

namespace rialto::command {
namespace {

constexpr const char* notes =
    "The server restarts itself when a game crashes or hangs; Ctrl-C lets it finish what it has "
    "taken.\n"
    "Everything that matters is in the data folder: keep it, and back it up with `rialto backup`.\n"
    "\n"
    "Examples:\n"
    "  rialto serve --demo\n"
    "  rialto serve --data lab --listen 0.0.0.0:8000\n"
    "  rialto serve --project study --app study/trading/trading.so\n"
    "  rialto serve --data lab --listen 127.0.0.1:8000 --public-url https://lab.example.edu/exp\n";

// The command line as it was given, before it is understood.
struct ServeText {
  ServeOptions options;
  std::string listen;
  std::vector<std::string> limits;
  bool buffered = false;
  int worker = -1;
};

Result<ServeOptions> understand(const ServeText& text) {
  ServeOptions options = text.options;
  const std::string usual = options.demo ? "127.0.0.1:8000" : "0.0.0.0:8000";
  const auto listen = parse_listen(text.listen.empty() ? usual : text.listen);
  if (!listen) return listen.error();
  options.listen_host = listen->host;
  options.listen_port = listen->port;
  const bool loopback = options.listen_host.starts_with("127.") ||
                        options.listen_host == "localhost" || options.listen_host == "::1";
  if (options.demo && !loopback) {
    return Error{ErrorKind::invalid,
                 "--demo lets everybody create sessions and is for this machine alone: listen on "
                 "127.0.0.1, or serve without --demo"};
  }
  const auto project = project_file(options.project);
  if (!project) return project.error();
  options.project = project->string();
  for (const std::string& limit : text.limits) {
    if (auto set = set_limit(options.limits, limit); !set) return set.error();
  }
  if (text.buffered) options.durability = Durability::buffered;
  if (text.worker >= 0) options.worker = text.worker;
  return options;
}

// Connections, tables of the store and the command line take file descriptors: as many as the
// system lets us have. A shell's usual 1,024 are few.
void raise_descriptor_limit() {
  rlimit files{};
  if (::getrlimit(RLIMIT_NOFILE, &files) != 0) return;
  files.rlim_cur = files.rlim_max;
  if (::setrlimit(RLIMIT_NOFILE, &files) != 0) {
    spdlog::warn("the limit of open files cannot be raised: {}", std::strerror(errno));
  }
}

int serve(const ServeText& text, const std::vector<std::string>& arguments) {
  const Result<ServeOptions> options = understand(text);
  if (!options) {
    (void)fail(options.error());
    return exit_cannot_start;
  }
  raise_descriptor_limit();
  return options->worker ? run_worker(*options) : supervise(arguments, options->data);
}

}  // namespace

void add_serve(CLI::App& program, Action& action, std::vector<std::string> arguments) {
  auto text = std::make_shared<ServeText>();
  ServeOptions& options = text->options;
  CLI::App* const command = program.add_subcommand("serve", "Run the server");
  add_data_option(*command, options.data);
  command->add_option("--listen", text->listen, "Where to listen; port 0 takes a free one")
      ->type_name("HOST:PORT")
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeLast)
      ->default_str("0.0.0.0:8000, with --demo 127.0.0.1:8000");
  command
      ->add_option("--public-url", options.public_url,
                   "Address that participants use, behind a proxy; sets links and cookies")
      ->type_name("URL")
      ->default_str("this machine's address on its network");
  command->add_flag("--demo", options.demo, "Show a page to try the games; for this machine alone");
  add_project_option(*command, options.project);
  add_library_option(*command, options.libraries);
  command
      ->add_option("--group", options.group, "Members of this group may use the command line, too")
      ->type_name("NAME");
  command->add_option("--threads", options.threads, "Threads that serve connections")
      ->check(CLI::Range(1, 64))
      ->capture_default_str();
  command
      ->add_option("--reserve", options.reserve_mib,
                   "MiB of free disk below which no more is taken in")
      ->capture_default_str();
  command->add_option("--limit", text->limits, "Set one of the server's bounds")
      ->type_name("NAME=NUMBER")
      ->allow_extra_args(false);
  command->add_option("--worker", text->worker)->group("");
  command->add_flag("--again", options.again)->group("");
  command->add_flag("--as-built", options.as_built)->group("");  // for `rialto dev`
  command->add_option("--news", options.news)->group("");        // for `rialto dev`
  command->add_flag("--buffered", text->buffered)->group("");  // for a test: promises without fsync
  command->footer(notes);
  command->callback([text, &action, arguments = std::move(arguments)] {
    action = [text, arguments] { return serve(*text, arguments); };
  });
}

}  // namespace rialto::command
