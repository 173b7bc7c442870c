// The auction in groups of four, as the benchmarks play it.
#include "actors/app.h"

namespace auction {
rialto::AnyApp app();
}

namespace auction_of_four {
using namespace rialto;

AnyApp app() {
  AppModel model = *auction::app();
  model.name = "auction_of_four";
  model.players_per_group = 4;
  return std::make_shared<const AppModel>(std::move(model));
}

}  // namespace auction_of_four
