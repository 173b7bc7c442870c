// Puts values into the pieces of pages (browser/*.html): placeholders `{{name}}`.
// Free functions and a plain value. Guarantees: one pass, what is put in is not searched again;
// text is HTML-escaped, JSON cannot end the script it stands in.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gateway/templates/escape.h"

namespace rialto {

class Slots {
 public:
  Slots& text(std::string_view name, std::string_view value);  // escaped
  Slots& html(std::string_view name, std::string value);       // as it is
  Slots& json(std::string_view name, const Value& value);

  // The piece with its placeholders replaced; those of other names stay as they are.
  std::string fill(std::string_view piece) const;

 private:
  std::vector<std::pair<std::string_view, std::string>> values_;
};

}  // namespace rialto
