// Looks at a template without rendering it: are its names known, and which attributes does it read?
// Free functions. Guarantee: follows includes, layouts and blocks.
// Limitation: what a loop or `with` names is known further than its name only where it is a player
// or a group of the game's.
#pragma once

#include <vector>

#include "gateway/templates/known_names.h"
#include "gateway/templates/template.h"

namespace rialto::templates {

std::vector<Problem> check_names(const Template& page, const KnownNames& known);

// Every word after a dot; `any` is set where a file is included that is known only when the page is
// rendered.
KnownNames::Names attributes_of(const Template& page, bool& any);

}  // namespace rialto::templates
