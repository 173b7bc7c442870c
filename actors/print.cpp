#include "actors/print.h"

#include <cstdio>
#include <utility>

#include "actors/log_text.h"
#include "actors/step.h"

namespace rialto::detail {

void print_line(std::string line) {
  if (Step* step = Step::running()) {
    step->printed.push_back(std::move(line));
  } else {
    std::fprintf(stderr, "%s\n",
                 visible_text(line).c_str());  // a hook that only reads is no part of a record
  }
}

std::string shown(const Value& value) {
  return value.is_string() ? value.as<std::string>() : value.dump();
}

}  // namespace rialto::detail
