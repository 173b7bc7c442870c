// The text of a file that an author has written: a page, a part of one. A free function, any
// thread. Guarantee: a folder, or what cannot be read to its end, is no text.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace rialto {

std::optional<std::string> text_of(const std::filesystem::path& path);

}  // namespace rialto
