// The last page of a session: what has been earned, and the code by which it is paid. All of it
// stands in the page's template. To be played after other apps.
#include "actors/app.h"

namespace payment_info {
using namespace rialto;

struct Group : GroupOf<struct Player> {};
struct Player : PlayerIn<Group> {};

AnyApp app() {
  return App<Group, Player>{
      .name = "payment_info",
      .doc = "Tells what is paid, and by which code.",
      .players_per_group = 1,
      .pages = {{.name = "PaymentInfo"}},
  };
}
}  // namespace payment_info
