// Requests that a proxy before us might read another way than we do, and ways out of a folder.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "tests/gateway/world.h"

using namespace rialto;
using namespace rialto::test;

namespace {

const std::string get = "GET /static/rialto.css HTTP/1.1\r\n";
const std::string host = "Host: lab\r\n";

// The answers to `bytes`, until the server closes or nothing more comes.
std::string answers(World& world, const std::string& bytes) {
  Client client(world.port());
  client.send_bytes(bytes);
  client.shut_down();
  std::string statuses;
  try {
    for (;;) {
      const std::string status = std::to_string(client.read_response(true).status);
      statuses += (statuses.empty() ? "" : " ") + status;
    }
  } catch (const LineEnded&) {
  }
  return statuses;
}

}  // namespace

TEST_CASE("a request names its host once, in words that can be one") {
  World world;
  CHECK(answers(world, get + host + "\r\n") == "200");
  CHECK(answers(world, get + "\r\n") == "400");
  CHECK(answers(world, get + host + "Host: evil\r\n\r\n") == "400");
  CHECK(answers(world, get + host + host + "\r\n") == "400");
  CHECK(answers(world, get + "Host: a b\r\n\r\n") == "400");
  CHECK(answers(world, get + "Host: lab/x\r\n\r\n") == "400");
  CHECK(answers(world, get + "Host: [::1]:8000\r\n\r\n") == "200");
  CHECK(answers(world, "GET /static/rialto.css HTTP/1.0\r\n\r\n") == "200");
}

TEST_CASE("what may stand once and stands twice is refused, whatever it is") {
  World world;
  for (const std::string name :
       {"Origin: http://lab", "Cookie: a=b", "Range: bytes=0-1", "If-Range: \"x\"",
        "Content-Type: text/plain", "Content-Length: 0", "Expect: 100-continue", "Upgrade: x"}) {
    INFO(name);
    CHECK(answers(world, get + host + name + "\r\n\r\n" + get + host + "\r\n").ends_with(" 200"));
    CHECK(answers(world, get + host + name + "\r\n" + name + "\r\n\r\n" + get + host + "\r\n") ==
          "400");
  }
  for (const char* const name :
       {"Sec-WebSocket-Key", "Sec-WebSocket-Version", "Upgrade", "Cookie"}) {
    INFO(name);
    Client client(world.port());
    Client::Headers headers = world.cookie("alice");
    headers.emplace_back(name, "websocket");
    CHECK(client.upgrade("/p/alice/live", headers).status == 400);
  }
}

TEST_CASE("where it is not sure where a body ends, nothing behind it is taken for a request") {
  World world;
  const std::string behind = "GET /static/jquery.js HTTP/1.1\r\n" + host + "\r\n";
  for (const std::string head :
       {"Transfer-Encoding: chunked\r\nContent-Length: 5\r\n", "Transfer-Encoding: xchunked\r\n",
        "Transfer-Encoding: chunked, gzip\r\n", "Transfer-Encoding: gzip\r\n",
        "Transfer-Encoding:\tchunked\r\n", "Transfer-Encoding: identity\r\n",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n",
        "Content-Length: 5\r\nContent-Length: 6\r\n", "Content-Length: 5, 5\r\n",
        "Content-Length: +5\r\n", "Content-Length: 0x5\r\n", "Content-Length: 5 5\r\n",
        "Content-Length: -1\r\n", "Content-Length: 18446744073709551621\r\n", "Content-Length:\r\n",
        "Content-Length : 5\r\n", "Transfer-Encoding : chunked\r\n", " Content-Length: 5\r\n"}) {
    INFO(head);
    for (const char* const method : {"GET", "POST"}) {
      const std::string told =
          answers(world, std::string(method) + " /static/rialto.css HTTP/1.1\r\n" + host + head +
                             "\r\n0\r\n\r\n" + behind);
      CHECK((told == "400" || told == "411"));
    }
  }
}

TEST_CASE("requests that come at once are answered one after the other, each once") {
  World world;
  std::string all;
  for (int i = 0; i < 300; ++i) {
    all += (i % 3 == 0 ? "HEAD" : "GET") + std::string(" /static/none HTTP/1.1\r\n") + host +
           (i % 7 == 0 ? "Content-Length: 3\r\n\r\nabc" : "\r\n");
  }
  Client client(world.port());
  client.send_bytes(all);
  for (int i = 0; i < 300; ++i) CHECK(client.read_response(i % 3 != 0).status == 404);
  CHECK(client.silent(50));
}

TEST_CASE("no path leads out of the folder of an app's files") {
  World world([](GatewayOptions& options) {
    const std::filesystem::path folder = options.apps[0].folder;
    std::filesystem::create_directories(folder / "static");
    std::ofstream(folder / "static" / "in.txt") << "in";
    std::ofstream(folder / "secret.txt") << "secret";
  });
  Client client(world.port());
  CHECK(client.request("GET", "/static/auction/in.txt").body == "in");
  CHECK(client.request("GET", "/static/auction/i%6E.txt").body == "in");
  for (const std::string path :
       {"/static/auction/../secret.txt", "/static/auction/%2e%2e/secret.txt",
        "/static/auction/%2e%2e%2fsecret.txt", "/static/auction/..%5csecret.txt",
        "/static/auction/....//secret.txt", "/static//etc/passwd", "/static/%2fetc%2fpasswd",
        "/static/auction/static/../../secret.txt", "/static/auction/in.txt%00.png",
        "/static/auction/in.txt/", "/static/auction/%252e%252e/secret.txt",
        "/static/auction/%c0%ae%c0%ae/secret.txt", "/static/auction/.", "/static/auction/",
        "/static", "/static/", "//static/auction/in.txt", "/%2e%2e/static/auction/in.txt",
        "/static/auction\\in.txt"}) {
    INFO(path);
    CHECK(client.request("GET", path).status == 404);
  }
}

TEST_CASE("a head has a bound, as has each of its lines and how many there are") {
  World world;
  for (const std::string& head :
       {"X: " + std::string(17'000, 'x') + "\r\n", std::string(17'000, 'x') + ": x\r\n"}) {
    CHECK(answers(world, get + host + head + "\r\n") == "431");
  }
  std::string many;
  for (int i = 0; i < 5000; ++i) many += "a:b\r\n";
  CHECK(answers(world, get + host + many + "\r\n") == "431");
  CHECK(answers(world, "GET /" + std::string(17'000, 'x') + " HTTP/1.1\r\n" + host + "\r\n") ==
        "431");
  CHECK(answers(world, std::string(17'000, 'G') + " / HTTP/1.1\r\n" + host + "\r\n") == "431");
}
