// Rooms: the page on which one waits for a session, and the way from it to a seat.
#include <spdlog/spdlog.h>

#include "gateway/forms.h"
#include "gateway/room_query.h"
#include "gateway/site.h"

namespace rialto {
namespace {

// What follows the room's address, so that the visitor is known there, too.
std::string query_of(const RoomQuery& said) {
  std::string query = said.welcomed ? "?welcome_page_ok=1" : "";
  if (said.label.empty()) return query;
  query += (query.empty() ? "?" : "&") + ("participant_label=" + encode_percent(said.label));
  if (!said.hash.empty()) query += "&hash=" + encode_percent(said.hash);
  return query;
}

}  // namespace

// /room/NAME, /room/NAME/ and /room/NAME/state. Only a POST takes a seat (rules.md 18).
void Site::handle_room(HttpRequest request, const Path& path, TimePoint now, Respond respond) {
  const SiteRoom* const room = content_.room(path[1]);
  const bool get = request.method == HttpRequest::Method::get;
  const bool state = path.size() == 3 && path[2] == "state" && get;
  const bool door = path.size() == 2 || (path.size() == 3 && path[2].empty());
  if (room == nullptr || (!state && !door)) return respond(message(request, 404, "not_found"));
  const RoomQuery said = read_room_query(request.query);
  const Standing standing = standing_of(said, *room, content_.links());
  if (get && !state && !said.welcomed && standing != Standing::needs_link) {
    try {
      const auto welcome = content_.welcome(*room, said);
      if (welcome) return respond(html(request, 200, *welcome));
    } catch (const std::exception& error) {
      spdlog::error("{}: {}", request.path, error.what());
      return respond(message(request, 500, "failed"));
    }
  }
  switch (standing) {
    case Standing::may_come:
      break;
    case Standing::asks_label:
      return respond(html(request, state ? 403 : 200, content_.room_label(*room, "")));
    case Standing::unknown_label:
      return respond(html(request, 403, content_.room_label(*room, said.label)));
    case Standing::needs_link:
      return respond(message(request, 403, "personal"));
  }
  VisitRoom visit;
  visit.room = room->name;
  visit.label = said.label;
  if (state) visit.visitor = said.label.empty() ? said.visitor : said.label;
  if (!get && said.label.empty()) visit.visitor = said.visitor;
  if (said.label.empty()) visit.participant = remembered_seat(request);
  visit.enter = !get;
  visit.request = wait_for(
      sessions_, {std::move(request), now, std::move(respond),
                  [this, room, state](const HttpRequest& asked, const SessionAnswer& answer) {
                    return state ? room_state(answer) : room_page(asked, answer, *room);
                  }});
  actors_.visit_room(std::move(visit));
}

HttpResponse Site::room_page(const HttpRequest& request, const SessionAnswer& answer,
                             const SiteRoom& room) const {
  const std::string here = content_.url("/room/" + room.name);
  const RoomQuery said = read_room_query(request.query);
  if (const Value* const code = answer.result.find("participant")) {
    const auto participant = code->as<std::string>();
    HttpResponse response = to_seat(participant);
    if (said.label.empty()) {  // otherwise the label says who it is
      response.headers.emplace_back("Set-Cookie", seat_cookie(participant, "/room/" + room.name));
    }
    return response;
  }
  if (answer.result.contains("failed")) return message(request, 500, "failed");
  if (answer.result.contains("full")) return message(request, 409, "full");
  const std::string query = query_of(said);
  if (request.method == HttpRequest::Method::post) return redirect(here + query);
  const auto is = answer.result["open"].as<bool>() ? SiteContent::RoomState::open
                                                   : SiteContent::RoomState::waiting;
  return html(request, 200, content_.room(room, is, here + query, here + "/state" + query));
}

HttpResponse Site::room_state(const SessionAnswer& answer) const {
  return {200,
          {{"Content-Type", "application/json"},
           {"Cache-Control", "no-store"},
           {"X-Content-Type-Options", "nosniff"}},
          Value{{"open", answer.result["open"]}}.dump()};
}

}  // namespace rialto
