// hint: fields of its own Player or Group
#include "actors/app.h"

namespace form_field_of_another_class {
using namespace rialto;

struct Group : GroupOf<struct Player> {};
struct Player : PlayerIn<Group> {
  Field<int> offer{this, "offer"};
};
struct OtherGroup : GroupOf<struct OtherPlayer> {};
struct OtherPlayer : PlayerIn<OtherGroup> {
  Field<int> offer{this, "offer"};
};

AnyApp app() {
  return App<Group, Player>{.name = "game",
#ifdef RIGHT
                            .pages = {{.name = "Offer", .form = {&Player::offer}}}};
#else
                            .pages = {{.name = "Offer", .form = {&OtherPlayer::offer}}}};
#endif
}
}  // namespace form_field_of_another_class
