// hint: a form names its fields
#include "actors/app.h"

namespace form_field_by_its_name {
using namespace rialto;

struct Group : GroupOf<struct Player> {};
struct Player : PlayerIn<Group> {
  Field<int> offer{this, "offer"};
};

AnyApp app() {
  return App<Group, Player>{.name = "game",
#ifdef RIGHT
                            .pages = {{.name = "Offer", .form = {&Player::offer}}}};
#else
                            .pages = {{.name = "Offer", .form = {"offer"}}}};
#endif
}
}  // namespace form_field_by_its_name
