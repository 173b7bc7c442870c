// Where the program's log goes: standard error, so that standard output is what was asked for. Free
// functions, called once, before there are threads. Guarantee: writing to the log never waits for
// who reads it and never ends the process: what nobody takes is kept up to a bound, then dropped,
// and how many lines were is said (a pipe that nobody reads, one that is closed).
#pragma once

namespace rialto::command {

void log_to_standard_error();

// A descriptor that was closed by who started the program would be given to the next file that is
// opened, perhaps the store's, and lines would be written into it.
void keep_standard_streams();

}  // namespace rialto::command
