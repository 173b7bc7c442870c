// Lines that games have printed, into the log. A free function, any thread.
// Guarantee: each says where it was printed, in the words of all that the log says of games.
#pragma once

#include <vector>

#include "actors/step.h"

namespace rialto {

void log_printed(const std::vector<Step::Printed>& printed);

}  // namespace rialto
