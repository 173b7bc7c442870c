// hint: multi-character character constant
#include "actors/app.h"

namespace letters_in_single_quotes {
using namespace rialto;

bool is_load(const Value& data) {
#ifdef RIGHT
  return data["type"] == "load";
#else
  return data["type"] == 'load';
#endif
}
}  // namespace letters_in_single_quotes
