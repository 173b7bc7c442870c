// hint: one column for each of its types
#include "actors/app.h"

namespace log_without_all_columns {
using namespace rialto;

struct Group : GroupOf<struct Player> {
#ifdef RIGHT
  Log<int, Money> bids{this, "bids", { "player", "amount" }};
#else
  Log<int, Money> bids{this, "bids", {"player"}};
#endif
};
struct Player : PlayerIn<Group> {};
}  // namespace log_without_all_columns
