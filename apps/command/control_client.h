// Asks the running server something over its control socket. Plain functions, used by commands on
// their only thread. Guarantee: an answer is the server's whole answer, or an Error with a
// sentence.
#pragma once

#include <filesystem>
#include <functional>

#include "actors/value.h"
#include "storage/result.h"

namespace rialto::command {

// The last line of the answer.
Result<Value> ask_server(const std::filesystem::path& data, const Value& request);
// Each line before the last goes to `take`, which may refuse to go on.
Result<Value> ask_server(const std::filesystem::path& data, const Value& request,
                         const std::function<Result<void>(const Value&)>& take);

}  // namespace rialto::command
