// What compilers only warn of, unless they are asked, and nobody who writes a game ever means: a
// function that ends without its `return`, one that returns what is gone, 'load' in single quotes.
// From here to the end of the file that includes app.h it does not compile, whatever the flags.
#pragma once

#pragma GCC diagnostic error "-Wreturn-type"
#pragma GCC diagnostic error "-Wmultichar"
#ifdef __clang__
#pragma clang diagnostic error "-Wreturn-stack-address"
#pragma clang diagnostic error "-Wfour-char-constants"
#pragma clang diagnostic error "-Wstring-plus-int"
#pragma clang diagnostic error "-Wdangling"
#pragma clang diagnostic error "-Wdangling-gsl"
#else
#pragma GCC diagnostic error "-Wreturn-local-addr"
#endif
