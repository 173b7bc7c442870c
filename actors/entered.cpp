#include "actors/entered.h"

#include <string>

#include "actors/errors.h"
#include "actors/form_number.h"

namespace rialto::detail {
namespace {

Value number_in(const Value& text, const NumberRead& read, const char* what) {
  if (!read.value.is_null()) return read.value;
  const bool blank = is_blank(text.text());
  throw BadMessage(std::string("expected ") + what + ", got " +
                   (blank ? "nothing (empty input?)" : text.dump()));
}

}  // namespace

Value entered_whole(const Value& text, std::int64_t lowest, std::int64_t highest) {
  return number_in(text, read_whole(text.text(), lowest, highest), "a whole number");
}

Value entered_real(const Value& text) {
  return number_in(text, read_real(text.text(), Comma::is_a_point, -1), "a number");
}

Value entered_money(const Value& text) {
  return number_in(text, read_money(text.text(), Comma::is_a_point), "an amount");
}

}  // namespace rialto::detail
