// Answers the command line while the server runs: a thread that takes one request after the other
// from the control socket. Owned by the worker; ends with it. Guarantee: a client that misbehaves
// or sleeps loses its own connection and nothing else. Limitation: one request at a time; while an
// export is written out, the next command waits.
#pragma once

#include <atomic>
#include <functional>
#include <thread>

#include "apps/command/control_socket.h"

namespace rialto::command {

// Handles one request: writes its answer lines. Runs on the control thread.
using ControlHandler = std::function<void(const Value& request, ControlStream& stream)>;

class ControlServer {
 public:
  // Takes the listening socket over.
  ControlServer(int listener, ControlHandler handler);
  ~ControlServer();
  ControlServer(const ControlServer&) = delete;
  ControlServer& operator=(const ControlServer&) = delete;

 private:
  void run();
  void wait_for_descriptors() const;

  const int listener_;
  const int wake_;  // eventfd: stop
  const ControlHandler handler_;
  std::thread thread_;
};

}  // namespace rialto::command
