// hint: choices have the type of their field
#include "actors/app.h"

namespace form_choices_of_another_type {
using namespace rialto;

struct Group : GroupOf<struct Player> {};
struct Player : PlayerIn<Group> {
#ifdef RIGHT
  Field<int> level{this, "level", {.choices = {{1, "Low"}, {2, "High"}}}};
#else
  Field<int> level{this, "level", {.choices = {{"1", "Low"}, {"2", "High"}}}};
#endif
};
}  // namespace form_choices_of_another_type
