// Takes an app from a shared library made by `rialto build` against an installed Rialto.
// Plain functions, called at start; a library once taken stays loaded until the process ends.
// Guarantee: a library that was built by another compiler or for another Rialto is refused.
#pragma once

#include <string>

#include "actors/app_model.h"
#include "storage/result.h"

namespace rialto::command {

// The app of the library NAME.so, which defines `namespace NAME { rialto::AnyApp app(); }`.
Result<AnyApp> load_app_library(const std::string& path);

}  // namespace rialto::command
