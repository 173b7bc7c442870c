// What the gateway is told of an app: its names, its pages' files, what their templates may name;
// of a session config, and of a room. Free functions, any thread.
#pragma once

#include "actors/session_config.h"
#include "apps/command/app_list.h"
#include "apps/command/project.h"
#include "gateway/site_app.h"
#include "gateway/site_config.h"
#include "gateway/site_room.h"

namespace rialto::command {

SiteApp site_app(const OfferedApp& offered);
SiteConfig site_config(const SessionConfig& config, const std::vector<AnyApp>& apps);
SiteRoom site_room(const Room& room);

}  // namespace rialto::command
