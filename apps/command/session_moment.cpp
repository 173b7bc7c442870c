#include "apps/command/session_moment.h"

#include <utility>

#include "actors/clock.h"
#include "actors/value.h"
#include "apps/command/control_client.h"
#include "storage/export_pieces.h"
#include "storage/memory_store.h"
#include "storage/rocks_store.h"

namespace rialto::command {
namespace {

Result<SessionMoment> ask_for_sessions(const std::string& data, const ExportChoice& choice,
                                       Personal personal) {
  SessionMoment moment;
  moment.store = std::make_unique<MemoryStore>();
  const Value request{{"command", "export"},
                      {"code", choice.code},
                      {"demo", choice.demo},
                      {"bots", choice.bots},
                      {"personal", personal == Personal::include}};
  const auto take = [&](std::string_view piece) { return read_piece(piece, *moment.store); };
  auto answer = ask_server_for_bytes(data, request, take);
  if (!answer) return answer.error();
  const Value& result = (*answer)["result"];
  moment.reader = moment.store->snapshot();
  moment.lineage = result["lineage"].as<std::string>();
  moment.taken = result["taken"].as<std::int64_t>();
  for (const Value& each : result["unreadable"]) {
    moment.unreadable[UnitId{each["unit"].as<std::uint64_t>()}] = each["why"].as<std::string>();
  }
  moment.left_out = result.get("left_out", "");
  return moment;
}

Result<SessionMoment> open_folder(const std::string& data, const ExportChoice& choice) {
  auto store = RocksStore::open(data, {.access = Access::read_only});
  if (!store) return store.error();
  SessionMoment moment;
  moment.store = std::move(*store);
  moment.reader = moment.store->snapshot();
  moment.lineage = moment.store->lineage();
  moment.taken = SystemClock().now();
  auto left_out = sessions_left_out(*moment.reader, choice);
  if (!left_out) return left_out.error();
  moment.left_out = std::move(*left_out);
  return moment;
}

}  // namespace

Result<SessionMoment> moment_of(const std::string& data, const ExportChoice& choice,
                                Personal personal) {
  auto moment = ask_for_sessions(data, choice, personal);
  if (moment || moment.error().kind != ErrorKind::not_found) return moment;
  return open_folder(data, choice);
}

}  // namespace rialto::command
