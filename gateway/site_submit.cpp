// What participants' pages hand in: whether it may come, what it says, where it leads.
#include <utility>

#include "gateway/chat_envelope.h"
#include "gateway/site.h"
#include "gateway/submit_form.h"

namespace rialto {

Entry Site::enter_form(HttpRequest& head, const std::string& code, BodyLength body, TimePoint now) {
  if (!may_play(head, code)) return {message(head, 403, "forbidden"), {}};
  head.known = code;
  if (!head.content_type.starts_with("application/x-www-form-urlencoded")) {
    return {plain(415, "a page is submitted as application/x-www-form-urlencoded\n"), {}};
  }
  if (body.bytes > limits_.body) {
    return {plain(413, "a form is at most " + std::to_string(limits_.body) + " bytes large\n"), {}};
  }
  const auto bytes = static_cast<std::size_t>(body.bytes);
  std::shared_ptr<ParticipantUse> use = uses_.of(code, now);
  const double cost = 1 + static_cast<double>(bytes / limits_.request_unit);
  if (!use->requests().take(now, cost) || !use->reserve_body(bytes)) return {too_many(head), {}};
  return {std::nullopt, BodyShare(std::move(use), bytes)};
}

HttpResponse Site::too_many(const HttpRequest& request) const {
  HttpResponse response = message(request, 429, "busy");
  response.headers.emplace_back("Retry-After", "1");
  return response;
}

// What the page's form carries; `invalid` if that makes no sense, `unavailable` if it is too much
// for now.
Result<SubmitPage> Site::read_submit(HttpRequest& request, const Path& path, TimePoint now) {
  const std::string& code = path[1];
  const SiteApp* const app = content_.app(path[2]);
  const FieldNames* asked = nullptr;
  if (app && app->fields.contains(path[3])) asked = &app->fields.at(path[3]);
  Result<SubmittedForm> read = read_form(request.body, asked, limits_.form_fields);
  request.body = {};
  if (!read) return read.error();
  SubmittedForm& form = *read;
  if (form.draft != 0) form.pending.clear();
  const auto frames = split_pending(form.pending, limits_, content_.message_bytes(path[2]));
  if (!frames) return frames.error();
  const std::size_t sends = frames->size() + form.pending.size() / limits_.send_unit;
  if (sends > 0 && !uses_.of(code, now)->sends().take_on_credit(now, static_cast<double>(sends))) {
    return Error{ErrorKind::unavailable, "too many sends"};
  }
  auto pending = read_pending(*frames, limits_.nesting);
  if (!pending) return pending.error();
  SubmitPage submit;
  for (PendingSend& send : *pending) {
    PageRef sent_from;
    if (!parse_page(send.page, sent_from)) continue;
    send.data = checked_chat(content_.links(), code, sent_from, std::move(send.data));
  }
  submit.participant = code;
  submit.app = path[2];
  submit.pending = *std::move(pending);
  submit.values = std::move(form.values);
  submit.timed_out = form.timed_out;
  submit.draft = form.draft;
  return submit;
}

void Site::submit(HttpRequest request, const Path& path, TimePoint now, Respond respond) {
  PageRef page;
  if (!parse_page(path[4], page)) return respond(message(request, 404, "not_found"));
  const std::size_t bytes = request.body.size();
  Result<SubmitPage> submit = read_submit(request, path, now);
  if (!submit && submit.error().kind == ErrorKind::unavailable) return respond(too_many(request));
  if (!submit) return respond(plain(400, submit.error().message + "\n"));
  const bool is_draft = submit->draft != 0;
  if (is_draft && bytes > limits_.draft) {
    return respond(plain(413, "what is not handed in yet is kept up to " +
                                  std::to_string(limits_.draft) + " bytes\n"));
  }
  const std::string from = path[2] + "/" + path[3] + "/" + path[4];
  const std::uint64_t id = wait_for(
      pages_,
      {std::move(request), now, std::move(respond),
       [this, code = path[1], from, is_draft](const HttpRequest& asked, const PageAnswer& answer) {
         const bool is_there =
             answer.status == PageStatus::page || answer.status == PageStatus::finished;
         if (is_draft && is_there) return HttpResponse{204, {}, {}};
         const bool refused = !answer.view.form_error.empty();
         return current_page(asked, answer, code, refused ? from : std::string());
       }});
  submit->request = id;
  submit->page = page;
  actors_.submit_page(*std::move(submit));
}

}  // namespace rialto
