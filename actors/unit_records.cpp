#include "actors/unit_records.h"

#include "storage/keys.h"
#include "storage/personal_part.h"

namespace rialto {

Result<void> each_record(const Reader& store, UnitId unit, std::uint64_t first,
                         const std::function<Result<void>(const Record&)>& take) {
  Result<void> outcome;
  std::uint64_t next = first;
  // A block holds the records of one commit: the first may begin before what is asked for.
  const auto visit = [&](std::string_view, std::string_view block) {
    const auto records = read_records(store, unit, block);
    if (!records) outcome = records.error();
    for (std::size_t i = 0; outcome && i < records->size(); ++i) {
      const Record& record = (*records)[i];
      if (record.sequence < next) continue;
      next = record.sequence + 1;
      outcome = take(record);
    }
    return static_cast<bool>(outcome);
  };
  const auto scanned = store.scan(keys::records(unit, first), keys::records_end(unit), visit);
  return scanned ? outcome : scanned;
}

}  // namespace rialto
