// The crowd in groups of four: every message is accepted and goes to all four. What the engine
// carries, where the auction shows what its rules let through.
#include "actors/app.h"

namespace crowd {
rialto::AnyApp app();
}

namespace talk {
using namespace rialto;

AnyApp app() {
  AppModel model = *crowd::app();
  model.name = "talk";
  model.players_per_group = 4;
  return std::make_shared<const AppModel>(std::move(model));
}

}  // namespace talk
