// Asks the running server something over its control socket. Plain functions, used by commands on
// their only thread. Guarantee: an answer is the server's whole answer, or an Error with a
// sentence.
#pragma once

#include <filesystem>
#include <functional>
#include <string_view>

#include "actors/value.h"
#include "storage/result.h"

namespace rialto::command {

// The last line of the answer; where items came before it, its "result" is their list.
Result<Value> ask_server(const std::filesystem::path& data, const Value& request);
// What comes before the last line is bytes: piece by piece they go to `take`, which may refuse to
// go on.
Result<Value> ask_server_for_bytes(const std::filesystem::path& data, const Value& request,
                                   const std::function<Result<void>(std::string_view)>& take);

// For people by `print`, or for programs; the exit code.
int ask_and_print(const std::filesystem::path& data, const Value& request, bool json,
                  void (*print)(const Value& result));

}  // namespace rialto::command
