// Tells the apps which words their pages' templates read, so that what takes time (lists of
// players, rows of logs) is made only for pages that show it. A free function, called at start.
#pragma once

#include <vector>

#include "apps/command/app_list.h"
#include "storage/result.h"

namespace rialto::command {

// The apps with PageModel::template_words. `invalid` with all problems of all templates.
Result<std::vector<OfferedApp>> with_page_words(std::vector<OfferedApp> apps);

}  // namespace rialto::command
