// The apps a program offers: those it was built with, and those loaded from libraries.
// Plain functions, called at start. Guarantee: no two apps of a list have one name.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "actors/app_model.h"
#include "storage/result.h"

namespace rialto::command {

// The games in the folders the program was built from; the build writes this function.
std::vector<AnyApp> built_in_apps();

// An app, and the folder its pages are in.
struct OfferedApp {
  AnyApp app;
  std::filesystem::path pages;
  std::string library = {};  // "": built in
};

// The built-in apps and those of the given libraries (`rialto build` makes them), which go before
// built-in ones of the same name. `invalid` says which library cannot be taken and why.
Result<std::vector<OfferedApp>> offered_apps(const std::vector<std::string>& libraries);

// The same app, as the build that `address` is in made it.
AnyApp with_build(const AnyApp& app, const void* address);

std::vector<AnyApp> models_of(const std::vector<OfferedApp>& offered);

}  // namespace rialto::command
