#include "apps/command/control_client.h"

#include <chrono>

#include "apps/command/control_socket.h"

namespace rialto::command {

Result<Value> ask_server(const std::filesystem::path& data, const Value& request) {
  return ask_server(data, request, [](const Value&) { return Result<void>(); });
}

Result<Value> ask_server(const std::filesystem::path& data, const Value& request,
                         const std::function<Result<void>(const Value&)>& take) {
  Result<ControlStream> stream = connect_to(data);
  if (!stream) return stream.error();
  stream->set_patience(std::chrono::seconds(60));
  if (auto sent = stream->write(request); !sent) return sent.error();
  while (true) {
    Result<Value> line = stream->read();
    if (!line) return line.error();
    if (line->contains("error")) {
      return Error{ErrorKind::invalid, (*line)["error"].as<std::string>()};
    }
    if (line->contains("done")) return line;
    if (auto taken = take(*line); !taken) return taken.error();
  }
}

}  // namespace rialto::command
