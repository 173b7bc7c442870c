// The addresses of gateway/README.md: links, cookies, pages, submits, the session-wide link, the
// demo page, static files.
#include <doctest/doctest.h>

#include <future>

#include "gateway/page_titles.h"
#include "tests/gateway/world.h"

using namespace rialto;
using namespace rialto::test;

namespace {

const Client::Headers form = {{"Content-Type", "application/x-www-form-urlencoded"}};

Client::Headers operator+(Client::Headers a, const Client::Headers& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != text.npos;
}

PageAnswer page_answer(std::uint64_t request) {
  PageAnswer answer{request, PageStatus::page, {}};
  answer.view.app = "auction";
  answer.view.page = "Bid";
  answer.view.ref = page;
  answer.view.live = true;
  answer.view.record = 57;
  answer.view.vars = {{"name", "<b>Ann</b>"}};
  answer.view.js_vars = {{"limit", 99}, {"text", "</script><script>"}};
  return answer;
}

// The response to a request that the actors are asked about in between.
template <class Asked, class Answer>
Response ask(World& world, const std::string& method, const std::string& target,
             const Client::Headers& headers, Answer answer, const std::string& body = {}) {
  Client client(world.port());
  auto response =
      std::async(std::launch::async, [&] { return client.request(method, target, headers, body); });
  answer(world.actors.await<Asked>());
  return response.get();
}

Response open_page(World& world, const std::string& target, const PageAnswer& answer) {
  return ask<OpenPage>(world, "GET", target, world.cookie("alice"), [&](const OpenPage& open) {
    CHECK(open.participant == "alice");
    PageAnswer mine = answer;
    mine.request = open.request;
    world.actors.say(mine);
  });
}

std::string path_of(const std::string& link) {  // "http://127.0.0.1:8000/p/…" -> "/p/…"
  return link.substr(link.find('/', 8));
}

}  // namespace

TEST_CASE("a label that comes with a participant link goes along to the current page") {
  World world;
  Client client(world.port());
  const std::string link = path_of(world.gateway->links().participant_link("alice"));
  CHECK(client.request("GET", link + "?participant_label=%C3%89va%20%26").header("location") ==
        "/p/alice/?participant_label=%C3%89va%20%26");
  CHECK(client.request("GET", link + "?participant_label=a%0Ab").status == 400);
  const Response asked = ask<OpenPage>(world, "GET", "/p/alice/?participant_label=%C3%89va%20%26",
                                       world.cookie("alice"), [&](const OpenPage& open) {
                                         CHECK(open.label == "\xC3\x89va &");
                                         PageAnswer mine = page_answer(0);
                                         mine.request = open.request;
                                         world.actors.say(mine);
                                       });
  CHECK(asked.header("location") == "/p/alice/auction/Bid/1-0");
  Client other(world.port());
  CHECK(other.request("GET", "/p/alice/?participant_label=a%0Ab", world.cookie("alice")).status ==
        400);
}

TEST_CASE("a participant link sets the participant's cookie and leads to the current page") {
  World world;
  const std::string link = world.gateway->links().participant_link("alice");
  CHECK(link.starts_with("http://127.0.0.1:" + std::to_string(world.port()) + "/p/alice/"));
  Client client(world.port());
  for (int time = 0; time < 2; ++time) {  // any number of times
    const Response response = client.request("GET", path_of(link));
    CHECK(response.status == 303);
    CHECK(response.header("location") == "/p/alice/");
    CHECK(response.header("set-cookie") ==
          "rialto=" + world.gateway->links().participant_key("alice") +
              "; Path=/p/alice; HttpOnly; SameSite=Lax");
  }
  CHECK(world.actors.count<OpenPage>() == 0);  // a bare GET starts nothing
}

TEST_CASE("under a public URL links, cookie and pages have its scheme, host and prefix") {
  World world([](GatewayOptions& options) { options.public_url = "https://lab.example.edu/exp/"; });
  CHECK(world.gateway->links().participant_link("alice") ==
        "https://lab.example.edu/exp/p/alice/" + world.gateway->links().participant_key("alice"));
  Client client(world.port());
  for (const std::string prefix : {"/exp", ""}) {  // a proxy may take the prefix away
    const Response response = client.request(
        "GET", prefix + "/p/alice/" + world.gateway->links().participant_key("alice"));
    CHECK(response.header("location") == "/exp/p/alice/");
    CHECK(contains(response.header("set-cookie"),
                   "; Path=/exp/p/alice; HttpOnly; SameSite=Lax; Secure"));
  }
  const Response response = open_page(world, "/exp/p/alice/auction/Bid/1-0", page_answer(0));
  CHECK(contains(response.body, R"("socket":"/exp/p/alice/live")"));
  CHECK(contains(response.body, "\"/exp/static/rialto.js?v="));
  CHECK(client.request("GET", "/experiment/health").status == 404);
}

TEST_CASE("a forged link and a missing cookie are forbidden") {
  World world;
  Client client(world.port());
  CHECK(client.request("GET", "/p/alice/" + std::string(22, 'A')).status == 403);
  CHECK(client.request("GET", "/p/bob/" + world.gateway->links().participant_key("alice")).status ==
        403);
  CHECK(client.request("GET", "/p/alice/").status == 403);
  CHECK(client.request("GET", "/p/alice/auction/Bid/1-0").status == 403);
  CHECK(client.request("GET", "/p/bob/", world.cookie("alice")).status == 403);
  CHECK(client.request("POST", "/p/alice/auction/Bid/1-0", form, "a=b").status == 403);
  CHECK(world.actors.count<OpenPage>() == 0);
}

TEST_CASE("the current page is shown at its own address, every other leads there") {
  World world;
  CHECK(open_page(world, "/p/alice/", page_answer(0)).header("location") ==
        "/p/alice/auction/Bid/1-0");
  CHECK(open_page(world, "/p/alice", page_answer(0)).header("location") ==
        "/p/alice/auction/Bid/1-0");
  CHECK(open_page(world, "/p/alice/auction/Bid/2-0", page_answer(0)).header("location") ==
        "/p/alice/auction/Bid/1-0");
  const Response shown = open_page(world, "/p/alice/auction/Bid/1-0", page_answer(0));
  CHECK(shown.status == 200);
  CHECK(shown.header("content-type") == "text/html; charset=utf-8");
  CHECK(shown.header("cache-control") == "no-store");
  CHECK(shown.header("x-content-type-options") == "nosniff");
  CHECK(shown.header("referrer-policy") == "same-origin");
}

TEST_CASE("a page may run its own scripts, and speak to nobody but the host it came from") {
  World world([](GatewayOptions& options) { options.public_url = "https://lab.example.edu/"; });
  const Response shown = open_page(world, "/p/alice/auction/Bid/1-0", page_answer(0));
  const std::string policy(shown.header("content-security-policy"));
  CHECK(
      policy.starts_with("default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; "));
  CHECK(contains(policy,
                 "; connect-src 'self' ws://127.0.0.1 wss://127.0.0.1 ws://lab.example.edu "
                 "wss://lab.example.edu; "));
  Client client(world.port());
  const Response strange = client.request("GET", "/p/x/", {{"Host", "evil;script-src*"}});
  CHECK(!contains(strange.header("content-security-policy"), "*"));
}

TEST_CASE("a form with another participant's cookie is forbidden and reaches nobody") {
  World world;
  Client client(world.port());
  CHECK(client.request("POST", "/p/bob/auction/Bid/1-0", world.cookie("alice") + form, "a=b")
            .status == 403);
  CHECK(world.actors.count<SubmitPage>() == 0);
}

TEST_CASE("a live page carries its config before its scripts, and nothing in it can break out") {
  World world;
  const std::string body = open_page(world, "/p/alice/auction/Bid/1-0", page_answer(0)).body;
  const std::string start = R"(<script id="rialto-page" type="application/json">)";
  const auto at = body.find(start) + start.size();
  const Value config = Value::parse(body.substr(at, body.find("</script>", at) - at), 20);
  CHECK(config["version"] == 1);
  CHECK(config["socket"] == "/p/alice/live");
  CHECK(config["participant"] == "alice");
  CHECK(config["page"] == "auction/1-0");
  CHECK(config["lineage"] == "0123456789abcdef");
  CHECK(config["record"] == 57);
  CHECK(config["after"] == 0);
  CHECK(config["history"] == "replay");
  CHECK(config["words"]["down"].is_string());
  CHECK(at < body.find("/static/rialto.js"));
  CHECK(body.find("/static/rialto.js") < body.find("<p>Hello"));
  CHECK(body.find("/static/jquery.js") < body.find("<p>Hello"));
  CHECK(body.find("<form id=\"form\" method=\"post\"") < body.find("<p>Hello"));
  CHECK(body.find("<p>Hello") < body.find("<form id=\"liveform\""));
  CHECK(contains(body, "Hello &lt;b&gt;Ann&lt;/b&gt;, <b>Ann</b></p>"));
  CHECK(contains(body, R"("text":"\u003c/script>\u003cscript>")"));
  CHECK(contains(body, ">Next</button>"));
  CHECK(contains(body, "<title>English &lt;auction&gt;</title>"));
}

TEST_CASE("a page without replay wants only what comes after it was rendered") {
  World world;
  PageAnswer answer = page_answer(0);
  answer.view.replay = false;
  const std::string body = open_page(world, "/p/alice/auction/Bid/1-0", answer).body;
  CHECK(contains(body, R"("record":57,)"));
  CHECK(contains(body, R"("after":57,"history":"none")"));
}

TEST_CASE("a page that is not live has a line too, by which the server moves its player on") {
  World world;
  PageAnswer answer = page_answer(0);
  answer.view.live = false;
  answer.view.page = "Results";
  answer.view.ref = {1, 1};
  const std::string body = open_page(world, "/p/alice/auction/Results/1-1", answer).body;
  CHECK(contains(body, R"("live":false)"));
  CHECK(contains(body, "/static/jquery.js"));
  CHECK(contains(body, ">Next</button>"));
}

TEST_CASE("a page is in the language of its session, not in that of the browser") {
  World world;
  PageView view = page_answer(0).view;
  const auto shown = [&](Value language) {
    view.vars.set("session", {{"config", {{"language", std::move(language)}}}});
    return ask<OpenPage>(world, "GET", "/p/alice/auction/Bid/1-0",
                         world.cookie("alice") + Client::Headers{{"Accept-Language", "fr"}},
                         [&](const OpenPage& open) {
                           world.actors.say(PageAnswer{open.request, PageStatus::page, view});
                         })
        .body;
  };
  CHECK(contains(shown("de-AT"), "<html lang=\"de-AT\" dir=\"ltr\">"));
  CHECK(contains(shown("de-AT"), ">Weiter</button>"));
  CHECK(contains(shown("xx"), ">Next</button>"));
  CHECK(contains(shown(3), ">Next</button>"));
  PageAnswer finished{0, PageStatus::finished, view};
  finished.view.vars = {{"session", {{"config", {{"language", "de"}}}}}};
  CHECK(contains(open_page(world, "/p/alice/", finished).body, "Fertig"));
}

TEST_CASE("the language of what belongs to no session is the project's") {
  World world([](GatewayOptions& options) {
    Value hebrew = *Words().pick("en").words;
    hebrew.set("not_found_heading", "לא נמצא");
    options.words = *Words::with({{"he", hebrew}});
    options.language = "he";
  });
  const Response missing = Client(world.port()).request("GET", "/nothing");
  CHECK(contains(missing.body, "<html lang=\"he\" dir=\"rtl\">"));
  CHECK(contains(missing.body, "לא נמצא"));
  CHECK(contains(missing.body, "bootstrap.rtl.css"));
}

TEST_CASE("each page has a title and a heading of its own") {
  CHECK(titled("<title>A</title><main><p></p></main>", "A") ==
        "<title>A</title><main>\n<h1 class=\"visually-hidden\">A</h1><p></p></main>");
  CHECK(titled("<title>A &amp; B</title><main><h1 id=\"x\">Bid\n <b>3</b></h1></main>", "A & B") ==
        "<title>Bid 3</title><main><h1 id=\"x\">Bid\n <b>3</b></h1></main>");
  CHECK(titled("<title>A</title><main><h2>Bid</h2></main>", "A") ==
        "<title>Bid</title><main>\n<h1 class=\"visually-hidden\">A</h1><h2>Bid</h2></main>");
  CHECK(titled("<title>mine</title><main><h1>Bid</h1></main>", "A") ==
        "<title>mine</title><main><h1>Bid</h1></main>");
  CHECK(titled("<h2>no main</h2>", "A") == "<h2>no main</h2>");
}

TEST_CASE("a page that cannot do without scripts says so") {
  World world;
  PageAnswer answer{0, PageStatus::page, page_answer(0).view};
  const std::string live = open_page(world, "/p/alice/auction/Bid/1-0", answer).body;
  CHECK(contains(live, "<noscript>"));
  CHECK(contains(live, "This page needs JavaScript."));
  answer.view.live = false;
  CHECK_FALSE(contains(open_page(world, "/p/alice/auction/Bid/1-0", answer).body, "<noscript>"));
}

TEST_CASE("what is no page has a status and a page of its own") {
  World world;
  const auto status = [&](PageStatus what) {
    return open_page(world, "/p/alice/", PageAnswer{0, what, {}}).status;
  };
  CHECK(status(PageStatus::finished) == 200);
  CHECK(status(PageStatus::not_found) == 404);
  CHECK(status(PageStatus::closed) == 410);
  CHECK(status(PageStatus::failed) == 500);
  CHECK(status(PageStatus::busy) == 503);
  CHECK(open_page(world, "/p/alice/auction/Bid/1-0", PageAnswer{0, PageStatus::finished, {}})
            .header("location") == "/p/alice/");
}

TEST_CASE("a page whose text cannot be shown is a failed page, and the server goes on") {
  World world;
  PageAnswer broken = page_answer(0);
  broken.view.js_vars = {{"text", "\xFF"}};
  CHECK(open_page(world, "/p/alice/auction/Bid/1-0", broken).status == 500);
  CHECK(open_page(world, "/p/alice/auction/Bid/1-0", page_answer(0)).status == 200);
}

TEST_CASE("a submit hands over its fields and what was not acknowledged, and leads on") {
  World world;
  const std::string pending =
      R"([{"type":"send","n":3,"data":{"bid":5},"sender":"abcdefgh0001","page":"auction/1-0"},)"
      R"({"type":"send","n":4,"data":null,"sender":"abcdefgh0001","page":"auction/1-0"}])";
  std::string body = "name=Ann+B%26&name=second&empty=&rialto_pending=";
  for (const char c : pending) {
    constexpr char digits[] = "0123456789ABCDEF";
    body += '%';
    body += digits[static_cast<unsigned char>(c) >> 4U];
    body += digits[static_cast<unsigned char>(c) & 15U];
  }
  const Response response = ask<SubmitPage>(
      world, "POST", "/p/alice/auction/Bid/1-0", world.cookie("alice") + form,
      [&](const SubmitPage& submit) {
        CHECK(submit.participant == "alice");
        CHECK(submit.page == page);
        CHECK(submit.values.dump() == R"({"name":"Ann B&","empty":""})");
        REQUIRE(submit.pending.size() == 2);
        CHECK(submit.pending[0].sender == "abcdefgh0001");
        CHECK(submit.pending[0].number == 3);
        CHECK(submit.pending[0].page == "auction/1-0");
        CHECK(submit.pending[0].data.dump() == R"({"bid":5})");
        CHECK(submit.pending[1].number == 4);
        PageAnswer answer = page_answer(submit.request);
        answer.view.page = "Results";
        answer.view.ref = {1, 1};
        world.actors.say(answer);
      },
      body);
  CHECK(response.status == 303);
  CHECK(response.header("location") == "/p/alice/auction/Results/1-1");
}

TEST_CASE("a submit that the game refuses shows the page again with its words") {
  World world;
  const Response response = ask<SubmitPage>(
      world, "POST", "/p/alice/auction/Bid/1-0", world.cookie("alice") + form,
      [&](const SubmitPage& submit) {
        PageAnswer answer = page_answer(submit.request);
        answer.view.form_error = "you need to stay <here>";
        world.actors.say(answer);
      },
      "x=1");
  CHECK(response.status == 200);
  CHECK(contains(response.body, "you need to stay &lt;here&gt;"));
}

TEST_CASE("a submit from the last page leads to the end") {
  World world;
  const Response response =
      ask<SubmitPage>(world, "POST", "/p/alice/auction/Results/1-1", world.cookie("alice") + form,
                      [&](const SubmitPage& submit) {
                        world.actors.say(PageAnswer{submit.request, PageStatus::finished, {}});
                      });
  CHECK(response.status == 303);
  CHECK(response.header("location") == "/p/alice/");
}

TEST_CASE("a submit that makes no sense is refused and reaches nobody") {
  World world;
  Client client(world.port());
  const auto post = [&](const std::string& target, const Client::Headers& headers,
                        const std::string& body) {
    return client.request("POST", target, world.cookie("alice") + headers, body).status;
  };
  const std::string here = "/p/alice/auction/Bid/1-0";
  CHECK(post(here, form, "rialto_pending=nonsense") == 400);
  CHECK(post(here, form, "rialto_pending=[7]") == 400);
  CHECK(post(here, form,
             "rialto_pending=[{\"n\":0,\"sender\":\"abcdefgh\",\"page\":\"a/1-0\",\"data\":1}]") ==
        400);
  CHECK(post(here, {{"Content-Type", "application/json"}}, "{}") == 415);
  CHECK(post("/p/alice/auction/Bid/one", form, "a=b") == 404);
  CHECK(post(here, form + Client::Headers{{"Origin", "https://evil.example"}}, "a=b") == 403);
  CHECK(post(here, form + Client::Headers{{"Origin", "null"}}, "a=b") == 403);
  CHECK(world.actors.count<SubmitPage>() == 0);
}

TEST_CASE("requests that are too large or no HTTP are refused") {
  World world([](GatewayOptions& options) { options.limits.body = 1000; });
  Client large(world.port());
  CHECK(
      large.request("POST", "/p/alice/auction/Bid/1-0", world.form("alice"), std::string(1001, 'x'))
          .status == 413);
  Client header(world.port());
  CHECK(header.request("GET", "/health", {{"X", std::string(20'000, 'x')}}).status == 431);
  Client nonsense(world.port());
  CHECK(nonsense.request("NO SENSE", "/").status == 400);
  Client method(world.port());
  CHECK(method.request("DELETE", "/health").status == 405);
}

TEST_CASE("the session-wide link gives a seat to who presses the button, once a browser") {
  World world;
  const std::string link = path_of(world.gateway->links().session_link("s1"));
  Client client(world.port());
  const Response shown = client.request("GET", link);
  CHECK(shown.status == 200);
  CHECK(contains(shown.body, "action=\"" + link + "?visitor="));
  CHECK(world.actors.count<ClaimSeat>() == 0);
  CHECK(client.request("POST", "/join/s1/" + std::string(22, 'A'), form).status == 404);

  const Response seated = ask<ClaimSeat>(world, "POST", link, form, [&](const ClaimSeat& claim) {
    CHECK(claim.session == "s1");
    world.actors.say(SessionAnswer{claim.request, {}, {{"participant", "carol"}}});
  });
  CHECK(seated.status == 303);
  const std::string seat = path_of(world.gateway->links().participant_link("carol"));
  CHECK(seated.header("location") == seat);
  const std::string cookie = seated.header("set-cookie");
  CHECK(contains(cookie, "; Path=/join/s1; HttpOnly"));
  const Response again = client.request(
      "POST", link, form + Client::Headers{{"Cookie", cookie.substr(0, cookie.find(';'))}});
  CHECK(again.header("location") == seat);
  CHECK(world.actors.count<ClaimSeat>() == 0);

  const Response full = ask<ClaimSeat>(world, "POST", link, form, [&](const ClaimSeat& claim) {
    world.actors.say(SessionAnswer{claim.request, "all seats are taken", {}});
  });
  CHECK(full.status == 409);
  CHECK(contains(full.body, "all seats are taken"));
}

TEST_CASE("who presses the button twice is one visitor, in one window or in two") {
  World world;
  const std::string link = path_of(world.gateway->links().session_link("s1"));
  const auto action_of = [](const Response& page) {
    const std::size_t begin = page.body.find("action=\"") + 8;
    return page.body.substr(begin, page.body.find('"', begin) - begin);
  };
  const auto visitor_of_press = [&](const std::string& action, const Client::Headers& more) {
    std::string visitor;
    Client::Headers headers = form;
    headers.insert(headers.end(), more.begin(), more.end());
    ask<ClaimSeat>(world, "POST", action, headers, [&](const ClaimSeat& claim) {
      visitor = claim.visitor;
      world.actors.say(SessionAnswer{claim.request, {}, {{"participant", "carol"}}});
    });
    return visitor;
  };
  Client client(world.port());
  const Response first = client.request("GET", link);
  const std::string visitor = visitor_of_press(action_of(first), {});
  CHECK(visitor.size() == 32);
  CHECK(visitor_of_press(action_of(first), {}) == visitor);

  const std::string cookie = first.header("set-cookie");
  CHECK(contains(cookie, "rialto_visitor=" + visitor + "; Path=/join/s1; HttpOnly"));
  const Client::Headers known{{"Cookie", cookie.substr(0, cookie.find(';'))}};
  const Response second = client.request("GET", link, known);
  CHECK(second.header("set-cookie").empty());
  CHECK(visitor_of_press(action_of(second), known) == visitor);
  // Both windows were opened before either had the cookie: the browser has kept the last one.
  const Response other = client.request("GET", link);
  CHECK(action_of(other) != action_of(first));
  CHECK(visitor_of_press(action_of(other), known) == visitor);
  CHECK(visitor_of_press(action_of(other), {{"Cookie", "rialto_visitor=short"}}) != visitor);
}

TEST_CASE("who comes by a label's link is that label, whatever the browser is called") {
  World world;
  const std::string link =
      path_of(world.gateway->links().session_link("s1")) + "?participant_label=PC_1";
  Client client(world.port());
  const Response shown = client.request("GET", link);
  CHECK(shown.header("set-cookie").empty());
  const std::string visitor(32, 'a');
  ask<ClaimSeat>(world, "POST", link + "&visitor=" + visitor, form, [&](const ClaimSeat& claim) {
    CHECK(claim.label == "PC_1");
    CHECK(claim.visitor.empty());
    world.actors.say(SessionAnswer{claim.request, {}, {{"participant", "carol"}}});
  });
}

TEST_CASE("in a demo each load of the page is a visitor of its own") {
  World world([](GatewayOptions& options) { options.demo = true; });
  const std::string link = path_of(world.gateway->links().session_link("s1"));
  Client client(world.port());
  const Response first = client.request("GET", link);
  CHECK(first.header("set-cookie").empty());
  CHECK(first.body != client.request("GET", link).body);
}

TEST_CASE("the demo page creates a session and shows its links") {
  World world([](GatewayOptions& options) { options.demo = true; });
  Client client(world.port());
  const Response shown = client.request("GET", "/");
  CHECK(shown.status == 200);
  CHECK(contains(shown.body, "action=\"/demo/auction\""));
  CHECK(contains(shown.body, "English &lt;auction&gt;"));
  CHECK(contains(shown.body, "Bid &amp; win."));
  CHECK(contains(shown.body, "3 players"));
  CHECK(client.request("POST", "/demo/unknown", form).status == 404);

  const Response created =
      ask<CreateSession>(world, "POST", "/demo/auction", form, [&](const CreateSession& create) {
        CHECK(create.config == "auction");
        CHECK(create.demo);
        world.actors.say(SessionAnswer{create.request, {}, {{"code", "s1"}}});
      });
  CHECK(created.status == 303);
  CHECK(created.header("location") == "/demo/s1");

  const Response links =
      ask<DescribeSessions>(world, "GET", "/demo/s1", {}, [&](const DescribeSessions& describe) {
        CHECK(describe.code == "s1");
        CHECK(describe.demo_only);
        world.actors.say(SessionAnswer{
            describe.request,
            {},
            {{"code", "s1"},
             {"title", "English auction"},
             {"participants", list(Value{{"code", "alice"}}, Value{{"code", "bob"}})}}});
      });
  CHECK(links.status == 200);
  for (const std::string code : {"alice", "bob"}) {
    CHECK(contains(links.body, path_of(world.gateway->links().participant_link(code))));
  }
  CHECK(contains(links.body, path_of(world.gateway->links().session_link("s1"))));
}

TEST_CASE("without --demo there is no demo page") {
  World world;
  Client client(world.port());
  CHECK(client.request("GET", "/").status == 404);
  CHECK(client.request("POST", "/demo/auction", form).status == 404);
  CHECK(world.actors.count<CreateSession>() == 0);
}

TEST_CASE("static files last for ever under their version and are not sent twice") {
  World world;
  Client client(world.port());
  const Response plain = client.request("GET", "/static/rialto.js");
  CHECK(plain.status == 200);
  CHECK(plain.header("content-type") == "text/javascript; charset=utf-8");
  CHECK(plain.header("cache-control") == "no-cache");
  CHECK(contains(plain.body, "liveSend"));
  const std::string tag = plain.header("etag");
  const Response versioned =
      client.request("GET", "/static/rialto.js?v=" + tag.substr(1, tag.size() - 2));
  CHECK(contains(versioned.header("cache-control"), "immutable"));
  CHECK(client.request("GET", "/static/rialto.js", {{"If-None-Match", tag}}).status == 304);
  CHECK(contains(client.request("GET", "/static/jquery.js").body, "jQuery"));
  CHECK(client.request("GET", "/static/rialto.css").header("content-type") ==
        "text/css; charset=utf-8");
  CHECK(client.request("GET", "/static/page.html").status == 404);
  CHECK(client.request("GET", "/static/../../etc/passwd").status == 404);
}

TEST_CASE("a stretch of a file is sent where one is asked for") {
  World world;
  Client client(world.port());
  const std::string target = "/static/rialto.js";
  const Response whole = client.request("GET", target);
  CHECK(whole.header("accept-ranges") == "bytes");
  const std::string size = std::to_string(whole.body.size());
  const auto ask = [&](const std::string& range, Client::Headers more = {}) {
    more.emplace_back("Range", range);
    return client.request("GET", target, more);
  };
  const Response two = ask("bytes=0-1");
  CHECK(two.status == 206);
  CHECK(two.body == whole.body.substr(0, 2));
  CHECK(two.header("content-range") == "bytes 0-1/" + size);
  CHECK(ask("bytes=10-").body == whole.body.substr(10));
  CHECK(ask("bytes=-5").body == whole.body.substr(whole.body.size() - 5));
  CHECK(ask("bytes=5-999999999999999999999999").body == whole.body.substr(5));
  const Response beyond = ask("bytes=" + size + "-");
  CHECK(beyond.status == 416);
  CHECK(beyond.header("content-range") == "bytes */" + size);
  for (const char* odd : {"bytes=2-1", "bytes=0-1,4-5", "bytes=-", "bytes=a-b", "lines=0-1", "-"}) {
    CHECK(ask(odd).status == 200);
  }
  const std::string tag = whole.header("etag");
  CHECK(ask("bytes=0-1", {{"If-Range", tag}}).status == 206);
  CHECK(ask("bytes=0-1", {{"If-Range", "\"another\""}}).status == 200);
  CHECK(ask("bytes=0-1", {{"If-None-Match", tag}}).status == 304);
  const Response head = client.request("HEAD", target, {{"Range", "bytes=0-1"}});
  CHECK(head.status == 200);
  CHECK(head.header("content-length") == size);
  CHECK(head.body.empty());
}

TEST_CASE("health is bad, within seconds, where the directory does not answer") {
  World world;
  Client good(world.port());
  CHECK(good.request("GET", "/health").status == 200);
  world.actors.healthy = false;
  const auto asked = std::chrono::steady_clock::now();
  Client bad(world.port());
  CHECK(bad.request("GET", "/health").status == 503);
  CHECK(std::chrono::steady_clock::now() - asked < std::chrono::seconds(6));
}

TEST_CASE("a connection answers one request after the other, HEAD without a body") {
  World world;
  Client client(world.port());
  client.send_bytes("GET /health HTTP/1.1\r\nHost: a\r\n\r\n");
  CHECK(client.request("GET", "/static/rialto.css").body == "ok\n");
  CHECK(client.request("GET", "/health").header("content-type") == "text/css; charset=utf-8");
  CHECK(client.request("GET", "/health").body == "ok\n");
  Client head(world.port());
  CHECK(head.request("HEAD", "/health").header("content-length") == "3");
  CHECK(head.request("GET", "/health").body == "ok\n");
}

TEST_CASE("other addresses are not found") {
  World world;
  Client client(world.port());
  for (const std::string target :
       {"/x", "/p", "/p/", "/p/alice/a/b", "/join/s1", "/p/a%2Fb/", "/p/alice/a/b/c/d", "*"}) {
    CHECK(client.request("GET", target, world.cookie("alice")).status == 404);
  }
  CHECK(client.request("GET", "/p/alice/live").status == 426);
  CHECK(client.upgrade("/health").status == 404);
}

TEST_CASE("a port in use, a wrong public URL and a missing page are refused with a sentence") {
  World world;
  const auto refusal = [&](const std::function<void(GatewayOptions&)>& adjust) {
    try {
      World second(adjust);
    } catch (const std::runtime_error& error) {
      return std::string(error.what());
    }
    return std::string();
  };
  CHECK(contains(refusal([&](GatewayOptions& o) { o.port = world.port(); }), "in use"));
  CHECK(contains(refusal([](GatewayOptions& o) { o.public_url = "lab.example.edu"; }),
                 "lab.example.edu"));
  CHECK(contains(refusal([](GatewayOptions& o) { o.apps[0].pages.push_back("Missing"); }),
                 "Missing.html"));
  CHECK(contains(refusal([](GatewayOptions& o) { o.host = "no such host"; }), "no such host"));
}
