// Rooms over HTTP: who may come, what each is shown, who takes a seat.
#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <future>

#include "gateway/welcome_pages.h"
#include "tests/gateway/world.h"

using namespace rialto;
using namespace rialto::test;

namespace {

constexpr const char* label_e = "\xC3\x89va & co";
constexpr const char* address_e = "?participant_label=%C3%89va%20%26%20co";

void add_rooms(GatewayOptions& options) {
  options.rooms = {{"lab", "The <lab>", SiteRoom::Door::labelled, {"anna", label_e}},
                   {"hall", "The hall", SiteRoom::Door::open, {}},
                   {"vault", "The vault", SiteRoom::Door::signed_, {"anna", "ben"}}};
}

// A room for anybody and one for labels, both with a page of welcome.
struct WelcomingRooms {
  WelcomingRooms() {
    char name[] = "/tmp/rialto-welcome-XXXXXX";
    folder = ::mkdtemp(name);
    write("welcome.html",
          "<h1>Come in to {{ room.display_name }}</h1>{{ include_sibling 'part.html' }}");
    write("part.html", "x");
  }
  ~WelcomingRooms() { std::filesystem::remove_all(folder); }

  void write(const std::string& file, const std::string& text) const {
    std::ofstream(folder + "/" + file) << text;
  }
  std::function<void(GatewayOptions&)> rooms() const {
    return [file = folder + "/welcome.html"](GatewayOptions& options) {
      options.rooms = {{"hall", "The <hall>", SiteRoom::Door::open, {}, file},
                       {"lab", "The lab", SiteRoom::Door::labelled, {"anna"}, file},
                       {"vault", "The vault", SiteRoom::Door::signed_, {"anna"}, file}};
    };
  }

  std::string folder;
};

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != text.npos;
}

// The response to a request about which the actors are asked in between.
Response visit(World& world, const std::string& method, const std::string& target,
               const Value& result, const std::function<void(const VisitRoom&)>& look = {},
               const Client::Headers& headers = {}) {
  Client client(world.port());
  auto response =
      std::async(std::launch::async, [&] { return client.request(method, target, headers); });
  const auto asked = world.actors.await<VisitRoom>();
  if (look) look(asked);
  world.actors.say(SessionAnswer{asked.request, {}, result});
  return response.get();
}

Response get(World& world, const std::string& target, const Client::Headers& headers = {}) {
  Client client(world.port());
  return client.request("GET", target, headers);
}

}  // namespace

TEST_CASE(
    "the page of a room without a session waits, takes no seat and loads nothing from outside") {
  World world(add_rooms);
  const Response shown =
      visit(world, "GET", "/room/hall", {{"open", false}}, [](const VisitRoom& asked) {
        CHECK(asked.room == "hall");
        CHECK(!asked.enter);
        CHECK(asked.visitor.empty());
      });
  CHECK(shown.status == 200);
  CHECK(contains(shown.body, "<title>The hall</title>"));
  CHECK(contains(shown.body, "rialto-wait"));
  CHECK(contains(shown.body, R"("open":false,"state":"/room/hall/state")"));
  CHECK(contains(shown.body, R"(action="/room/hall" hidden>)"));
  CHECK(shown.header("cache-control") == "no-store");
  CHECK(shown.header("x-content-type-options") == "nosniff");
  CHECK(shown.header("referrer-policy") == "same-origin");
  CHECK(contains(std::string(shown.header("content-security-policy")), "default-src 'self'"));
}

TEST_CASE("the page of a room is in the project's language, not in that of the browser") {
  World world([](GatewayOptions& options) {
    add_rooms(options);
    options.language = "fr";
  });
  const Response waiting =
      visit(world, "GET", "/room/hall", {{"open", false}}, {}, {{"Accept-Language", "de"}});
  CHECK(contains(waiting.body, "Veuillez patienter"));
  CHECK(contains(get(world, "/room/lab").body, "identifiant"));
}

TEST_CASE("a waiting page asks whether the room is open, and is counted") {
  World world(add_rooms);
  const auto state = [&](const std::string& target, const std::string& visitor, bool open) {
    return visit(world, "GET", target, {{"open", open}}, [&](const VisitRoom& asked) {
      CHECK(asked.visitor == visitor);
      CHECK(!asked.enter);
    });
  };
  const Response waiting = state("/room/hall/state?visitor=v1", "v1", false);
  CHECK(waiting.header("content-type") == "application/json");
  CHECK(waiting.body == R"({"open":false})");
  CHECK(state("/room/lab/state?participant_label=anna&visitor=v1", "anna", true).body ==
        R"({"open":true})");
  state("/room/hall/state?visitor=" + std::string(33, 'v'), "", false);
  CHECK(get(world, "/room/lab/state?participant_label=eve").status == 403);
  CHECK(get(world, "/room/lab/state?visitor=v1").status == 403);
  CHECK(get(world, "/room/nowhere/state").status == 404);
}

TEST_CASE("in a room with a session the page goes in by itself, and has a button for who cannot") {
  World world(add_rooms);
  const Response shown = visit(world, "GET", "/room/hall", {{"open", true}});
  CHECK(contains(shown.body, R"("open":true)"));
  CHECK(contains(shown.body, R"(action="/room/hall" >)"));
  const Response seated =
      visit(world, "POST", "/room/hall", {{"open", true}, {"participant", "carol"}},
            [](const VisitRoom& asked) { CHECK(asked.enter); });
  const std::string key = world.gateway->links().participant_key("carol");
  CHECK(seated.status == 303);
  CHECK(seated.header("location") == "/p/carol/" + key);
  CHECK(seated.header("set-cookie") ==
        "rialto_seat=carol." + key + "; Path=/room/hall; HttpOnly; SameSite=Lax");
  const Client::Headers kept = {{"Cookie", "rialto_seat=carol." + key}};
  const Response again = visit(
      world, "GET", "/room/hall", {{"open", true}, {"participant", "carol"}},
      [](const VisitRoom& asked) { CHECK(asked.participant == "carol"); }, kept);
  CHECK(again.header("location") == "/p/carol/" + key);
  visit(world, "GET", "/room/hall", {{"open", true}},
        [](const VisitRoom& asked) { CHECK(asked.participant.empty()); },
        {{"Cookie", "rialto_seat=carol." + std::string(22, 'A')}});
}

TEST_CASE("who goes in says which visitor it is, so that two windows are one") {
  World world(add_rooms);
  visit(world, "POST", "/room/hall?visitor=v1", {{"open", true}, {"participant", "carol"}},
        [](const VisitRoom& asked) {
          CHECK(asked.enter);
          CHECK(asked.visitor == "v1");
        });
}

TEST_CASE("a room with labels asks for one, and refuses one that is not on the list") {
  World world(add_rooms);
  const Response asks = get(world, "/room/lab");
  CHECK(asks.status == 200);
  CHECK(contains(asks.body, "<title>The &lt;lab&gt;</title>"));
  CHECK(contains(asks.body, R"(method="get" action="/room/lab")"));
  CHECK(contains(asks.body, R"(name="participant_label" value="")"));
  const Response refused = get(world, "/room/lab?participant_label=%3Ceve%3E");
  CHECK(refused.status == 403);
  CHECK(contains(refused.body, "not on the list"));
  CHECK(contains(refused.body, R"(value="&lt;eve&gt;")"));
  CHECK(Client(world.port()).request("POST", "/room/lab").status == 200);  // asks again
  CHECK(world.actors.count<VisitRoom>() == 0);
}

TEST_CASE("a label goes with its visitor wherever the page leads, whatever letters it has") {
  World world(add_rooms);
  const auto is_e = [](const VisitRoom& asked) {
    CHECK(asked.label == label_e);
    CHECK(asked.participant.empty());
  };
  const Response shown =
      visit(world, "GET", "/room/lab?participant_label=+%C3%89va+%26+co+", {{"open", true}}, is_e);
  CHECK(contains(shown.body, R"(action="/room/lab)" + std::string(address_e) + "\""));
  const Response seated = visit(world, "POST", std::string("/room/lab") + address_e,
                                {{"open", true}, {"participant", "carol"}}, is_e);
  CHECK(seated.status == 303);
  CHECK(seated.header("set-cookie").empty());  // the label says who it is
  CHECK(world.gateway->links()
            .label_link("lab", label_e)
            .ends_with(std::string("/room/lab") + address_e));
}

TEST_CASE("a room with secure links opens to the link of a label and to nothing else") {
  World world(add_rooms);
  const Links& links = world.gateway->links();
  const std::string anna = links.label_key("vault", "anna");
  const std::string link = links.signed_label_link("vault", "anna");
  CHECK(link.ends_with("/room/vault?participant_label=anna&hash=" + anna));
  const Response shown = visit(world, "GET", link.substr(link.find('/', 8)), {{"open", false}});
  CHECK(contains(shown.body, "/room/vault/state?participant_label=anna&hash=" + anna));
  for (const std::string& wrong :
       {std::string(), std::string("?participant_label=anna"),
        "?participant_label=anna&hash=" + std::string(22, 'A'),
        "?participant_label=ben&hash=" + anna,
        "?participant_label=eve&hash=" + links.label_key("vault", "eve"),
        "?participant_label=anna&hash=" + links.label_key("lab", "anna")}) {
    CAPTURE(wrong);
    const Response refused = get(world, "/room/vault" + wrong);
    CHECK(refused.status == 403);
    CHECK(contains(refused.body, "open the link you were given"));
    CHECK(get(world, "/room/vault/state" + wrong).status == 403);
  }
  CHECK(world.actors.count<VisitRoom>() == 0);
}

TEST_CASE("a full session says so, and a session that has gone leads back to waiting") {
  World world(add_rooms);
  const Response full = visit(world, "POST", "/room/hall", {{"open", true}, {"full", true}});
  CHECK(full.status == 409);
  CHECK(contains(full.body, "All places in this session are taken"));
  const Response gone = visit(world, "POST", "/room/hall", {{"open", false}});
  CHECK(gone.status == 303);
  CHECK(gone.header("location") == "/room/hall");
}

TEST_CASE("what is wrong about a room's address is refused and reaches nobody") {
  World world(add_rooms);
  CHECK(get(world, "/room/nowhere").status == 404);
  CHECK(get(world, "/room/").status == 404);
  CHECK(get(world, "/room").status == 404);
  CHECK(get(world, "/room/hall/else").status == 404);
  CHECK(get(world, "/room/hall?participant_label=" + std::string(101, 'x')).status == 403);
  CHECK(get(world, "/room/hall?participant_label=a%0Ab").status == 403);
  Client client(world.port());
  CHECK(client.request("POST", "/room/hall", {{"Origin", "https://evil.example"}}).status == 403);
  CHECK(client.request("POST", "/room/hall/state").status == 404);
  CHECK(world.actors.count<VisitRoom>() == 0);
}

TEST_CASE("the session-wide link takes a label, too") {
  World world;
  const std::string link = world.gateway->links().session_link("s1");
  const std::string target = link.substr(link.find('/', 8)) + "?participant_label=anna";
  CHECK(contains(get(world, target).body, "action=\"" + target + "\""));
  Client client(world.port());
  auto response = std::async(std::launch::async, [&] { return client.request("POST", target); });
  const auto claim = world.actors.await<ClaimSeat>();
  CHECK(claim.label == "anna");
  world.actors.say(SessionAnswer{claim.request, {}, {{"participant", "carol"}}});
  CHECK(response.get().status == 303);
}

TEST_CASE("a room's page of welcome comes first, and its button leads to the room") {
  const WelcomingRooms welcoming;
  World world(welcoming.rooms());
  const Response shown = get(world, "/room/hall");
  CHECK(shown.status == 200);
  CHECK(contains(shown.body, "<h1>Come in to The &lt;hall&gt;</h1>x"));
  CHECK(
      contains(shown.body, R"(<form class="rialto-room-label" method="get" action="/room/hall">)"));
  CHECK(contains(shown.body, R"(name="welcome_page_ok" value="1")"));
  CHECK(contains(shown.body, "rialto-next-button"));
  CHECK(!contains(shown.body, R"(name="participant_label")"));
  const Response room = visit(world, "GET", "/room/hall?welcome_page_ok=1", {{"open", false}});
  CHECK(contains(room.body, "rialto-wait"));
  CHECK(contains(room.body, R"(action="/room/hall?welcome_page_ok=1" hidden>)"));
  const Response entered = visit(world, "POST", "/room/hall?welcome_page_ok=1", {{"open", false}});
  CHECK(entered.header("location") == "/room/hall?welcome_page_ok=1");
}

TEST_CASE("a page of welcome asks for the label that is wanted, and hands on the one of the link") {
  const WelcomingRooms welcoming;
  World world(welcoming.rooms());
  const std::string asks = get(world, "/room/lab").body;
  CHECK(contains(asks, R"(id="participant_label" name="participant_label" value="")"));
  CHECK(asks.find("participant_label") < asks.find("rialto-next-button"));
  const std::string knows = get(world, "/room/lab?participant_label=anna").body;
  CHECK(contains(knows, R"(<input type="hidden" name="participant_label" value="anna">)"));
  CHECK(!contains(knows, "required"));
  const Response refused = get(world, "/room/lab?participant_label=bob&welcome_page_ok=1");
  CHECK(refused.status == 403);
  CHECK(contains(refused.body, R"(name="welcome_page_ok" value="1")"));
  CHECK(get(world, "/room/vault?participant_label=anna").status == 403);
}

TEST_CASE("a page of welcome puts its button where it says so") {
  const WelcomingRooms welcoming;
  welcoming.write("welcome.html", "a{{ next_button 'Go' }}z");
  World world(welcoming.rooms());
  const std::string shown = get(world, "/room/lab").body;
  CHECK(shown.find("participant_label") < shown.find(">Go</button>"));
  CHECK(shown.find(">Go</button>\nz") != shown.npos);
  CHECK(shown.find("<button") == shown.rfind("<button"));
}

TEST_CASE("a page of welcome that names what a room has not is told with its line") {
  const WelcomingRooms welcoming;
  welcoming.write("welcome.html", "a\n{{ room.nam }}{{ player.code }}{{ formfield 'x' }}{{ y }}");
  std::vector<SiteRoom> rooms{
      {"hall", "", SiteRoom::Door::open, {}, welcoming.folder + "/welcome.html"}};
  const auto read = WelcomePages::read(rooms, {});
  REQUIRE(!read);
  const std::string& message = read.error().message;
  CHECK(contains(message, "welcome.html line 2: \"room\" has no \"nam\"; did you mean \"name\"?"));
  CHECK(contains(message, "\"player\" has no \"code\""));
  CHECK(contains(message, "the form has no field \"x\""));
  CHECK(contains(message, "unknown name \"y\""));
}
