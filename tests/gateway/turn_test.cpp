// How long a thread waits for the sends that it expects.
#include <doctest/doctest.h>

#include <future>
#include <memory>
#include <vector>

#include "tests/gateway/world.h"

using namespace rialto;
using namespace rialto::test;

TEST_CASE(
    "who sends alone where others have sent in step is heard at once, whatever a turn may take") {
  World world([](GatewayOptions& options) {
    options.limits.turn = std::chrono::seconds(60);
    options.limits.sends_per_second = options.limits.sends_burst = 1e6;
  });
  world.actors.answer_by_itself();
  std::vector<std::unique_ptr<Client>> players;
  for (std::uint32_t player = 1; player <= 4; ++player) {
    players.push_back(world.open("player" + std::to_string(player)));
    players.back()->send_text(World::hello());
    while (players.back()->next_json().get("type", "") != "live") continue;
  }
  const auto all_hear = [&](std::uint64_t number) {
    for (const auto& player : players) {
      for (;;) {
        const Value frame = player->next_json();
        if (frame.get("type", "") == "ack" && frame["n"] == number) break;
      }
    }
  };
  std::uint64_t number = 0;
  for (int round = 0; round < 200; ++round) {
    for (int together = 0; together < 3; ++together) {
      ++number;
      for (const auto& player : players) player->send_text(World::send(number));
      all_hear(number);
    }
    // Alone, and heard by the three others, who say nothing.
    players[0]->send_text(World::send(number + 1, "\"alone\""));
    for (const auto& player : players) {
      while (player->next_json().get("data", Value()) != "alone") continue;
    }
    for (std::size_t index = 1; index < players.size(); ++index) {
      players[index]->send_text(World::send(number + 1));
    }
    all_hear(++number);
  }
}
