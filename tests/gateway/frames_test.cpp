// Frames as bytes, and the outbox they wait in.
#include "gateway/frames.h"

#include <doctest/doctest.h>

#include "gateway/client_frame.h"
#include "gateway/outbox.h"
#include "gateway/token_bucket.h"

using namespace rialto;
using Kind = ClientFrame::Kind;

namespace {

std::string message(std::uint64_t record, std::size_t size = 1) {
  std::string bytes;
  frames::append_message(bytes, record, 5000, std::string(size, '7'));
  return bytes;
}

std::string ack(std::uint64_t number) {
  std::string bytes;
  frames::append_ack(bytes, number, {});
  return bytes;
}

Outbox frame_box(Spares& spares) {
  Outbox outbox(spares);
  outbox.begin_frames();
  return outbox;
}

}  // namespace

TEST_CASE("a frame's header has the length that follows") {
  for (const std::size_t size : {1, 80, 84, 85, 200, 65'480, 65'500, 70'000}) {
    const std::string bytes = message(12, size) + message(13);
    const frames::View first = frames::first(bytes);
    CHECK(first.size == message(12, size).size());
    CHECK(first.record == 12);
    CHECK(frames::first(std::string_view(bytes).substr(first.size)).record == 13);
  }
  CHECK(message(12) == "\x81\x1f{\"record\":12,\"time\":5,\"data\":7}");
  CHECK(!frames::first(ack(3)).record);
}

TEST_CASE("an outbox sends in order and holds nothing when empty") {
  Spares spares;
  Outbox outbox = frame_box(spares);
  outbox.append(message(1));
  outbox.append(message(2));
  CHECK(outbox.waiting() == message(1) + message(2));
  outbox.sent(3);
  CHECK(outbox.waiting() == (message(1) + message(2)).substr(3));
  outbox.sent(outbox.size());
  CHECK(outbox.empty());
  outbox.close();
  outbox.append("dropped");
  CHECK(outbox.empty());
}

TEST_CASE("dropping messages keeps acknowledgements, what has partly gone, and one whole record") {
  Spares spares;
  for (std::size_t gone = 0; gone < message(4).size(); ++gone) {
    Outbox outbox = frame_box(spares);
    const std::string kept = message(4) + ack(1) + message(4);
    outbox.append(kept + message(5) + ack(2) + message(6));
    if (gone > 0) outbox.sent(gone);
    CHECK(outbox.drop_messages() == 4);
    CHECK(outbox.waiting() == (kept + ack(2)).substr(gone));
  }
}

TEST_CASE("without a waiting message there is none to drop") {
  Spares spares;
  Outbox outbox = frame_box(spares);
  outbox.append(message(4) + ack(1));
  outbox.sent(message(4).size() + 1);
  CHECK(!outbox.drop_messages());
  CHECK(outbox.waiting() == ack(1).substr(1));
}

TEST_CASE("an outbox that never runs empty forgets what has gone") {
  Spares spares;
  Outbox outbox = frame_box(spares);
  std::string expected;
  std::string got;
  for (std::uint64_t record = 1; record <= 2000; ++record) {
    outbox.append(message(record, 50));
    expected += message(record, 50);
    if (record < 3) continue;
    const std::size_t some = message(record, 50).size();
    got += outbox.waiting().substr(0, some);
    outbox.sent(some);
    CHECK(outbox.size() < 500);
  }
  got += outbox.waiting();
  CHECK(got == expected);
}

TEST_CASE("a send is understood however it is written") {
  for (const std::string text : {R"({"type":"send","n":12,"data":{"n":[1,"}"]}})",
                                 R"( { "data" : {"n":[1,"}"]} , "n" : 12 , "type" : "send" } )",
                                 R"({"type":"send","n":12,"data":{"n":[1,"}"]},"more":true})",
                                 R"({"type":"send","n":12,"data":0,"data":{"n":[1,"}"]}})"}) {
    const ClientFrame frame = parse_frame(text, 64);
    CHECK(frame.kind == Kind::send);
    CHECK(frame.number == 12);
    CHECK(frame.data.dump() == R"({"n":[1,"}"]})");
    CHECK(frame.sender.empty());
  }
  const ClientFrame resent =
      parse_frame(R"({"type":"send","n":1,"data":1,"sender":"abcdefgh","page":"auction/3-2"})", 64);
  CHECK(resent.sender == "abcdefgh");
  CHECK(resent.page == PageRef{3, 2});
  CHECK(resent.data == 1);
}

TEST_CASE("numbers and senders outside the grammar are bad frames") {
  for (const std::string text :
       {R"({"type":"send","n":01,"data":1})", R"({"type":"send","n":"1","data":1})",
        R"({"type":"send","n":99999999999999999999,"data":1})"}) {
    CHECK(parse_frame(text, 64).kind == Kind::bad);
  }
  CHECK(is_sender("abcDEF_-"));
  CHECK(is_sender("123456789012345"));
  CHECK(!is_sender("1234567"));
  CHECK(!is_sender("1234567890123456"));
  CHECK(!is_sender("12345678\""));
}

TEST_CASE("a rate limit lets through its burst, then its rate") {
  const TokenBucket::TimePoint start{};
  TokenBucket bucket(10, 3, start);
  for (int i = 0; i < 3; ++i) CHECK(bucket.take(start));
  CHECK(!bucket.take(start + std::chrono::milliseconds(50)));
  CHECK(bucket.take(start + std::chrono::milliseconds(110)));
  CHECK(!bucket.take(start + std::chrono::milliseconds(120)));
  int taken = 0;
  for (int i = 0; i < 10; ++i) taken += bucket.take(start + std::chrono::hours(1)) ? 1 : 0;
  CHECK(taken == 3);
}
