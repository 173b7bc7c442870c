// hint: true or false is no text
#include "actors/app.h"

namespace text_and_truth {
using namespace rialto;

struct Group : GroupOf<struct Player> {
  Field<bool> open{this, "open", true};
};
struct Player : PlayerIn<Group> {};

std::string told(const Group& group) {
#ifdef RIGHT
  return "It is " + std::string(group.open ? "open" : "closed");
#else
  return "It is " + group.open;
#endif
}
}  // namespace text_and_truth
