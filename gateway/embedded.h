// The table that embed.cmake generates from gateway/browser/ and npm's jQuery.
#pragma once

#include <string_view>

namespace rialto {

struct EmbeddedFile {
  std::string_view name;  // empty: the end of the table
  std::string_view bytes;
};

const EmbeddedFile* embedded_files();

}  // namespace rialto
