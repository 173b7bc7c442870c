// Every bound of the running system, beside each other. A plain value, fixed when `serve` starts.
// Guarantee: nothing that a participant can make grow is missing here (rules.md 19).
#pragma once

#include <chrono>
#include <cstddef>

namespace rialto {

struct Limits {
  std::size_t frame = 64 * 1024;  // bytes of one browser frame; larger: close code 1009
  std::size_t nesting = 64;       // depth of one JSON value that comes in, at most this:
  static constexpr int most_nesting = 256;
  std::size_t sends_in_flight = 16;  // per connection; beyond it the socket is not read
  double sends_per_second = 100;     // per connection; beyond the burst: too_fast
  double sends_burst = 200;
  std::size_t outbox = 1024 * 1024;       // bytes waiting for one connection; beyond: catch up
  std::size_t history_piece = 64 * 1024;  // bytes of history read at a time
  std::size_t history_tail = 256 * 1024;  // bytes of newest replies a unit keeps in memory
  std::size_t batch_steps = 256;          // steps of one unit in one commit
  std::size_t batch_bytes = 1024 * 1024;  // bytes of one unit in one commit
  // Loads of a player's pages of which something may still come; beyond: the page that was left
  // first is forgotten; so many of one page: too_many_senders.
  std::size_t senders_per_player = 16 * 1024;
  std::size_t chat_line = 4000;        // bytes of one line of a chat
  std::size_t chat_shown = 1000;       // newest lines of a channel that a page shows
  std::size_t snapshot_every = 4096;   // records of a unit between two snapshots
  std::size_t body = 4 * 1024 * 1024;  // bytes of one HTTP request body (a page submit: 1 MB
                                       // of sends, percent-encoded)
  std::size_t log_what = 500;          // bytes of what a game says of its failure that the log has
  std::size_t log_message = 0;         // bytes of the message it failed on; 0: none (rules.md 20)
  std::size_t room_visitors = 10'000;  // who waits in one room and is counted
  std::chrono::seconds drain{30};      // a connection that takes nothing this long is closed
  std::chrono::milliseconds ping{5000};     // two unanswered: the line is dead
  std::chrono::milliseconds handler{2000};  // a handler that runs longer is hanging (rules.md 9)
  std::chrono::milliseconds hand_in{2000};  // a page whose time is up may still hand in its form
  std::chrono::seconds grouping{10};        // who waits for a group: the game is asked again
  std::chrono::milliseconds rest{2000};     // a unit with nobody connected is put away after this
  std::chrono::milliseconds room_presence{5000};  // who asked in a room this long ago still waits
};

}  // namespace rialto
