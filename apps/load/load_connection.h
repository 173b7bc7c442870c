// One participant's line to the server: follows the link to the current page, submits pages over
// the same TCP connection as a PagePlayer fills them in, upgrades it to a WebSocket where messages
// or the others are to be waited for, and carries a LoadPlayer's frames. Non-blocking. Owned by the
// LoadEngine, on its thread; the engine tells it when its socket is ready. Guarantee: however the
// line breaks, `down` says so, and `open` begins again where the player was.
#pragma once

#include <netinet/in.h>

#include <string>
#include <string_view>
#include <vector>

#include "apps/load/load_player.h"
#include "apps/load/page_player.h"

namespace rialto::load {

// What the engine is to do next with a connection.
enum class Next {
  go_on,
  reconnect,     // the line is down
  load_page,     // by a connection of its own, as a browser does whose page has a WebSocket
  resend_later,  // call `resend` after a pause
  leave_later,   // call `leave_if_silent` after a while
  stop,          // the participant is past the last page, or may not come in
};

class LoadConnection {
 public:
  LoadConnection(std::size_t index, const LoadOptions& options, Tally& tally, FrameLog* log);
  ~LoadConnection();
  LoadConnection(const LoadConnection&) = delete;
  LoadConnection& operator=(const LoadConnection&) = delete;

  // Starts to connect; `socket` is to be watched then. False if the system refuses.
  bool open(const sockaddr_in& server);
  void close();
  int socket() const { return socket_; }

  // Reads what is there (into `buffer`, shared by all) and handles it.
  Next readable(std::vector<char>& buffer, Time now);
  // Sends what waits, in one call. False if the line is down.
  bool flush();
  bool wants_to_write() const { return state_ == State::connecting || !out_.empty(); }
  Next connected();

  // What there is to do now: submits the page, or lets the bot call (in a closed loop).
  Next act(Time now, bool closed_loop);
  // Leaves the live page if nothing has been said since `act` wanted to.
  Next leave_if_silent();

  LoadPlayer& player() { return player_; }
  std::string& out() { return out_; }
  // On a page that it can do something with, or wait on.
  bool playing() const {
    return state_ == State::resting || (state_ == State::open && player_.live());
  }
  bool is_live() const { return state_ == State::open && player_.live(); }

 private:
  // resting: a page is there to be submitted; posting: it has been
  enum class State { closed, connecting, fetching, resting, posting, upgrading, open };

  Next handle(std::string_view& bytes, Time now);
  Next on_reply(const HttpReply& reply, Time now);
  Next on_page(const HttpReply& reply, Time now);
  Next listen(LivePage page, bool closes);
  Next submit(Time now);
  bool is_last(const LivePage& page) const;
  Next finish();
  Next load_current_page();
  Next on_frame(const SocketFrame& frame, Time now);
  Next on_text(std::string_view text, Time now);
  void request(std::string_view method, std::string_view path, std::string_view more_headers);
  void fetch(std::string path);
  void upgrade();
  bool is_connected_to_itself() const;
  Next fail(std::string error);

  const std::string host_;  // as the Host header has it
  const LoadOptions& options_;
  const Seat& seat_;
  Tally& tally_;
  LoadPlayer player_;
  PagePlayer pages_;
  int socket_ = -1;
  State state_ = State::closed;
  bool on_live_page_ = false;  // reconnecting goes straight to the WebSocket
  bool leaving_ = false;       // the live page is to be submitted
  bool leave_asked_ = false;
  std::uint64_t heard_then_ = 0;   // when leaving was thought of
  std::optional<Time> submitted_;  // of the page whose successor has not come yet
  std::string path_;               // of the request that is being answered
  std::string partial_;            // the beginning of what has not come whole yet
  std::string fragments_;
  std::string out_;
};

}  // namespace rialto::load
