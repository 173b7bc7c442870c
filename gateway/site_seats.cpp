// How one comes to a seat without a link of one's own: the session-wide link, and the demo page.
#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <random>
#include <utility>

#include "gateway/cookies.h"
#include "gateway/forms.h"
#include "gateway/room_query.h"
#include "gateway/site.h"

namespace rialto {
namespace {

constexpr std::string_view seat_cookie_name = "rialto_seat";
constexpr std::string_view visitor_cookie_name = "rialto_visitor";
constexpr std::size_t visitor_length = 32;

// Nobody can guess it: who says it is led to the seat of who has it.
std::string fresh_visitor() {
  std::random_device draws;
  return fmt::format("{:08x}{:08x}{:08x}{:08x}", draws(), draws(), draws(), draws());
}

// As a browser is known before it has a seat; "" if it is not.
std::string visitor_of(const HttpRequest& request) {
  const auto cookies = cookies_named(request.cookie, visitor_cookie_name);
  const bool is_one = !cookies.empty() && cookies.front().size() == visitor_length;
  return is_one ? std::string(cookies.front()) : std::string();
}

}  // namespace

void Site::handle_join(HttpRequest request, const Path& path, TimePoint now, Respond respond) {
  const std::string& session = path[1];
  if (!content_.links().is_session_key(session, path[2])) {
    return respond(message(request, 404, "not_found"));
  }
  const RoomQuery said = read_room_query(request.query);
  const std::string& label = said.label;
  if (!label.empty() && !is_label(label)) {
    return respond(plain(400, wrong_label));
  }
  if (request.method == HttpRequest::Method::get) {
    return respond(join_page(request, path, label));
  }
  // Who has pressed the button before in this browser keeps the seat.
  if (const std::string code = remembered_seat(request); !code.empty() && label.empty()) {
    return respond(to_seat(code));
  }
  std::string visitor = visitor_of(request);
  if (visitor.empty()) visitor = said.visitor;
  const std::uint64_t id =
      wait_for(sessions_, {std::move(request), now, std::move(respond),
                           [this, session](const HttpRequest& asked, const SessionAnswer& answer) {
                             return seat(asked, answer, session);
                           }});
  actors_.claim_seat({id, session, label, label.empty() ? visitor : std::string()});
}

// A button may be pressed twice before the first answer is there, also in two windows: the page
// names its browser, in its form and by a cookie, and one visitor has one seat.
HttpResponse Site::join_page(const HttpRequest& request, const Path& path,
                             const std::string& label) const {
  const std::string here = content_.url("/join/" + path[1] + "/" + path[2]);
  if (!label.empty()) {
    return html(request, 200, content_.join(here + "?participant_label=" + encode_percent(label)));
  }
  const std::string known = visitor_of(request);
  const std::string visitor = known.empty() ? fresh_visitor() : known;
  HttpResponse response = html(request, 200, content_.join(here + "?visitor=" + visitor));
  if (known.empty() && !content_.has_demo()) {  // in a demo one browser plays everybody
    response.headers.emplace_back(
        "Set-Cookie", session_cookie(visitor_cookie_name, visitor, content_.url("/join/" + path[1]),
                                     content_.links().url().scheme));
  }
  return response;
}

HttpResponse Site::seat(const HttpRequest& request, const SessionAnswer& answer,
                        const std::string& session) const {
  if (!answer.error.empty()) {
    return html(request, 409, content_.message("full", answer.error));
  }
  if (answer.result.contains("closed")) return message(request, 410, "closed");
  if (answer.result.contains("failed")) return message(request, 500, "failed");
  const auto code = answer.result["participant"].as<std::string>();
  HttpResponse response = to_seat(code);
  if (!content_.has_demo()) {  // in a demo one browser plays everybody
    response.headers.emplace_back("Set-Cookie", seat_cookie(code, "/join/" + session));
  }
  return response;
}

// The participant whose seat this browser has taken at this address; "" if there is none. The first
// cookie counts: browsers send the one of the longest path first (RFC 6265).
std::string Site::remembered_seat(const HttpRequest& request) const {
  const auto cookies = cookies_named(request.cookie, seat_cookie_name);
  if (cookies.empty()) return {};
  const std::string_view taken = cookies.front();
  const std::size_t dot = std::min(taken.find('.'), taken.size());
  std::string code(taken.substr(0, dot));
  const std::string_view key = taken.substr(std::min(dot + 1, taken.size()));
  return content_.links().is_participant_key(code, key) ? code : std::string();
}

std::string Site::seat_cookie(const std::string& code, const std::string& path) const {
  return session_cookie(seat_cookie_name, code + "." + content_.links().participant_key(code),
                        content_.url(path), content_.links().url().scheme);
}

HttpResponse Site::to_seat(const std::string& code) const {
  return redirect(content_.url("/p/" + code + "/" + content_.links().participant_key(code)));
}

// -- the demo page ------------------------------------------------------------------------------

void Site::handle_demo(HttpRequest request, const Path& path, TimePoint now, Respond respond) {
  const bool get = request.method == HttpRequest::Method::get;
  if (path.size() == 1 && path[0].empty() && get)
    return respond(html(request, 200, content_.demo()));
  if (path.size() != 2 || (!get && !content_.config(path[1]))) {
    return respond(message(request, 404, "not_found"));
  }
  const std::uint64_t id =
      wait_for(sessions_,
               {std::move(request), now, std::move(respond),
                [this, get](const HttpRequest& asked, const SessionAnswer& answer) {
                  if (!answer.error.empty()) {
                    return html(asked, get ? 404 : 503,
                                content_.message(get ? "not_found" : "busy", answer.error));
                  }
                  if (get) return html(asked, 200, content_.demo_session(answer.result));
                  return redirect(content_.url("/demo/" + answer.result["code"].as<std::string>()));
                }});
  if (get) {
    actors_.describe_sessions({id, path[1], true});
  } else {
    actors_.create_session({id, path[1], 0, true, {}, {}, {}});
  }
}

}  // namespace rialto
