// Bytes of browsers: frames, submitted forms, cookies, request targets. The first byte chooses
// which.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "actors/errors.h"
#include "gateway/client_frame.h"
#include "gateway/cookies.h"
#include "gateway/http_message.h"
#include "gateway/public_url.h"
#include "gateway/submit_form.h"
#include "gateway/words.h"

namespace {

using namespace rialto;

void check(bool truth) {
  if (!truth) std::abort();
}

void read_frame(std::string_view bytes) {
  const ClientFrame frame = parse_frame(bytes, 64);
  check((frame.kind == ClientFrame::Kind::bad) == !std::string_view(frame.code).empty());
  if (frame.kind != ClientFrame::Kind::send) return;
  check(frame.number > 0 && (frame.sender.empty() || is_sender(frame.sender)));
  const std::string data = frame.data.dump();
  check(nesting_of(data) < 64);
  check(Value::parse(data, 64).dump() == data);
}

void read_submit(std::string_view bytes) {
  const Limits limits;
  const Result<SubmittedForm> read = read_form(bytes, nullptr, limits.form_fields);
  if (!read) return;
  const SubmittedForm& form = *read;
  check(form.values.is_object());
  form.values.dump();  // throws on what is no UTF-8
  const auto frames = split_pending(form.pending, limits, limits.frame);
  if (!frames) return;
  check(frames->size() <= limits.pending);
  const auto pending = read_pending(*frames, limits.nesting);
  if (!pending) return;
  for (const PendingSend& send : *pending) check(send.number > 0 && is_sender(send.sender));
}

void read_headers(std::string_view bytes) {
  static const Words words;
  static const PublicUrl url = *PublicUrl::parse("https://lab.example.edu/exp");
  for (const std::string_view value : cookies_named(bytes, "rialto")) {
    check(value.size() <= bytes.size());
  }
  check(words.pick(bytes).words != nullptr);
  (void)path_of(bytes, "/exp");
  (void)url.allows_origin(bytes, bytes);
  (void)PublicUrl::parse(bytes);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  switch (data[0] % 3) {
    case 0:
      read_frame(bytes);
      break;
    case 1:
      read_submit(bytes);
      break;
    default:
      read_headers(bytes);
  }
  return 0;
}
