// How the program ends, for scripts. A plain value.
// Guarantee: every command ends with one of these; a sentence on standard error goes with 1 and 2.
#pragma once

namespace rialto::command {

enum ExitCode : int {
  exit_done = 0,
  exit_failed = 1,        // asked for rightly, and refused or failed
  exit_cannot_start = 2,  // asked for wrongly, or the server cannot start at all
  exit_ended_itself =
      3,             // of the worker alone: a hanging handler or a failing disk; it is restarted
  exit_stopped = 4,  // of the worker alone: it was asked to end. A game that calls exit() was not
};

}  // namespace rialto::command
