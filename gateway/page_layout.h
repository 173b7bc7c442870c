// The layout of participants' pages as a template of ours: layout.html and page.html with oTree's
// blocks where a page may fill them. Its own values are members of `rialto`.
#pragma once

#include <string>

namespace rialto {

std::string page_layout();

}  // namespace rialto
