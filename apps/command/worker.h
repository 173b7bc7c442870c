// The process that does the work: opens the store, spawns the actors, opens the gateway and the
// control socket, and takes them down again in order when a signal comes. The one place that wires
// everything. Runs on the main thread until the end. Guarantee: when it returns `exit_done`, all
// that was taken in is durable and every connection was told to come back.
#pragma once

#include "apps/command/serve_options.h"

namespace rialto::command {

// Returns the exit code; prints a sentence where it is not `exit_done`.
int run_worker(const ServeOptions& options);

}  // namespace rialto::command
