// What a load test is asked to do and what it came to: plain values of the load engine.
// Filled in by `rialto load`, the benchmarks and the tests; used on one thread.
// Guarantee: every call that was offered is counted once, as accepted, refused or unanswered.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "actors/app_model.h"
#include "actors/bot_player.h"
#include "apps/load/latency_histogram.h"

namespace rialto::load {

using Time = std::chrono::steady_clock::time_point;

// A participant to be played, by the link that was handed out.
struct Seat {
  std::string participant;  // code
  std::string link_path;    // "/p/CODE/KEY", with the prefix of the public address
  int id_in_group = 1;
  int players_in_group = 1;
};

struct LoadOptions {
  std::string host = "127.0.0.1";
  std::uint16_t port = 0;
  std::vector<Seat> seats;
  // What is known of the apps: their strategies play live pages, and their play_round fills in
  // pages where it takes the bot alone.
  std::vector<AnyApp> apps;
  BotStrategy bot;  // of apps that are not known; none: says nothing
  // Live pages whose bot has said nothing for so long are submitted; 0: they are stayed on.
  std::chrono::milliseconds leave_when_silent{0};
  // Calls a second, all players together, at times fixed beforehand (open loop); 0: a player's next
  // call follows the answer to the last (closed loop).
  double rate = 0;
  std::size_t outstanding = 1;  // closed loop: calls of a player that may wait for an answer
  std::uint64_t seed = 1;
  std::string log_file;  // a line of JSON for every frame sent and received; empty: none
  // Called with each message a player receives; may be empty.
  std::function<void(std::size_t seat, std::string_view data, Time now)> on_message;
};

struct Tally {
  std::uint64_t offered = 0;   // calls the bots wanted to make
  std::uint64_t answered = 0;  // acknowledged, or refused for good
  std::uint64_t refused =
      0;  // by an error frame, or by the game's {"type":"error", …} to the sender
  std::uint64_t pushed_back = 0;  // to be sent again later (too_fast, storage_full, busy)
  std::uint64_t received = 0;     // messages
  std::uint64_t reconnects = 0;
  std::map<std::string, std::uint64_t, std::less<>> errors;
  LatencyHistogram latency;         // from the intended time of a call to its answer
  std::uint64_t pages = 0;          // submitted and followed to the page that came
  std::uint64_t refused_pages = 0;  // shown again with errors, where they were not meant to be
  std::uint64_t finished = 0;       // participants who came to the end
  LatencyHistogram page_latency;    // from a page's POST to the end of the GET it led to

  std::uint64_t accepted() const { return answered > refused ? answered - refused : 0; }
};

struct LoadReport {
  double seconds = 0;
  std::size_t players = 0;
  Tally tally;

  double per_second(std::uint64_t count) const {
    return seconds > 0 ? static_cast<double>(count) / seconds : 0;
  }
};

}  // namespace rialto::load
