#include "gateway/site.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <utility>

#include "gateway/cookies.h"
#include "gateway/forms.h"
#include "gateway/room_query.h"

namespace rialto {
namespace {

using Method = HttpRequest::Method;

constexpr std::chrono::seconds answer_within{15};
constexpr std::chrono::seconds health_within{3};
constexpr std::string_view participant_cookie_name = "rialto";

// "/a/b/" is a, b and an empty last part.
std::vector<std::string> split(std::string_view path) {
  std::vector<std::string> parts;
  if (path.starts_with('/')) path.remove_prefix(1);
  for (;;) {
    const std::size_t slash = path.find('/');
    parts.emplace_back(path.substr(0, slash));
    if (slash == path.npos) return parts;
    path.remove_prefix(slash + 1);
  }
}

bool is_code(std::string_view text) {
  return !text.empty() && text.size() <= 64 && std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-';
  });
}

}  // namespace

// -- what may be sent
// --------------------------------------------------------------------------------

Entry Site::enter(HttpRequest& head, BodyLength body, TimePoint now) {
  const Path path = split(head.path);
  if (head.method == Method::other) return {plain(405, "GET and POST are what there is\n"), {}};
  const bool post = head.method == Method::post;
  if (post && !origin_allowed(head)) return {message(head, 403, "forbidden"), {}};
  if (body.unknown) return {plain(411, "a body comes with its Content-Length\n"), {}};
  if (post && path.size() == 5 && path[0] == "p" && is_code(path[1])) {
    return enter_form(head, path[1], body, now);
  }
  if (body.bytes > limits_.small_body) return {plain(413, "this takes no such body\n"), {}};
  return {};
}

void Site::handle(HttpRequest request, TimePoint now, Respond respond) {
  const Path path = split(request.path);
  if (path[0] == "p" && path.size() >= 2 && is_code(path[1])) {
    return handle_participant(std::move(request), path, now, std::move(respond));
  }
  if (path[0] == "join" && path.size() == 3 && is_code(path[1])) {
    return handle_join(std::move(request), path, now, std::move(respond));
  }
  if (path[0] == "room" && path.size() >= 2) {
    return handle_room(std::move(request), path, now, std::move(respond));
  }
  if (path[0] == "static") return respond(static_file(request, path));
  if (path[0] == "health" && path.size() == 1) {
    return health(std::move(request), now, std::move(respond));
  }
  if (content_.has_demo() && ((path[0].empty() && path.size() == 1) || path[0] == "demo")) {
    return handle_demo(std::move(request), path, now, std::move(respond));
  }
  respond(message(request, 404, "not_found"));
}

// Good if the groups can run and what they do becomes durable; no answer is one, too.
void Site::health(HttpRequest request, TimePoint now, Respond respond) {
  const TimePoint since = now - (answer_within - health_within);
  const std::uint64_t id = wait_for(
      sessions_, {std::move(request), since, std::move(respond),
                  [](const HttpRequest&, const SessionAnswer&) { return plain(200, "ok\n"); }});
  actors_.ask_health({id});
}

// -- participants -------------------------------------------------------------------------------

void Site::handle_participant(HttpRequest request, const Path& path, TimePoint now,
                              Respond respond) {
  const std::string& code = path[1];
  if (path.size() == 3 && path[2] == "live") return respond(plain(426, "this is a WebSocket\n"));
  const bool is_current = path.size() == 2 || (path.size() == 3 && path[2].empty());
  const bool get = request.method == Method::get;
  if (path.size() == 3 && !is_current && get) return respond(sign_in(request, code, path[2]));
  if ((!is_current && path.size() != 5) || (is_current && !get)) {
    return respond(message(request, 404, "not_found"));
  }
  if (!may_play(request, code)) return respond(message(request, 403, "forbidden"));
  if (!get) return submit(std::move(request), path, now, std::move(respond));
  const std::string wanted = is_current ? std::string() : path[2] + "/" + path[3] + "/" + path[4];
  std::string label = is_current ? read_room_query(request.query).label : std::string();
  if (!label.empty() && !is_label(label)) return respond(plain(400, wrong_label));
  const std::uint64_t id =
      wait_for(pages_, {std::move(request), now, std::move(respond),
                        [this, code, wanted](const HttpRequest& asked, const PageAnswer& answer) {
                          return current_page(asked, answer, code, wanted);
                        }});
  actors_.open_page({id, code, std::move(label)});
}

// The page, if it is the wanted one, otherwise the way to it.
HttpResponse Site::current_page(const HttpRequest& request, const PageAnswer& answer,
                                const std::string& code, const std::string& wanted) const {
  switch (answer.status) {
    case PageStatus::page:
      break;
    case PageStatus::finished:
      if (wanted.empty() && request.method == Method::get) {
        return html(request, 200, content_.finished(answer.view));
      }
      return redirect(content_.url("/p/" + code + "/"));
    case PageStatus::not_found:
      return message(request, 404, "not_found");
    case PageStatus::closed:
      return message(request, 410, "closed");
    case PageStatus::dropped:
      return message(request, 410, "dropped");
    case PageStatus::failed:
      return message(request, 500, "failed");
    case PageStatus::busy:
      return message(request, 503, "busy");
  }
  const PageView& view = answer.view;
  const std::string current = view.app + "/" + view.page + "/" + to_string(view.ref);
  if (current != wanted) return redirect(content_.url("/p/" + code + "/" + current));
  return html(request, 200, content_.page(code, view));
}

HttpResponse Site::sign_in(const HttpRequest& request, const std::string& code,
                           const std::string& key) const {
  if (!content_.links().is_participant_key(code, key)) return message(request, 403, "forbidden");
  const std::string label = read_room_query(request.query).label;
  if (!label.empty() && !is_label(label)) return plain(400, wrong_label);
  std::string query = label.empty() ? "" : "?participant_label=" + encode_percent(label);
  HttpResponse response = redirect(content_.url("/p/" + code + "/") + query);
  response.headers.emplace_back("Set-Cookie", participant_cookie(code, key));
  return response;
}

std::string Site::participant_cookie(const std::string& code, const std::string& key) const {
  return session_cookie(participant_cookie_name, key, content_.url("/p/" + code),
                        content_.links().url().scheme);
}

bool Site::may_play(const HttpRequest& request, const std::string& code) const {
  return request.known == code || content_.links().has_participant_key(
                                      code, cookies_named(request.cookie, participant_cookie_name));
}

bool Site::origin_allowed(const HttpRequest& request) const {
  return request.origin.empty() ||
         content_.links().url().allows_origin(request.origin, request.host);
}

Admission Site::admit(const HttpRequest& request, TimePoint now) {
  const Path path = split(request.path);
  Admission admission;
  if (path.size() != 3 || path[0] != "p" || path[2] != "live" || !is_code(path[1])) {
    admission.status = 404;
  } else if (!origin_allowed(request)) {
    admission.status = 403;
  } else if (!may_play(request, path[1])) {
    admission.close = frames::Close::no_cookie;
  } else if (!uses_.of(path[1], now)->requests().take(now)) {
    admission.status = 429;
  } else {
    admission.participant = path[1];
  }
  return admission;
}

// -- answers that are waited for -----------------------------------------------------------------

template <class Answer>
void Site::answer(Table<Answer>& table, const Answer& answer) {
  auto entry = table.extract(answer.request);
  if (entry.empty()) return;  // it came too late
  const Waiting<Answer>& waiting = entry.mapped();
  HttpResponse response;
  try {
    response = waiting.finish(waiting.request, answer);
  } catch (const std::exception& error) {  // a page's text that is not UTF-8, say
    spdlog::error("{}: {}", waiting.request.path, error.what());
    response = message(waiting.request, 500, "failed");
  }
  waiting.respond(std::move(response));
}

template <class Answer>
void Site::give_up_waiting(Table<Answer>& table, TimePoint now) {
  std::vector<Waiting<Answer>> late;
  std::erase_if(table, [&](auto& entry) {
    if (now - entry.second.since < answer_within) return false;
    late.push_back(std::move(entry.second));
    return true;
  });
  for (const Waiting<Answer>& waiting : late) {
    waiting.respond(message(waiting.request, 503, "busy"));
  }
}

void Site::answered(PageAnswer reply) { answer(pages_, reply); }

void Site::answered(SessionAnswer reply) { answer(sessions_, reply); }

void Site::sweep(TimePoint now) {
  give_up_waiting(pages_, now);
  give_up_waiting(sessions_, now);
}

}  // namespace rialto
