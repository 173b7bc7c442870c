// Bounds of the running system by name, for `--limit NAME=VALUE` and to be printed.
// Plain functions. Guarantee: every member of Limits can be named; times are milliseconds.
#pragma once

#include <string>

#include "actors/limits.h"
#include "storage/result.h"

namespace rialto::command {

// Sets one bound; `invalid` says which names there are or what the value must be.
Result<void> set_limit(Limits& limits, const std::string& assignment);
// All bounds, "name=value", a line each.
std::string describe(const Limits& limits);

}  // namespace rialto::command
