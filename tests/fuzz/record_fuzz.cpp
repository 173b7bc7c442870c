// Whatever bytes stand in a store: they are records or corrupt; and what is read as records is
// written as bytes that read as the same records.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "storage/record.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto records = rialto::decode_records({reinterpret_cast<const char*>(data), size});
  if (!records) return 0;
  std::string bytes;
  for (const rialto::Record& record : *records) encode(record, bytes);
  const auto again = rialto::decode_records(bytes);
  if (!again || *again != *records) std::abort();
  return 0;
}
