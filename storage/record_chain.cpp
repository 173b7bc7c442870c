#include "storage/record_chain.h"

#include <spdlog/spdlog.h>

#include <cstdlib>

namespace rialto {

void RecordChain::append(const Record& record, std::string& block) {
  if (record.sequence != newest_ + 1) {
    spdlog::critical("unit {}: record {} was to be written after {}", unit_.value, record.sequence,
                     newest_);
    std::abort();
  }
  newest_ = record.sequence;
  encode(record, block);
}

}  // namespace rialto
