// What a participant page's form carries: its fields, and the sends that were not acknowledged when
// it was submitted (rules.md 4). Free functions on text. Guarantee: any bytes give a submit or
// `invalid`.
#pragma once

#include <cstddef>
#include <string_view>

#include "actors/messages.h"
#include "storage/result.h"

namespace rialto {

// Fills in `pending` and `values` from the body of the request. Of fields with one name the first
// counts, as in oTree. `max_nesting` is that of one frame.
Result<SubmitPage> parse_submit(std::string_view body, std::size_t max_nesting);

}  // namespace rialto
