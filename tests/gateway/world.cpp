#include "tests/gateway/world.h"

#include <unistd.h>

#include <atomic>
#include <fstream>
#include <stdexcept>
#include <utility>

namespace rialto::test {
namespace {

std::filesystem::path fresh_folder() {
  static std::atomic<int> number{0};
  auto folder = std::filesystem::temp_directory_path() /
                ("rialto-gateway-" + std::to_string(::getpid()) + "-" + std::to_string(++number));
  std::filesystem::create_directories(folder / "auction");
  std::ofstream(folder / "auction" / "Bid.html")
      << "<p>Hello {{ name }}, {{ name|safe }}</p>{{ next_button }}";
  std::ofstream(folder / "auction" / "Results.html") << "<p>Results</p>{% next_button %}";
  return folder;
}

}  // namespace

World::World(const std::function<void(GatewayOptions&)>& adjust) : folder(fresh_folder()) {
  GatewayOptions options;
  options.port = 0;
  options.link_secret = "a secret of the store";
  options.lineage = "0123456789abcdef";
  SiteApp app;
  app.name = "auction";
  app.title = "English <auction>";
  app.folder = folder / "auction";
  app.pages = {"Bid", "Results"};
  options.apps.push_back(app);
  options.configs.push_back({"auction", "English <auction>", "Bid & win.", 3});
  if (adjust) adjust(options);
  gateway = std::make_unique<Gateway>(options, actors.factory());
  const Result<void> started = gateway->start();
  if (!started) throw std::runtime_error(started.error().message);
}

World::~World() {
  gateway.reset();
  std::filesystem::remove_all(folder);
}

std::unique_ptr<Client> World::open(const std::string& code, Client::Buffers buffers) {
  auto client = std::make_unique<Client>(port(), buffers);
  const Response response = client->upgrade("/p/" + code + "/live", cookie(code));
  if (response.status != 101) throw std::runtime_error("status " + std::to_string(response.status));
  return client;
}

std::unique_ptr<Client> World::join(Joined joined, const std::string& code,
                                    Client::Buffers buffers) {
  auto client = open(code, buffers);
  client->send_text(hello());
  const auto asked = actors.await<Join>();
  joined.connection = asked.connection;
  if (joined.unit == UnitId{} && joined.status == PageStatus::page) joined.unit = unit;
  if (joined.player == 0) joined.player = 1;
  joined.lineage = asked.lineage;
  actors.say(joined);
  return client;
}

std::unique_ptr<Client> World::live(std::uint32_t player, ConnectionId* connection,
                                    Client::Buffers buffers) {
  Joined joined;
  joined.player = player;
  auto client = join(joined, "player" + std::to_string(player), buffers);
  const auto pull = actors.await<PullHistory>();
  actors.say(HistoryPiece{pull.connection, {}, 0, true});
  if (connection) *connection = pull.connection;
  for (;;) {
    const Value frame = client->next_json();
    if (frame.get("type", "") == "live") return client;
  }
}

std::string World::hello(std::uint64_t after) {
  return R"({"type":"hello","version":1,"page":"auction/1-0","sender":"abcdefgh0001",)"
         R"("lineage":"0123456789abcdef","rendered":0,"after":)" +
         std::to_string(after) + "}";
}

std::string World::send(std::uint64_t number, const std::string& data) {
  return R"({"type":"send","n":)" + std::to_string(number) + R"(,"data":)" + data + "}";
}

Delivery World::delivery(std::uint64_t record, const std::string& payload,
                         std::vector<std::uint32_t> receivers) {
  return {record, 1'700'000'000'123'456, page, std::move(receivers), Retention::log, {}, payload};
}

Release World::release(std::vector<Delivery> deliveries) {
  Release made;
  made.unit = unit;
  made.upto = deliveries.empty() ? 0 : deliveries.back().record;
  made.deliveries = std::move(deliveries);
  return made;
}

}  // namespace rialto::test
