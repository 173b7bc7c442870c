// The part of a store that an export reads, as pieces of bytes: how a server hands sessions to who
// exports them in a process of its own, so that tables are made beside the game and not in it.
// Free functions on the thread of the caller. Guarantee: what was written comes back the same, in
// any store; personal data are among it only if asked for.
//   piece := pair*;  pair := key_size:u32 value_size:u32 key value;  sizes big endian
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

#include "storage/export.h"
#include "storage/result.h"
#include "storage/store.h"

namespace rialto {

// Pieces of about 256 KiB. `take` may refuse to go on. The outcome is what cannot be read; part of
// it may be among the pieces.
Result<UnreadableUnits> write_pieces(
    const Reader& snapshot, const std::vector<std::uint32_t>& sessions, Personal personal,
    const std::function<Result<void>(std::string_view piece)>& take);
// `corrupt` if it is no piece.
Result<void> read_piece(std::string_view piece, Store& into);

}  // namespace rialto
