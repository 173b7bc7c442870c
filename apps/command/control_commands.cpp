// A request's "command" is one of the names in `commands` below. `export` answers with pieces
// (storage/export_pieces.h) before its last line.
#include "apps/command/control_commands.h"

#include <sys/resource.h>
#include <unistd.h>

#include <map>
#include <thread>

#include "actors/clock.h"
#include "storage/export_pieces.h"
#include "storage/rocks_store.h"

namespace rialto::command {
namespace {

constexpr int least_urgent = 19;  // nice

using Handler = std::function<Result<Value>(const Value& request, ControlStream& stream)>;

// The sessions go to the client as they are stored, and become tables there: the server reads them
// on a thread that runs when nobody else has something to do.
Result<Value> hand_over(const Store& store, const Value& request, ControlStream& stream) {
  const std::unique_ptr<Reader> moment = store.snapshot();
  const std::int64_t taken = SystemClock().now();
  ExportChoice choice;
  choice.code = request["code"].as<std::string>();
  choice.demo = request["demo"].as<bool>();
  choice.bots = request["bots"].as<bool>();
  const Personal personal =
      request["personal"].as<bool>() ? Personal::include : Personal::leave_out;
  const auto sessions = chosen_sessions(*moment, choice);
  if (!sessions) return sessions.error();
  const auto left_out = sessions_left_out(*moment, choice);
  if (!left_out) return left_out.error();
  Result<UnreadableUnits> written = UnreadableUnits();
  std::thread([&] {
    ::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), least_urgent);
    written = write_pieces(*moment, *sessions, personal,
                           [&](std::string_view piece) { return stream.write_bytes(piece); });
  }).join();
  if (!written) return written.error();
  Value unreadable = Value::empty_list();
  for (const auto& [unit, why] : *written) {
    unreadable.append({{"unit", static_cast<std::int64_t>(unit.value)}, {"why", why}});
  }
  return Value{{"lineage", store.lineage()},
               {"taken", taken},
               {"left_out", *left_out},
               {"unreadable", unreadable}};
}

// The client copies the checkpoint and then says that it has: the bytes of a backup do not go
// through the server.
Result<Value> begin_backup(RocksStore& store) {
  const std::int64_t taken = SystemClock().now();
  const auto checkpoint = store.checkpoint();
  if (!checkpoint) return checkpoint.error();
  return Value{
      {"checkpoint", checkpoint->string()}, {"lineage", store.lineage()}, {"taken", taken}};
}

Result<Value> end_backup(RocksStore& store, const Value& request) {
  auto released = store.release(request["checkpoint"].as<std::string>());
  if (!released) return released.error();
  return Value();
}

// A session at a time, however many there are.
Result<Value> list(SessionsDesk& desk, ControlStream& stream) {
  const auto listed = desk.list([&stream](const Value& session) {
    return stream.write({{"item", session}});
  });
  if (!listed) return listed.error();
  return Value::empty_list();
}

}  // namespace

ControlHandler control_commands(std::shared_ptr<SessionsDesk> desk, RocksStore& store,
                                std::string address) {
  const std::map<std::string, Handler> commands = {
      {"session create", [desk](const Value& request, auto&) { return desk->create(request); }},
      {"session show", [desk](const Value& request, auto&) { return desk->show(request); }},
      {"session close", [desk](const Value& request, auto&) { return desk->close(request); }},
      {"session reopen", [desk](const Value& request, auto&) { return desk->reopen(request); }},
      {"session advance", [desk](const Value& request, auto&) { return desk->advance(request); }},
      {"participant drop", [desk](const Value& request, auto&) { return desk->drop(request); }},
      {"session retry", [desk](const Value& request, auto&) { return desk->retry(request); }},
      {"session list", [desk](const Value&, ControlStream& stream) { return list(*desk, stream); }},
      {"room show", [desk](const Value& request, auto&) { return desk->show_room(request); }},
      {"room list", [desk](const Value&, auto&) { return desk->list_rooms(); }},
      {"room close", [desk](const Value& request, auto&) { return desk->close_room(request); }},
      {"backup begin", [&store](const Value&, auto&) { return begin_backup(store); }},
      {"backup end", [&store](const Value& request, auto&) { return end_backup(store, request); }},
      {"address",
       [address](const Value&, auto&) {
         return Value{{"address", address}};
       }},
      {"export", [&store](const Value& request,
                          ControlStream& stream) { return hand_over(store, request, stream); }},
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
