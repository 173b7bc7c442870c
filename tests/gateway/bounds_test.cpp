// What one who means harm can take: bytes, moments and lines, of the server and of others. Each
// bound of actors/limits.h that the gateway keeps.
#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <future>
#include <thread>

#include "gateway/participant_use.h"
#include "gateway/submit_form.h"
#include "tests/gateway/faults/faults.h"
#include "tests/gateway/world.h"

using namespace rialto;
using namespace rialto::test;
using std::chrono::milliseconds;

namespace {

const std::string here = "/p/alice/auction/Bid/1-0";

int closed_with(Client& client) {
  for (;;) {
    const Frame frame = client.next();
    if (frame.opcode == 8) return frame.close_code();
  }
}

std::string pending_send(std::uint64_t number, const std::string& data) {
  return R"({"type":"send","n":)" + std::to_string(number) + R"(,"data":)" + data +
         R"(,"sender":"abcdefgh0001","page":"auction/1-0"})";
}

std::string pending(std::size_t count, const std::string& data = "1") {
  std::string list;
  for (std::size_t number = 1; number <= count; ++number) {
    list += (list.empty() ? "" : ",") + pending_send(number, data);
  }
  return "rialto_pending=[" + list + "]";
}

std::string nested(std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); }

// Submits and answers it as if it had been taken; the status.
int taken(World& world, const std::string& body) {
  auto response = std::async(std::launch::async, [&] {
    Client client(world.port());
    return client.request("POST", here, world.form("alice"), body).status;
  });
  const auto submit = world.actors.await<SubmitPage>();
  world.actors.say(PageAnswer{submit.request, PageStatus::finished, {}});
  return response.get();
}

int status_of(World& world, const std::string& body) {
  Client client(world.port());
  return client.request("POST", here, world.form("alice"), body).status;
}

// The status that the head of a request alone gets.
int status_of_head(World& world, const std::string& method, const std::string& target,
                   Client::Headers headers, const std::string& length) {
  Client client(world.port());
  headers.emplace_back(length.empty() ? "Transfer-Encoding" : "Content-Length",
                       length.empty() ? "chunked" : length);
  return client.request(method, target, headers).status;
}

bool ended(Client& client) {
  try {
    client.next();
  } catch (const LineEnded&) {
    return true;
  }
  return false;
}

}  // namespace

TEST_CASE("a form with ever so many fields is read in a moment") {
  std::string body;
  for (int field = 0; field < 80'000; ++field) body += "x" + std::to_string(field) + "=1&";
  body += "name=Ann";
  const auto begin = std::chrono::steady_clock::now();
  const FieldNames asked = {"name"};
  CHECK(read_form(body, &asked, 1000)->values.dump() == R"({"name":"Ann"})");
  CHECK(read_form(body, nullptr, 1000)->values.size() == 1000);
  CHECK(std::chrono::steady_clock::now() - begin < milliseconds(1000));
}

TEST_CASE("a field that the page does not ask for reaches nobody") {
  World world([](GatewayOptions& options) { options.apps[0].fields["Bid"] = {"name"}; });
  auto response = std::async(std::launch::async, [&] {
    return status_of(world, "other=1&name=Ann&third=" + std::string(100'000, 'x'));
  });
  const auto submit = world.actors.await<SubmitPage>();
  world.actors.say(PageAnswer{submit.request, PageStatus::finished, {}});
  CHECK(submit.values.dump() == R"({"name":"Ann"})");
  CHECK(response.get() == 303);
}

TEST_CASE("a submit brings along as many sends as a page may have unanswered, no more") {
  World world;
  CHECK(taken(world, pending(256)) == 303);
  CHECK(status_of(world, pending(257)) == 400);
  CHECK(world.actors.count<SubmitPage>() == 0);
}

TEST_CASE("what a submit brings along is bounded like what a line brings") {
  World world;
  const std::size_t envelope = pending_send(1, "\"\"").size();
  CHECK(taken(world, pending(1, '"' + std::string(65536 - envelope, 'x') + '"')) == 303);
  CHECK(status_of(world, pending(1, '"' + std::string(65537 - envelope, 'x') + '"')) == 400);
  CHECK(taken(world, pending(1, nested(63))) == 303);
  CHECK(status_of(world, pending(1, nested(64))) == 400);
  CHECK(world.actors.count<SubmitPage>() == 0);
}

TEST_CASE("sends that submits bring along are taken within the participant's rate") {
  World world([](GatewayOptions& options) {
    options.limits.sends_per_second = 1;
    options.limits.sends_burst = 200;
  });
  CHECK(taken(world, pending(256)) == 303);
  CHECK(taken(world, pending(256)) == 303);  // on credit: who submits cannot come again
  CHECK(status_of(world, pending(256)) == 429);
  CHECK(taken(world, "name=Ann") == 303);
}

TEST_CASE("submits have a rate, and the one above it says when to come again") {
  World world([](GatewayOptions& options) {
    options.limits.requests_per_second = 0.01;
    options.limits.requests_burst = 2;
  });
  CHECK(taken(world, "name=Ann") == 303);
  CHECK(taken(world, "name=Ann") == 303);
  Client client(world.port());
  const Response response = client.request("POST", here, world.form("alice"), "name=Ann");
  CHECK(response.status == 429);
  CHECK(response.header("retry-after") == "1");
  CHECK(client.request("GET", "/health").status == 200);  // the line stays
}

TEST_CASE("the head of a request decides, before its body is read") {
  World world;
  const std::string large = "4000000";
  const auto form = world.form("alice");
  Client::Headers stranger = world.form("bob");
  CHECK(status_of_head(world, "POST", here, stranger, large) == 403);
  CHECK(status_of_head(world, "POST", here, {{"Content-Type", "text/plain"}}, large) == 403);
  CHECK(status_of_head(world, "POST", here, world.cookie("alice"), large) == 415);
  CHECK(status_of_head(world, "POST", here, form, "4194305") == 413);
  CHECK(status_of_head(world, "POST", here, form, "") == 411);
  CHECK(status_of_head(world, "POST", "/join/abc/def", {}, large) == 413);
  CHECK(status_of_head(world, "POST", "/nowhere", {}, large) == 413);
  CHECK(status_of_head(world, "GET", "/health", {}, large) == 413);
  CHECK(status_of_head(world, "DELETE", "/health", {}, large) == 405);
  auto evil = form;
  evil.emplace_back("Origin", "https://evil.example");
  CHECK(status_of_head(world, "POST", here, evil, large) == 403);
  CHECK(world.actors.count<SubmitPage>() == 0);
}

TEST_CASE("the bodies that one participant has under way are bounded together") {
  World world([](GatewayOptions& options) {
    options.limits.requests_per_second = options.limits.requests_burst = 1e9;
  });
  auto headers = world.form("alice");
  const auto begin = [&](Client& client, const std::string& length) {
    std::string head = "POST " + here + " HTTP/1.1\r\nHost: lab\r\nContent-Length: " + length;
    for (const auto& [name, value] : headers) head += "\r\n" + name + ": " + value;
    client.send_bytes(head + "\r\n\r\n");
  };
  auto first = std::make_unique<Client>(world.port());
  begin(*first, "3000000");
  CHECK(first->silent(50));
  CHECK(status_of_head(world, "POST", here, headers, "3000000") == 429);
  first.reset();  // what ends gives its room back
  for (int tries = 0;; ++tries) {
    REQUIRE(tries < 50);
    Client again(world.port());
    begin(again, "3000000");
    if (again.silent(100)) break;
  }
}

TEST_CASE("however many cookies a request has, one signature is computed") {
  World world;
  std::string cookies;
  while (cookies.size() < 15'000) cookies += "rialto=x; ";
  Client client(world.port());
  const std::size_t before = faults::signatures();
  CHECK(client.request("GET", "/p/alice/", {{"Cookie", cookies}}).status == 403);
  CHECK(client.request("POST", here, {{"Cookie", cookies}}, "a=b").status == 403);
  CHECK(faults::signatures() - before == 2);
  std::string seats;
  while (seats.size() < 15'000) seats += "rialto_seat=bob.0123456789012345678901; ";
  const std::string join = "/join/abc/" + world.gateway->links().session_key("abc");
  const std::size_t then = faults::signatures();
  auto response = std::async(std::launch::async, [&] {
    return client.request("POST", join, {{"Cookie", seats}}).status;
  });
  world.actors.say(SessionAnswer{world.actors.await<ClaimSeat>().request, "full", {}});
  CHECK(response.get() == 409);
  CHECK(faults::signatures() - then == 2);  // the link's and the seat's
}

TEST_CASE("pings count as anything else: who floods is not read for a while") {
  World world([](GatewayOptions& options) {
    options.limits.sends_per_second = 20;
    options.limits.sends_burst = 20;
  });
  auto client = world.live();
  for (int i = 0; i < 2000; ++i) client->send_frame(0x89, "ping");
  int pongs = 0;
  while (!client->silent(300)) pongs += client->next().opcode == 10 ? 1 : 0;
  CHECK(pongs >= 40);
  CHECK(pongs < 1000);
  const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  while (client->silent(100))
    REQUIRE(std::chrono::steady_clock::now() < until);  // it is read again
}

TEST_CASE("the replies to pings that nobody reads do not pile up") {
  World world([](GatewayOptions& options) {
    options.limits.sends_per_second = options.limits.sends_burst = 1e9;
    options.limits.outbox = 64 * 1024;
  });
  auto client = world.live(1, nullptr, Client::Buffers::small);
  const std::string pings = [] {
    std::string frame = {'\x89', '\xFD', 0, 0, 0, 0};
    frame.append(125, 'x');
    std::string many;
    for (int i = 0; i < 500; ++i) many += frame;
    return many;
  }();
  // The server takes no more than what it may keep and what the kernel holds.
  std::size_t sent = 0;
  while (sent < 64'000'000) {
    const std::size_t now = client->send_some(pings, milliseconds(500));
    sent += now;
    if (now < pings.size()) break;
  }
  CHECK(sent < 32'000'000);
}

TEST_CASE("pieces of a frame that bring next to nothing count like frames") {
  World world([](GatewayOptions& options) {
    options.limits.sends_per_second = options.limits.sends_burst = 10;
  });
  auto client = world.live();
  client->send_frame(0x01, "{");
  for (int i = 0; i < 400; ++i) client->send_frame(0x00, " ");
  client->send_frame(0x80, "}");
  CHECK(client->silent(100));  // it is not read
  CHECK(client->next_json()["type"] == "error");
}

TEST_CASE("what comes too fast is refused before its data are looked at") {
  World world([](GatewayOptions& options) {
    options.limits.sends_per_second = 0.01;
    options.limits.sends_burst = 1;
  });
  auto client = world.live();
  client->send_text(World::send(1));
  client->send_text(World::send(2, "[1, 2"));
  client->send_text(R"({ "sender": "earlier-load", "data": nonsense , "n": 7, "type": "send" })");
  CHECK(world.actors.await<ToUnit>().inputs.inputs.size() == 1);
  CHECK(client->next_json()["code"] == "too_fast");  // no send: the brackets do not end
  const Value earlier = client->next_json();
  CHECK(earlier["code"] == "too_fast");
  CHECK(earlier["n"] == 7);
  CHECK(earlier["sender"] == "earlier-load");
}

TEST_CASE("a large send counts as several") {
  World world([](GatewayOptions& options) {
    options.limits.sends_per_second = 1;
    options.limits.sends_burst = 4;
  });
  auto client = world.live();
  client->send_text(World::send(1, '"' + std::string(60'000, 'x') + '"'));
  CHECK(world.actors.await<ToUnit>().inputs.inputs.size() == 1);
  client->send_text(World::send(2));
  const Value error = client->next_json();
  CHECK(error["code"] == "too_fast");
  CHECK(error["n"] == 2);
}

TEST_CASE(
    "the rate is a participant's, however many windows are open, and is no new one by coming "
    "back") {
  World world([](GatewayOptions& options) {
    options.limits.sends_per_second = 0.01;
    options.limits.sends_burst = 2;
  });
  auto one = world.live();
  auto two = world.live();
  one->send_text(World::send(1));
  world.actors.await<ToUnit>();
  two->send_text(World::send(1));
  world.actors.await<ToUnit>();
  two->send_text(World::send(2));
  CHECK(two->next_json()["code"] == "too_fast");
  two.reset();
  auto back = world.live();
  back->send_text(World::send(1));
  CHECK(back->next_json()["code"] == "too_fast");
  auto other = world.live(2);
  other->send_text(World::send(1));
  CHECK(world.actors.await<ToUnit>().inputs.inputs.size() == 1);
}

TEST_CASE("of too many windows of one participant the oldest is closed with 4410") {
  World world([](GatewayOptions& options) { options.limits.windows = 3; });
  auto first = world.live();
  std::vector<std::unique_ptr<Client>> windows;
  for (int i = 0; i < 3; ++i) windows.push_back(world.live());
  CHECK(closed_with(*first) == 4410);
  for (const auto& each : windows) {
    each->send_text(R"({"type":"ping"})");
    CHECK(each->next_json()["type"] == "pong");
  }
}

TEST_CASE("what may wait for a participant is shared by the windows") {
  Limits limits;
  limits.outbox = 1000;
  ParticipantUse use(limits, {});
  CHECK(use.outbox() == 1000);
  World world;
  CHECK(use.reserve_body(limits.body));
  CHECK(!use.reserve_body(1));
  use.release_body(limits.body);
  CHECK(use.reserve_body(1));
}

TEST_CASE("a time that is set again and again waits for a slow reader once") {
  World world([](GatewayOptions& options) { options.limits.outbox = 64 * 1024; });
  auto client = world.live(1, nullptr, Client::Buffers::small);
  constexpr int times = 200'000;  // 12 MB of frames
  for (int each = 0; each < times; each += 1000) {
    Release release = World::release({});
    for (int i = 0; i < 1000; ++i) release.times.push_back({page, {}, (each + i + 1) * 1'000'000L});
    world.actors.say(release);
  }
  int heard = 0;
  std::int64_t last = 0;
  while (last < times * 900) {
    const Value frame = client->next_json();
    if (frame.get("type", "") != "time") continue;
    ++heard;
    last = frame["left"].as<std::int64_t>();
  }
  CHECK(heard < times / 2);
}

TEST_CASE("a line that is sent to without end after its last word is cut") {
  World world([](GatewayOptions& options) { options.limits.discarded = 100'000; });
  const auto is_cut = [](Client& client) {
    std::size_t taken = 0;
    try {
      while (taken < 50'000'000) {
        taken += client.send_some(std::string(1 << 16, 'x'), std::chrono::milliseconds(100));
      }
    } catch (const std::exception&) {
      return true;
    }
    return false;
  };
  Client refused(world.port());
  refused.send_bytes("nonsense\r\n\r\n");
  CHECK(is_cut(refused));
  auto window = world.live();
  window->send_frame(0x82, "binary");
  CHECK(is_cut(*window));
  auto broken = world.live();
  broken->send_frame(0x83, "no such frame");
  CHECK(is_cut(*broken));
}

TEST_CASE("idle lines give way to newcomers, lines in use do not") {
  World world([](GatewayOptions& options) { options.limits.connections = 40; });
  auto playing = world.live();
  Client waiting(world.port());
  auto answer = std::async(std::launch::async, [&] {
    return waiting.request("GET", "/p/alice/", world.cookie("alice")).status;
  });
  const auto open = world.actors.await<OpenPage>();
  std::vector<std::unique_ptr<Client>> idle;
  for (int i = 0; i < 100; ++i) idle.push_back(std::make_unique<Client>(world.port()));
  Client newcomer(world.port());
  CHECK(newcomer.request("GET", "/health").status == 200);
  CHECK(ended(*idle.front()));
  playing->send_text(R"({"type":"ping"})");
  CHECK(playing->next_json()["type"] == "pong");
  world.actors.say(PageAnswer{open.request, PageStatus::finished, {}});
  CHECK(answer.get() == 200);
}

TEST_CASE("who comes while a thread is busy waits in the kernel, not before the lines it serves") {
  World world([](GatewayOptions& options) { options.threads = 1; });
  const auto open_files = [] {
    const auto all = std::filesystem::directory_iterator("/proc/self/fd");
    return std::distance(begin(all), end(all));
  };
  std::promise<void> goes_on;
  std::promise<void> is_busy;
  world.actors.happen({[&](ActorsListener&) {
    is_busy.set_value();
    goes_on.get_future().wait();
  }});
  is_busy.get_future().wait();
  const auto before = open_files();
  constexpr int many = 300;
  std::vector<std::unique_ptr<Client>> clients;
  for (int i = 0; i < many; ++i) clients.push_back(std::make_unique<Client>(world.port()));
  CHECK(clients.back()->silent(100));
  CHECK(open_files() - before <= many + 32 + 1);
  goes_on.set_value();
  for (const auto& client : clients) CHECK(client->request("GET", "/static/none").status == 404);
}

TEST_CASE("a download that moves is not cut, one that does not move is") {
  World world([](GatewayOptions& options) {
    options.limits.drain = std::chrono::seconds(2);
    std::filesystem::create_directories(options.apps[0].folder + "/static");
    std::ofstream(options.apps[0].folder + "/static/film.mp4") << std::string(9'000'000, 'f');
  });
  for (const char* connection : {"keep-alive", "close"}) {
    Client client(world.port());
    client.send_bytes("GET /static/auction/film.mp4 HTTP/1.1\r\nHost: lab\r\nConnection: " +
                      std::string(connection) + "\r\n\r\n");
    std::size_t read = 0;
    while (read < 9'000'000) {  // in about four seconds
      std::this_thread::sleep_for(milliseconds(100));
      read += client.read_some(225'000);
    }
    CHECK(read >= 9'000'000);
  }
  Client sleeper(world.port(), Client::Buffers::small);
  sleeper.send_bytes("GET /static/auction/film.mp4 HTTP/1.1\r\nHost: lab\r\n\r\n");
  std::this_thread::sleep_for(milliseconds(4500));
  std::size_t read = 0;
  try {
    while (read < 9'000'000) read += sleeper.read_some(300'000);
  } catch (const LineEnded&) {
  }
  CHECK(read < 9'000'000);
}

TEST_CASE("an app may take larger messages, and its pages say how large") {
  World world([](GatewayOptions& options) { options.apps[0].message_bytes = 200'000; });
  Joined joined;
  joined.message_bytes = 200'000;
  auto client = world.join(joined);
  CHECK(client->next_json()["type"] == "hello");
  client->send_text(World::send(1, '"' + std::string(150'000, 'x') + '"'));
  CHECK(world.actors.await<ToUnit>().inputs.inputs.at(0).data.size() == 150'000);
  CHECK(taken(world, pending(1, '"' + std::string(150'000, 'x') + '"')) == 303);
  client->send_text(World::send(2, '"' + std::string(200'000, 'x') + '"'));
  CHECK(closed_with(*client) == 1009);
}
