#include "gateway/submit_form.h"

#include <utility>

#include "actors/errors.h"
#include "gateway/client_frame.h"
#include "gateway/forms.h"

namespace rialto {
namespace {

// pending := "" | JSON list of `send` frames, each with its sender and page
std::vector<PendingSend> parse_pending(std::string_view text, std::size_t max_nesting) {
  std::vector<PendingSend> pending;
  if (text.empty()) return pending;
  constexpr auto largest_number = std::int64_t{1} << 53U;
  for (const Value& item : Value::parse(text, max_nesting + 1)) {
    PendingSend send{item["sender"].as<std::string>(), 0, item["page"].as<std::string>(),
                     item["data"]};
    const auto number = item["n"].as<std::int64_t>();
    PageRef page;
    if (!is_sender(send.sender) || number < 1 || number >= largest_number ||
        !parse_page(send.page, page)) {
      throw BadMessage("a pending send with a wrong sender, n or page");
    }
    send.number = static_cast<std::uint64_t>(number);
    pending.push_back(std::move(send));
  }
  return pending;
}

}  // namespace

Result<SubmitPage> parse_submit(std::string_view body, std::size_t max_nesting) {
  SubmitPage submit;
  submit.values = Value::object();
  try {
    for (auto& [name, value] : parse_form(body)) {
      if (name == "rialto_pending") {
        if (submit.pending.empty()) submit.pending = parse_pending(value, max_nesting);
      } else if (name == "timeout_happened") {
        submit.timed_out = value == "1";
      } else if (!submit.values.contains(name)) {
        submit.values.set(name, std::move(value));
      }
    }
  } catch (const BadMessage& error) {
    return Error{ErrorKind::invalid, error.what()};
  }
  return submit;
}

}  // namespace rialto
