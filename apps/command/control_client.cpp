#include "apps/command/control_client.h"

#include <chrono>

#include "apps/command/commands.h"
#include "apps/command/control_socket.h"
#include "apps/command/exit_code.h"
#include "apps/command/progress_line.h"
#include "apps/command/say.h"

namespace rialto::command {

namespace {
constexpr int asked_at_most = 6;
}

// What has a key is done once however often it is asked: also if the server ends before it answers,
// for a game has crashed it, and is there again.
Result<Value> ask_server(const std::filesystem::path& data, const Value& request) {
  const bool has_key = !request.get("key", "").empty();
  for (int asked = 1;; ++asked) {
    auto answer =
        ask_server_for_bytes(data, request, [](std::string_view) { return Result<void>(); });
    const bool is_lost = !answer && answer.error().kind == ErrorKind::unavailable;
    if (!is_lost || !has_key || asked == asked_at_most) return answer;
  }
}

Result<Value> ask_server_for_bytes(const std::filesystem::path& data, const Value& request,
                                   const std::function<Result<void>(std::string_view)>& take) {
  Result<ControlStream> stream = connect_to(data);
  if (!stream) return stream.error();
  stream->set_patience(std::chrono::seconds(60));
  if (auto sent = stream->write(request); !sent) return sent.error();
  ProgressLine progress("waiting for the server");
  Value items = Value::empty_list();
  std::size_t received = 0;
  while (true) {
    Result<Value> line = stream->read();
    if (!line) return line.error();
    if (line->contains("error")) {
      return Error{ErrorKind::invalid, (*line)["error"].as<std::string>()};
    }
    if (line->contains("done")) {
      if (!items.empty()) line->set("result", std::move(items));
      return line;
    }
    if (const Value* const item = line->find("item")) {
      items.append(*item);
      continue;
    }
    const auto bytes = stream->read_bytes((*line)["bytes"].as<std::int64_t>());
    if (!bytes) return bytes.error();
    if (auto taken = take(*bytes); !taken) return taken.error();
    received += bytes->size();
    progress.reach(std::to_string(received >> 20U) + " MiB received");
  }
}

int ask_and_print(const std::filesystem::path& data, const Value& request, bool json,
                  void (*print)(const Value& result)) {
  const Result<Value> answer = ask_server(data, request);
  if (!answer) return fail(answer.error());
  const Value& result = (*answer)["result"];
  if (json) {
    say_json(result);
  } else {
    print(result);
  }
  return exit_done;
}

}  // namespace rialto::command
