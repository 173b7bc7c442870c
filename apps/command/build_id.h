// Which build a piece of code is from: the identity that the linker gives each program and library
// (the note NT_GNU_BUILD_ID of its ELF file). A plain function. Guarantee: two files with the same
// identity have the same code. Limitation: linked without --build-id there is none.
#pragma once

#include <string>

namespace rialto::command {

// Hex digits, of the program or library that `address` is in; empty: it has none.
std::string build_id_of(const void* address);

}  // namespace rialto::command
