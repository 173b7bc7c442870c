// What a library with a game must share with the program that loads it, as a sentence to compare:
// Rialto's version and the compiler. Included by app.h, so that every library carries it.
// Guarantee: different tags are refused by `serve --app`. Limitation: headers changed within one
// version are not noticed.
#pragma once

#define RIALTO_VERSION "0.1.0"

#define RIALTO_AS_TEXT(number) #number
#define RIALTO_NUMBER(number) RIALTO_AS_TEXT(number)
#ifdef __clang__
#define RIALTO_COMPILER "clang " RIALTO_NUMBER(__clang_major__)
#else
#define RIALTO_COMPILER "gcc " RIALTO_NUMBER(__GNUC__)
#endif

// Always emitted: it must be there to be looked up in a library that never calls it.
extern "C" [[gnu::used]] inline const char* rialto_abi_tag() {
  return "Rialto " RIALTO_VERSION ", " RIALTO_COMPILER;
}
