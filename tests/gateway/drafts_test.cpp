// What a page tells of its form before it is handed in, and forms that are no text.
#include <doctest/doctest.h>

#include "tests/gateway/world.h"

using namespace rialto;
using namespace rialto::test;

namespace {

const std::string here = "/p/alice/auction/Bid/1-0";

PageAnswer on_page(const SubmitPage& submit) {
  PageAnswer answer{submit.request, PageStatus::page, {}};
  answer.view.app = "auction";
  answer.view.page = "Bid";
  answer.view.ref = page;
  return answer;
}

// The status of a form that the group takes.
Response posted(World& world, const std::string& body, SubmitPage* got = nullptr) {
  Client client(world.port());
  Response response;
  std::thread answering([&] {
    const auto submit = world.actors.await<SubmitPage>();
    if (got != nullptr) *got = submit;
    world.actors.say(on_page(submit));
  });
  response = client.request("POST", here, world.form("alice"), body);
  answering.join();
  return response;
}

int refused(World& world, const std::string& body) {
  Client client(world.port());
  const Response response = client.request("POST", here, world.form("alice"), body);
  CHECK(response.body.find('\n') > 20);  // a sentence
  CHECK(world.actors.count<SubmitPage>() == 0);
  return response.status;
}

}  // namespace

TEST_CASE("a draft is handed on as one, without its sends, and answered by nothing") {
  World world;
  SubmitPage got;
  const Response response =
      posted(world, "word=half+a&rialto_draft=17&rialto_pending=no+list", &got);
  CHECK(response.status == 204);
  CHECK(response.header("content-length").empty());
  CHECK(got.draft == 17);
  CHECK(got.values.dump() == R"({"word":"half a"})");
  CHECK(got.pending.empty());
  CHECK(posted(world, "word=whole", &got).status == 303);
  CHECK(got.draft == 0);
}

TEST_CASE("a draft is bounded, counts within the rate, and needs the participant's cookie") {
  World world([](GatewayOptions& options) {
    options.limits.draft = 1000;
    options.limits.requests_per_second = 0.01;
    options.limits.requests_burst = 3;
  });
  Client stranger(world.port());
  const std::string draft = "rialto_draft=1&word=";
  Client::Headers headers = world.form("bob");
  CHECK(stranger.request("POST", here, headers, draft).status == 403);
  CHECK(refused(world, draft + std::string(1000, 'x')) == 413);
  CHECK(posted(world, draft + std::string(900, 'x')).status == 204);
  CHECK(posted(world, std::string("word=") + std::string(2000, 'x')).status == 303);
  Client client(world.port());
  CHECK(client.request("POST", here, world.form("alice"), draft).status == 429);
}

TEST_CASE("a form that is not UTF-8 is refused with a sentence") {
  World world;
  for (const std::string wrong : {"%FF", "%C3", "%ED%A0%80", "%C0%AE", "\xFF", "a%00%FE"}) {
    CHECK(refused(world, "word=" + wrong) == 400);
    CHECK(refused(world, "rialto_pending=" + wrong) == 400);
    CHECK(refused(world, "word=right&word2=" + wrong) == 400);
  }
  SubmitPage got;
  CHECK(posted(world, "word=%EF%BF%BD%F0%9F%8E%B2&%FF=x", &got).status == 303);
  CHECK(got.values["word"].as<std::string>() == "\xEF\xBF\xBD\xF0\x9F\x8E\xB2");
}

TEST_CASE("a label that is not UTF-8 takes no seat") {
  World world;
  Client client(world.port());
  CHECK(client.request("GET", "/p/alice/?participant_label=%FF", world.cookie("alice")).status ==
        400);
  CHECK(world.actors.count<OpenPage>() == 0);
}
