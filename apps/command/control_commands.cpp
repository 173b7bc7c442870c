// A request's "command" is one of the names in `commands` below. `export` answers
// {"file": NAME, "text": PIECE}* before its last line; pieces of several files may come in turns.
#include "apps/command/control_commands.h"

#include <map>

#include "apps/command/stored_session.h"
#include "storage/export.h"

namespace rialto::command {
namespace {

using Handler = std::function<Result<Value>(const Value& request, ControlStream& stream)>;

class StreamSink final : public ExportSink {
 public:
  explicit StreamSink(ControlStream& stream) : stream_(stream) {}

  Result<void> append(const std::string& file, std::string_view bytes) override {
    return stream_.write({{"file", file}, {"text", bytes}});
  }

 private:
  ControlStream& stream_;
};

Result<Value> export_to(const Store& store, const Value& request, ControlStream& stream) {
  const std::unique_ptr<Reader> moment = store.snapshot();
  const auto number = session_number(*moment, request["code"].as<std::string>());
  if (!number) return number.error();
  StreamSink sink(stream);
  const Result<Manifest> manifest = export_session(*moment, *number, sink);
  if (!manifest) return manifest.error();
  return describe(*manifest);
}

}  // namespace

Value describe(const Manifest& manifest) {
  Value files = Value::empty_list();
  for (const ExportedFile& file : manifest.files) {
    files.append({{"name", file.name}, {"rows", file.rows}});
  }
  return {{"code", manifest.code},
          {"groups", manifest.groups},
          {"records", manifest.records},
          {"newest", manifest.newest},
          {"files", std::move(files)}};
}

ControlHandler control_commands(std::shared_ptr<SessionsDesk> desk, const Store& store) {
  const std::map<std::string, Handler> commands = {
      {"session create", [desk](const Value& request, auto&) { return desk->create(request); }},
      {"session show", [desk](const Value& request, auto&) { return desk->show(request); }},
      {"session close", [desk](const Value& request, auto&) { return desk->close(request); }},
      {"session retry", [desk](const Value& request, auto&) { return desk->retry(request); }},
      {"session list", [desk](const Value&, auto&) { return desk->list(); }},
      {"export", [&store](const Value& request,
                          ControlStream& stream) { return export_to(store, request, stream); }},
  };
  return [commands](const Value& request, ControlStream& stream) {
    const auto found = commands.find(request["command"].as<std::string>());
    const Result<Value> result =
        found != commands.end()
            ? found->second(request, stream)
            : Error{ErrorKind::invalid, "this server knows no such command; is it older?"};
    const Value last = result ? Value{{"done", true}, {"result", *result}}
                              : Value{{"error", result.error().message}};
    (void)stream.write(last);  // a client that has gone needs no answer
  };
}

}  // namespace rialto::command
