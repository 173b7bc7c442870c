// A gateway on a free port of 127.0.0.1 with the stand-in for its actors, one app with two pages,
// and what tests of it need again and again. Owned by a test.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "gateway/gateway.h"
#include "tests/gateway/client.h"
#include "tests/gateway/stand_in.h"

namespace rialto::test {

constexpr UnitId unit{UnitId::of(1, 7)};
constexpr PageRef page{1, 0};

class World {
 public:
  explicit World(const std::function<void(GatewayOptions&)>& adjust = {});
  ~World();

  std::uint16_t port() const { return gateway->listening_port(); }
  Client::Headers cookie(const std::string& code) const {
    return {{"Cookie", "rialto=" + gateway->links().participant_key(code)}};
  }
  // The same with the headers of a form.
  Client::Headers form(const std::string& code) const {
    Client::Headers headers = cookie(code);
    headers.emplace_back("Content-Type", "application/x-www-form-urlencoded");
    return headers;
  }
  // An open WebSocket of the participant, before hello.
  std::unique_ptr<Client> open(const std::string& code = "alice",
                               Client::Buffers buffers = Client::Buffers::usual);
  // One that has said hello; `joined` is what the unit answers.
  std::unique_ptr<Client> join(Joined joined = {}, const std::string& code = "alice",
                               Client::Buffers buffers = Client::Buffers::usual);
  // One that is live from record 0 on; `connection` gets its id.
  std::unique_ptr<Client> live(std::uint32_t player = 1, ConnectionId* connection = nullptr,
                               Client::Buffers buffers = Client::Buffers::usual);

  static std::string hello(std::uint64_t after = 0);
  static std::string send(std::uint64_t number, const std::string& data = "1");
  static Delivery delivery(std::uint64_t record, const std::string& payload,
                           std::vector<std::uint32_t> receivers = {});
  static Release release(std::vector<Delivery> deliveries);

  StandIn actors;
  std::filesystem::path folder;
  std::unique_ptr<Gateway> gateway;
};

}  // namespace rialto::test
