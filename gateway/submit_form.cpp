// pending := "" | JSON list of `send` frames, each with its sender and page
#include "gateway/submit_form.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include "gateway/client_frame.h"
#include "gateway/forms.h"
#include "gateway/json_skim.h"

namespace rialto {

Result<SubmittedForm> read_form(std::string_view body, const FieldNames* asked, std::size_t most) {
  SubmittedForm form;
  FieldNames seen;
  bool is_text = true;
  each_field(body, [&](std::string_view raw_name, std::string_view raw_value) {
    std::string name = decode_field(raw_name);
    const bool is_pending = name == "rialto_pending";
    const bool is_time = name == "timeout_happened";
    const bool is_draft = name == "rialto_draft";
    const bool is_own = is_pending || is_time || is_draft;
    const bool wanted = is_own || (asked ? asked->contains(name) : seen.size() < most);
    if (!wanted || !seen.insert(name).second) return;
    std::optional<std::string> read = read_field(raw_value);
    is_text = is_text && read;
    if (!read) return;
    std::string& value = *read;
    if (is_pending) {
      form.pending = std::move(value);
    } else if (is_time) {
      form.timed_out = value == "1";
    } else if (is_draft) {
      std::from_chars(value.data(), value.data() + value.size(), form.draft);
    } else {
      form.values.set(name, std::move(value));
    }
  });
  if (!is_text) {
    return Error{ErrorKind::invalid, "a form is text in UTF-8, percent-encoded; this one is not"};
  }
  return form;
}

Result<std::vector<std::string_view>> split_pending(std::string_view pending, const Limits& limits,
                                                    std::size_t frame) {
  if (pending.empty()) return std::vector<std::string_view>();
  auto frames = skim_items(pending, limits.pending);
  if (!frames) {
    return Error{ErrorKind::invalid, "rialto_pending is a list of at most " +
                                         std::to_string(limits.pending) + " sends"};
  }
  const auto too_large = [frame](std::string_view each) { return each.size() > frame; };
  if (std::ranges::any_of(*frames, too_large)) {
    return Error{ErrorKind::invalid,
                 "a pending send is at most " + std::to_string(frame) + " bytes large"};
  }
  return *std::move(frames);
}

Result<std::vector<PendingSend>> read_pending(const std::vector<std::string_view>& frames,
                                              std::size_t max_nesting) {
  std::vector<PendingSend> pending;
  for (const std::string_view each : frames) {
    ClientFrame frame = parse_frame(each, max_nesting);
    if (frame.kind == ClientFrame::Kind::bad) {
      return Error{ErrorKind::invalid, "a pending send: " + frame.message};
    }
    if (frame.kind != ClientFrame::Kind::send || frame.sender.empty()) {
      return Error{ErrorKind::invalid, "a pending send without type, sender and page"};
    }
    pending.push_back({std::move(frame.sender), frame.number,
                       frame.app + "/" + to_string(frame.page), std::move(frame.data)});
  }
  return pending;
}

}  // namespace rialto
