// The whole of the gateway: listens, shares the lines out among its I/O threads, ends in good
// order. Owned by main.cpp. Its functions are called on one thread. Guarantees: when `start` has
// returned success, browsers can connect; when `stop` has returned, no thread of it runs and none
// of its Actors is used any more.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "actors/limits.h"
#include "gateway/actors_port.h"
#include "gateway/links.h"
#include "gateway/site_app.h"
#include "gateway/site_config.h"
#include "gateway/site_room.h"
#include "gateway/words.h"
#include "storage/result.h"

namespace rialto {

struct GatewayOptions {
  std::string host = "127.0.0.1";  // an address, or a name of this machine
  std::uint16_t port = 8000;       // 0: any free one
  std::string public_url;          // empty: http:// with this machine's address and the port
  std::string link_secret;         // of the store
  std::string lineage;             // of the store
  std::string news;                // a file that pages look into, for `rialto dev`; empty: none
  bool demo = false;
  std::vector<SiteApp> apps;
  std::vector<SiteConfig> configs;  // on the demo page, in this order
  std::vector<SiteRoom> rooms;
  Words words = {};
  std::string language = "en";  // of what belongs to no session
  Limits limits;
  std::uint16_t threads = 1;
};

class Gateway {
 public:
  Gateway(GatewayOptions options, ActorsFactory make_actors);
  ~Gateway();

  // `invalid` for a wrong public URL, `not_found` for a page without its file, `unavailable` where
  // the address cannot be listened on.
  Result<void> start();
  // Says 1001 to everybody, sends what waits (at most 3 s) and ends the threads.
  void stop();

  // After `start`.
  std::uint16_t listening_port() const;
  const Links& links() const;

 private:
  struct Running;
  GatewayOptions options_;
  ActorsFactory make_actors_;
  std::unique_ptr<Running> running_;
};

}  // namespace rialto
