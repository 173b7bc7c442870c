#include "actors/print.h"

#include <utility>

#include "actors/printed.h"
#include "actors/running_slot.h"

namespace rialto::detail {

void print_line(std::string line) {
  Step::Printed printed{RunningSlots::what_runs_here(), std::move(line)};
  if (Step* step = Step::running()) {
    step->printed.push_back(std::move(printed));
  } else {
    log_printed({std::move(printed)});  // a hook that only reads is no part of a record
  }
}

std::string shown(const Value& value) {
  return value.is_string() ? value.as<std::string>() : value.dump();
}

}  // namespace rialto::detail
