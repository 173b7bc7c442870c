// What is written into the fields of a form: the first byte chooses the field, the rest is the
// text.
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <limits>
#include <string_view>

#include "actors/form_number.h"

namespace {

using namespace rialto;

void check(bool truth) {
  if (!truth) std::abort();
}

void check_read(const NumberRead& read) {
  check(read.value.is_null() == !read.reason.empty());
  if (read.value.is_null()) return;
  check(std::isfinite(read.value.as<double>()));
  read.value.dump();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  const Comma comma = (data[0] & 1U) != 0 ? Comma::is_a_point : Comma::is_no_number;
  const NumberRead whole =
      read_whole(text, std::numeric_limits<int>::min(), std::numeric_limits<int>::max());
  check(whole.value.is_null() == !whole.reason.empty());
  if (!whole.value.is_null()) whole.value.as<int>();
  check_read(read_real(text, comma, static_cast<int>(data[0] >> 4U) - 1));
  check_read(read_money(text, comma));
  if (is_blank(text)) check(!read_money(text, comma).reason.empty());
  return 0;
}
