// Where the program's other files are: beside it in a build folder, under its prefix when
// installed. Plain functions, any thread. Guarantee: nothing depends on where the program was
// built.
#pragma once

#include <filesystem>

namespace rialto::command {

// The folder of the pages: a folder an app in it.
std::filesystem::path pages_folder();
// The folder that games' `#include "actors/app.h"` starts from.
std::filesystem::path headers_folder();
// The script that plays bots in a browser.
std::filesystem::path bots_script();

}  // namespace rialto::command
