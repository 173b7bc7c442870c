// Where the scripts of a page send something as soon as it has loaded: the question of oTree's
// pages for what has happened so far. A free function. Limitation: it reads scripts as people write
// them (functions by name, DOMContentLoaded, onload,
// $(…), setTimeout), not as a browser does.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace rialto::command {

// The lines of the page's HTML, from 1, in order.
std::vector<std::size_t> sends_on_load(std::string_view html);

}  // namespace rialto::command
