// What a participant page's form carries: its fields, and the sends that were not acknowledged when
// it was submitted (rules.md 4). Free functions on text. Guarantees: any bytes give a form or a
// sentence; what costs much to read (the sends) is bounded before it is read.
#pragma once

#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "actors/limits.h"
#include "actors/messages.h"
#include "storage/result.h"

namespace rialto {

using FieldNames = std::set<std::string, std::less<>>;

struct SubmittedForm {
  Value values = Value::object();  // texts by name
  bool timed_out = false;          // the page says that its time was up
  std::uint64_t draft = 0;         // not 0: it is not submitted yet; the highest is the newest
  std::string pending;             // the sends, as they came
};

// Of fields with one name the first counts, as in oTree; a field that is not `asked` for is left
// out. Without `asked` the first `most` are taken. `invalid` if what is taken is not UTF-8.
Result<SubmittedForm> read_form(std::string_view body, const FieldNames* asked, std::size_t most);

// The frames of the sends, none of them read yet. `invalid` if there are more than a page may have
// unacknowledged, or one is larger than `frame` bytes.
Result<std::vector<std::string_view>> split_pending(std::string_view pending, const Limits& limits,
                                                    std::size_t frame);
// `invalid` if one is no send with its sender and page.
Result<std::vector<PendingSend>> read_pending(const std::vector<std::string_view>& frames,
                                              std::size_t max_nesting);

}  // namespace rialto
