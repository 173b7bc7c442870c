// Every bound of the running system, beside each other. A plain value, fixed when `serve` starts.
// Guarantee: nothing that anybody outside can make grow is missing here (rules.md 19, 24). What is
// counted for one participant is counted in each of the I/O threads by itself.
//
// What grows and has no number of its own here is bounded by what has one: requests that wait for
// an actor (one a line), what is known of a participant while he is there (one a participant), a
// unit's listeners (the windows of its players), visitors who have a seat (one a seat), frames and
// heads that are being read (one a line, as large as they may be), pieces of files (64 KiB a line),
// sessions that are to be made and surveys (one a request of the command line or the demo page).
// What is kept of each record (a unit's logs and rows, its index of who was told what) grows as the
// store does: by the rates below, until its reserve of free disk is reached.
#pragma once

#include <chrono>
#include <cstddef>

namespace rialto {

struct Limits {
  // -- lines, known or not ----
  std::size_t connections = 20'000;    // lines at once; beyond: idle ones give way, then nobody new
  std::size_t descriptors_kept = 256;  // file descriptors that are no lines: store, command line
  std::size_t newcomers = 32;  // lines that an I/O thread has yet to look at; beyond: the kernel's
  std::size_t newcomers_behind = 2;          // the same while a turn has not done all it had to
  std::size_t header = 16 * 1024;            // bytes of one HTTP request's head; larger: 431
  std::size_t small_body = 16 * 1024;        // bytes of a body that is no page's; larger: 413
  std::size_t discarded = 16 * 1024 * 1024;  // bytes after a line's last word; beyond: it is cut
  std::chrono::seconds drain{30};            // a line on which nothing moves this long is closed
  std::chrono::milliseconds ping{5000};      // two unanswered: the line is dead
  std::chrono::microseconds turn{2000};  // an I/O thread sends what waits after this at the latest

  // -- of one participant ----
  std::size_t windows = 16;         // open WebSockets; beyond: the oldest is closed, 4410
  double sends_per_second = 100;    // over all windows; beyond the burst: too_fast
  double sends_burst = 200;         // a frame that is none counts, too, and so does a ping
  std::size_t send_unit = 4096;     // bytes of a send that count as one of these
  double requests_per_second = 50;  // submits and WebSockets; beyond the burst: 429
  double requests_burst = 200;
  std::size_t request_unit = 16 * 1024;  // bytes of a submit that count as one of these
  std::size_t body = 4 * 1024 * 1024;  // bytes of page submits being read or answered (one: 1 MB of
                                       // sends, percent-encoded); larger: 413, too many: 429
  std::size_t pending = 256;           // sends that a submit brings along; beyond: 400
  std::size_t form_fields = 1000;      // of one submit, other ones than asked for: dropped
  std::size_t draft = 256 * 1024;      // bytes of a form that is not handed in yet; larger: 413
  std::size_t outbox = 1024 * 1024;    // bytes waiting, over all windows; beyond: catch up

  // -- of one window ----
  std::size_t frame = 64 * 1024;  // bytes of one frame, unless the app takes more; larger: 1009
  std::size_t nesting = 64;       // depth of one JSON value that comes in, at most this:
  static constexpr int most_nesting = 256;
  std::size_t sends_in_flight = 16;       // beyond it the socket is not read
  std::size_t refused_senders = 64;       // loads of pages whose sends wait for an earlier one
  std::size_t history_piece = 64 * 1024;  // bytes of history read at a time

  // -- of one unit ----
  std::size_t history_tail = 256 * 1024;  // bytes of newest replies a unit keeps in memory
  std::size_t batch_steps = 256;          // steps of one unit in one commit
  std::size_t batch_bytes = 1024 * 1024;  // bytes of one unit in one commit
  // Loads of a player's pages of which something may still come; beyond: the page that was left
  // first is forgotten; so many of one page: too_many_senders.
  std::size_t senders_per_player = 16 * 1024;
  std::size_t blocked_senders = 4096;       // whose sends a full disk keeps in order; the rest: gap
  std::size_t latest_key = 256;             // bytes of a key of `latest`; beyond: app_error
  std::size_t latest_marks = 2'000'000;     // keys of `latest`, each times players + 16; the same
  std::size_t session_values = 256 * 1024;  // bytes of what groups write into their session
  std::size_t chat_line = 4000;             // bytes of one line of a chat
  std::size_t chat_shown = 1000;            // newest lines of a channel that a page shows
  std::size_t snapshot_every = 4096;        // records of a unit between two snapshots
  std::chrono::milliseconds handler{2000};  // a handler that runs longer is hanging (rules.md 9)
  std::chrono::milliseconds hand_in{2000};  // a page whose time is up may still hand in its form
  std::chrono::milliseconds grace{10000};  // a page that a player was pushed to waits for a browser
  std::chrono::seconds grouping{10};       // who waits for a group: the game is asked again
  std::chrono::milliseconds rest{2000};    // a unit with nobody connected is put away after this

  // -- rooms and the log ----
  std::size_t room_visitors = 10'000;             // who waits in one room and is counted
  std::chrono::milliseconds room_presence{5000};  // who asked in a room this long ago still waits
  std::size_t log_what = 500;   // bytes of what a game says of its failure that the log has
  std::size_t log_message = 0;  // bytes of the message it failed on; 0: none (rules.md 20)
};

}  // namespace rialto
