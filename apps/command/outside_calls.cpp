#include "apps/command/outside_calls.h"

#include <algorithm>
#include <sstream>

#include "apps/play/program.h"

namespace rialto::command {

Result<std::vector<OutsideCall>> outside_symbols(const std::string& library) {
  const play::Finished read =
      play::run_program({"nm", "--dynamic", "--undefined-only", "--format=posix", library});
  if (!read.well) return Error{ErrorKind::unavailable, read.output};
  std::vector<OutsideCall> found;
  std::istringstream lines(read.output);
  for (std::string line; std::getline(lines, line);) {
    const std::string symbol = line.substr(0, line.find_first_of(" @"));
    const auto needs = [&](const OutsideCall& call) {
      if (call.symbol.empty()) return false;
      return call.symbol.starts_with("_Z") ? symbol.starts_with(call.symbol)
                                           : symbol == call.symbol;
    };
    std::ranges::copy_if(outside_calls, std::back_inserter(found), needs);
  }
  return found;
}

}  // namespace rialto::command
