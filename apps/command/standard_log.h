// Where the program's log goes: standard error, so that standard output is what was asked for. A
// free function, to be called once, before there are threads.
#pragma once

namespace rialto::command {

void log_to_standard_error();

}  // namespace rialto::command
