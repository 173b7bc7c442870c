#include "apps/load/wire.h"

#include <doctest/doctest.h>

#include "apps/load/live_page.h"
#include "apps/load/web_address.h"

using namespace rialto::load;

TEST_CASE("a reply is read when it is whole, and not before") {
  const std::string bytes =
      "HTTP/1.1 303 See Other\r\nlocation: http://lab:80/p/abc/\r\nContent-Length: "
      "4\r\n\r\nbodyrest";
  for (std::size_t have = 0; have < bytes.size() - 4; ++have) {
    CHECK_FALSE(read_reply(std::string_view(bytes).substr(0, have)));
  }
  const auto reply = read_reply(bytes);
  REQUIRE(reply);
  CHECK(reply->status == 303);
  CHECK(reply->location == "/p/abc/");
  CHECK(reply->body == "body");
  CHECK(reply->size == bytes.size() - 4);
}

TEST_CASE("a reply in chunks is read when the last has come, and not before") {
  const std::string bytes =
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
      "4\r\nbody\r\nA\r\n in chunks\r\n0\r\n\r\nrest";
  for (std::size_t have = 0; have < bytes.size() - 4; ++have) {
    CHECK_FALSE(read_reply(std::string_view(bytes).substr(0, have)));
  }
  const auto reply = read_reply(bytes);
  REQUIRE(reply);
  CHECK(reply->body == "body in chunks");
  CHECK(reply->size == bytes.size() - 4);
}

TEST_CASE("frames of every length class are read back, and never before they are whole") {
  for (const std::size_t length : {0U, 1U, 125U, 126U, 65535U, 65536U}) {
    CAPTURE(length);
    const std::string payload(length, 'x');
    std::string masked;
    append_frame(masked, Opcode::text, payload, 0);  // mask 0 leaves the bytes as they are
    std::string unmasked = masked;
    unmasked[1] = static_cast<char>(unmasked[1] & 0x7f);
    const std::size_t head = masked.size() - length - 4;
    unmasked.erase(head, 4);
    const auto frame = read_frame(unmasked);
    REQUIRE(frame);
    CHECK(frame->opcode == Opcode::text);
    CHECK(frame->final);
    CHECK(frame->payload == payload);
    CHECK(frame->size == unmasked.size());
    CHECK_FALSE(read_frame(std::string_view(unmasked).substr(0, unmasked.size() - 1)));
  }
}

TEST_CASE("a mask changes every byte and is undone by itself") {
  std::string frame;
  append_frame(frame, Opcode::text, "abcde", 0x01020304);
  CHECK(frame.substr(2, 4) == std::string("\x01\x02\x03\x04"));
  std::string payload = frame.substr(6);
  for (std::size_t i = 0; i < payload.size(); ++i) payload[i] ^= frame[2 + i % 4];
  CHECK(payload == "abcde");
}

TEST_CASE("the server's frames are understood") {
  const auto message = read_server_frame(R"({"record":41,"time":1700000000000,"data":{"bid":7}})");
  CHECK(message.kind == FrameKind::message);
  CHECK(message.record == 41);
  CHECK(message.data == R"({"bid":7})");

  const auto ack = read_server_frame(R"({"type":"ack","n":12})");
  CHECK(ack.kind == FrameKind::ack);
  CHECK(ack.number == 12);
  CHECK(ack.sender.empty());

  const auto other = read_server_frame(R"({"type":"ack","n":3,"sender":"abcdefgh"})");
  CHECK(other.kind == FrameKind::ack);
  CHECK(other.sender == "abcdefgh");

  const auto error = read_server_frame(R"({"type":"error","code":"too_fast","message":"x","n":5})");
  CHECK(error.kind == FrameKind::error);
  CHECK(error.number == 5);
  CHECK(is_again(error.code));
  CHECK_FALSE(is_again("bad_message"));

  CHECK(read_server_frame(R"({"type":"moved"})").kind == FrameKind::moved);
  CHECK(read_server_frame("nonsense").kind == FrameKind::other);
}

TEST_CASE("a page tells where its socket is, and only a live one does") {
  const auto page = read_live_page(
      R"(<script id="rialto-page" type="application/json">{"version":1,"socket":"/p/abc/live",)"
      R"("page":"auction/1-0","lineage":"0f2c","record":57,"after":3}</script>)");
  REQUIRE(page);
  CHECK(page->socket == "/p/abc/live");
  CHECK(page->page == "auction/1-0");
  CHECK(page->lineage == "0f2c");
  CHECK(page->after == 3);
  CHECK_FALSE(read_live_page("<p>Results</p>"));
}

TEST_CASE("addresses are taken apart, and what cannot be used is refused with a sentence") {
  const auto address = WebAddress::parse("http://127.0.0.1:8000/p/abc/key");
  REQUIRE(address);
  CHECK(address->host == "127.0.0.1");
  CHECK(address->port == 8000);
  CHECK(address->path == "/p/abc/key");
  CHECK_FALSE(WebAddress::parse("https://lab/"));
  CHECK_FALSE(WebAddress::parse("http://lab:port/"));
}
