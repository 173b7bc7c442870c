// The addresses of gateway/README.md: who may have what, and what to answer. Asks the actors for
// pages and sessions and answers when they do. Owned by an IoThread, used on it alone. Guarantees:
// every request gets exactly one response, within `answer_within`; what belongs to a participant is
// shown only to who has the participant's cookie, which is checked once a request; a request that
// is not wanted is refused before its body is read.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "actors/limits.h"
#include "gateway/actors_port.h"
#include "gateway/frames.h"
#include "gateway/http_message.h"
#include "gateway/participant_use.h"
#include "gateway/site_content.h"
#include "storage/result.h"

namespace rialto {

// Whether a WebSocket may open, and for whom.
struct Admission {
  int status = 101;  // otherwise the HTTP status of the refusal
  std::string participant;
  std::optional<frames::Close> close;  // to be accepted, then closed with this
};

// What the head of a request is worth, before its body is read.
struct Entry {
  std::optional<HttpResponse> refusal;
  BodyShare body;  // the participant's, as long as the request is read and answered
};

class Site {
 public:
  using TimePoint = std::chrono::steady_clock::time_point;
  using Respond = std::function<void(HttpResponse)>;

  // What a request says of the length of its body.
  struct BodyLength {
    std::uint64_t bytes = 0;
    bool unknown = false;  // it is coded so that its end shows only in it
  };

  // All outlive the site.
  Site(const SiteContent& content, Actors& actors, const Limits& limits, ParticipantUses& uses)
      : content_(content), actors_(actors), limits_(limits), uses_(uses) {}

  const std::string& prefix() const { return content_.links().url().prefix; }
  // Of a request without its body; notes in it who it is from.
  Entry enter(HttpRequest& head, BodyLength body, TimePoint now);
  // `respond` is called once, now or later.
  void handle(HttpRequest request, TimePoint now, Respond respond);
  Admission admit(const HttpRequest& request, TimePoint now);

  void answered(PageAnswer answer);
  void answered(SessionAnswer answer);
  // Answers for actors that did not.
  void sweep(TimePoint now);

 private:
  using Path = std::vector<std::string>;
  template <class Answer>
  struct Waiting {
    HttpRequest request;
    TimePoint since;
    Respond respond;
    std::function<HttpResponse(const HttpRequest&, const Answer&)> finish;
  };
  template <class Answer>
  using Table = std::unordered_map<std::uint64_t, Waiting<Answer>>;

  void health(HttpRequest request, TimePoint now, Respond respond);
  void handle_participant(HttpRequest request, const Path& path, TimePoint now, Respond respond);
  void handle_join(HttpRequest request, const Path& path, TimePoint now, Respond respond);
  HttpResponse join_page(const HttpRequest& request, const Path& path,
                         const std::string& label) const;
  void handle_room(HttpRequest request, const Path& path, TimePoint now, Respond respond);
  void handle_demo(HttpRequest request, const Path& path, TimePoint now, Respond respond);
  Entry enter_form(HttpRequest& head, const std::string& code, BodyLength body, TimePoint now);
  HttpResponse too_many(const HttpRequest& request) const;
  Result<SubmitPage> read_submit(HttpRequest& request, const Path& path, TimePoint now);
  void submit(HttpRequest request, const Path& path, TimePoint now, Respond respond);
  HttpResponse sign_in(const HttpRequest& request, const std::string& code,
                       const std::string& key) const;
  HttpResponse static_file(const HttpRequest& request, const Path& path) const;

  HttpResponse current_page(const HttpRequest& request, const PageAnswer& answer,
                            const std::string& code, const std::string& wanted) const;
  HttpResponse seat(const HttpRequest& request, const SessionAnswer& answer,
                    const std::string& session) const;
  std::string remembered_seat(const HttpRequest& request) const;
  std::string seat_cookie(const std::string& code, const std::string& path) const;
  HttpResponse to_seat(const std::string& code) const;
  HttpResponse room_page(const HttpRequest& request, const SessionAnswer& answer,
                         const SiteRoom& room) const;
  HttpResponse room_state(const SessionAnswer& answer) const;
  std::string content_policy(const HttpRequest& request) const;
  HttpResponse html(const HttpRequest& request, int status, std::string document) const;
  HttpResponse message(const HttpRequest& request, int status, std::string_view name) const;

  bool may_play(const HttpRequest& request, const std::string& code) const;
  bool origin_allowed(const HttpRequest& request) const;
  std::string participant_cookie(const std::string& code, const std::string& key) const;

  template <class Answer>
  void answer(Table<Answer>& table, const Answer& answer);
  template <class Answer>
  void give_up_waiting(Table<Answer>& table, TimePoint now);
  template <class Answer>
  std::uint64_t wait_for(Table<Answer>& table, Waiting<Answer> waiting) {
    table.emplace(++last_request_, std::move(waiting));
    return last_request_;
  }

  const SiteContent& content_;
  Actors& actors_;
  const Limits& limits_;
  ParticipantUses& uses_;
  std::uint64_t last_request_ = 0;
  Table<PageAnswer> pages_;
  Table<SessionAnswer> sessions_;
};

}  // namespace rialto
