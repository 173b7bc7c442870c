#include "apps/command/bots_server.h"

#include <stdlib.h>

#include <fstream>
#include <utility>

#include "apps/command/control_client.h"
#include "storage/export_pieces.h"

namespace rialto::command {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::seconds patience{30};  // until it listens

std::string text_of(const std::string& file) {
  std::ifstream stream(file);
  return {std::istreambuf_iterator<char>(stream), {}};
}

// What the link leads to is here, whatever address it is meant to be given out with.
std::string path_of(const std::string& link) {
  const std::size_t host = link.find("//");
  const std::size_t path = link.find('/', host == std::string::npos ? 0 : host + 2);
  return path == std::string::npos ? "/" : link.substr(path);
}

}  // namespace

Result<std::unique_ptr<BotsServer>> BotsServer::start(const std::string& project,
                                                      const std::vector<std::string>& libraries) {
  std::string folder = (fs::temp_directory_path() / "rialto-bots-XXXXXX").string();
  if (::mkdtemp(folder.data()) == nullptr) {
    return Error{ErrorKind::unavailable, "there is no place for a temporary folder: " + folder};
  }
  std::unique_ptr<BotsServer> server(new BotsServer(folder));
  std::vector<std::string> words{"/proc/self/exe", "serve",    "--data",
                                 server->data(),   "--listen", "127.0.0.1:0"};
  if (!project.empty()) words.insert(words.end(), {"--project", project});
  for (const std::string& library : libraries) words.insert(words.end(), {"--app", library});
  auto process = play::ChildProcess::start(words, server->log_file());
  if (!process) return process.error();
  server->process_ = std::move(*process);
  if (auto ready = server->wait_until_ready(); !ready) return ready.error();
  return server;
}

BotsServer::~BotsServer() {
  process_.reset();
  std::error_code error;
  fs::remove_all(folder_, error);
}

// "listening on http://HOST:PORT"
Result<void> BotsServer::wait_until_ready() {
  const auto line = process_->read_line(patience);
  const std::size_t port = line ? line->rfind(':') : std::string::npos;
  if (port == std::string::npos) {
    return Error{ErrorKind::unavailable, "the server does not start:\n" + text_of(log_file())};
  }
  origin_ = "http://127.0.0.1" + line->substr(port);
  return {};
}

Result<Value> BotsServer::create_session(const std::string& config, std::uint32_t participants,
                                         std::uint64_t seed) {
  const auto answer = ask_server(data(), {{"command", "session create"},
                                          {"config", config},
                                          {"participants", participants},
                                          {"bots", true},
                                          {"seed", seed}});
  if (!answer) return answer.error();
  Value session = (*answer)["result"];
  Value linked = Value::empty_list();
  for (Value each : session["participants"]) {
    each.set("link", origin_ + path_of(each["link"].as<std::string>()));
    linked.append(std::move(each));
  }
  session.set("participants", std::move(linked));
  return session;
}

Result<void> BotsServer::read_session(const std::string& code, Store& into) const {
  const Value request{
      {"command", "export"}, {"code", code}, {"demo", true}, {"bots", true}, {"personal", true}};
  const auto take = [&](std::string_view piece) { return read_piece(piece, into); };
  const auto answer = ask_server_for_bytes(data(), request, take);
  if (!answer) return answer.error();
  return {};
}

}  // namespace rialto::command
