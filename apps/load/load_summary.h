// A load test's report as people and as scripts read it.
// Plain functions. Guarantee: both forms tell the same figures.
#pragma once

#include <string>

#include "actors/value.h"
#include "apps/load/load_options.h"

namespace rialto::load {

std::string to_text(const LoadReport& report);
Value to_json(const LoadReport& report);

}  // namespace rialto::load
