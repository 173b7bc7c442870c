// A heading and a title of its own for a page whose HTML is the game's. A free function, any
// thread. Guarantee: the title is what the page's first heading says, unless the page has given
// one, and there is a first-level heading, so that who hears the page knows where he is.
#pragma once

#include <string>
#include <string_view>

namespace rialto {

// `usual` stands in the document's title where the page says nothing, and is its heading if it has
// none.
std::string titled(std::string document, std::string_view usual);

}  // namespace rialto
