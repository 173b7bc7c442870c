// What can be asked for over the control socket, by name: the server's half of the command line.
// The handler runs on the control thread. Guarantee: each request gets one last line, a result or
// an error with a sentence.
#pragma once

#include <memory>
#include <string>

#include "apps/command/control_server.h"
#include "apps/command/sessions_desk.h"
#include "storage/rocks_store.h"

namespace rialto::command {

// `store` outlives the handler. `address` is where programs on this machine reach the server.
ControlHandler control_commands(std::shared_ptr<SessionsDesk> desk, RocksStore& store,
                                std::string address);

}  // namespace rialto::command
