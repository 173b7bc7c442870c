#include "tests/bench/played_server.h"

#include <cstdlib>
#include <filesystem>

#include "actors/value.h"

namespace rialto::bench {

Result<std::unique_ptr<PlayedServer>> PlayedServer::start(const Settings& settings,
                                                          std::vector<std::string> limits) {
  std::unique_ptr<PlayedServer> server(new PlayedServer(settings, std::move(limits)));
  server->folder_ = settings.folder + "/rialto-bench-XXXXXX";
  if (::mkdtemp(server->folder_.data()) == nullptr) {
    return Error{ErrorKind::unavailable, "cannot make a data folder in " + settings.folder};
  }
  if (auto started = server->start_process(); !started) return started.error();
  return server;
}

PlayedServer::~PlayedServer() {
  process_.reset();
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

Result<void> PlayedServer::start_process() {
  std::vector<std::string> arguments{settings_.server, "serve",    "--data",
                                     folder_,          "--listen", "127.0.0.1:0"};
  for (const std::string& limit : limits_) {
    arguments.emplace_back("--limit");
    arguments.push_back(limit);
  }
  auto process = ServerProcess::start(std::move(arguments), settings_.server_core);
  if (!process) return process.error();
  process_ = std::move(*process);
  return {};
}

Result<void> PlayedServer::kill_and_start_again() {
  process_->kill();
  return start_process();
}

Result<std::vector<load::Seat>> PlayedServer::create_session(const std::string& app,
                                                             int participants) {
  auto output = command({"session", "create", app, std::to_string(participants), "--json"});
  if (!output) return output.error();
  std::vector<load::Seat> seats;
  const Value session = Value::parse(*output, 64);
  newest_session_ = session["code"].as<std::string>();
  for (const Value& participant : session["participants"]) {
    const auto link = participant["link"].as<std::string>();
    seats.push_back({participant["code"].as<std::string>(), link.substr(link.find('/', 8)),
                     participant["player"].as<int>(), 0});
  }
  return seats;
}

Result<std::string> PlayedServer::command(std::vector<std::string> words) const {
  words.insert(words.begin(), settings_.server);
  words.insert(words.end(), {"--data", folder_});
  return output_of(words);
}

Result<std::unique_ptr<ServerProcess>> start_limit(const Settings& settings) {
  return ServerProcess::start({settings.self, "--serve-limit"}, settings.server_core);
}

std::vector<load::Seat> limit_seats(int groups, int players) {
  std::vector<load::Seat> seats;
  for (int group = 0; group < groups; ++group) {
    for (int player = 1; player <= players; ++player) {
      const std::string code = "g" + std::to_string(group) + "-" + std::to_string(player);
      seats.push_back({code, "/p/" + code + "/key", player, players});
    }
  }
  return seats;
}

}  // namespace rialto::bench
