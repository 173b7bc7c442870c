// Text that may stand in HTML. Free functions, any thread. Guarantees: escaped text can end neither
// an element nor an attribute; JSON can end neither the script nor the attribute it stands in.
#pragma once

#include <string>
#include <string_view>

#include "actors/value.h"

namespace rialto {

// & < > " ' as character references.
std::string escape_html(std::string_view text);
void escape_html_to(std::string& out, std::string_view text);  // appends
// JSON text that may stand in a <script>: every < is \u003c.
std::string script_json(const Value& value);

}  // namespace rialto
