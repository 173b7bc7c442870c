// hint: error_message wants: std::string f\(const Player&, const Value&\)
#include "actors/app.h"

namespace error_message_without_values {
using namespace rialto;

struct Group : GroupOf<struct Player> {};
struct Player : PlayerIn<Group> {};

#ifdef RIGHT
std::string stay(const Player&, const Value&) { return "Stay."; }
#else
std::string stay(const Player&) { return "Stay."; }
#endif

AnyApp app() {
  return App<Group, Player>{.name = "game",
                            .players_per_group = 2,
                            .pages = {{.name = "Bid", .error_message = stay}}};
}
}  // namespace error_message_without_values
