// What the templates of an app's pages may name: columns of player and group, and what oTree's
// pages know of them. Free functions.
#pragma once

#include <map>
#include <string>

#include "actors/app_model.h"
#include "gateway/templates/known_names.h"

namespace rialto::command {

// By page.
std::map<std::string, templates::KnownNames> page_names(const AppModel& app);

}  // namespace rialto::command
