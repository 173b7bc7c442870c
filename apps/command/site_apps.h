// What the gateway is told of an app: its names, its pages' files, what their templates may name;
// and of a session config. Free functions, any thread.
#pragma once

#include "actors/session_config.h"
#include "apps/command/app_list.h"
#include "gateway/site_app.h"
#include "gateway/site_config.h"

namespace rialto::command {

SiteApp site_app(const OfferedApp& offered);
SiteConfig site_config(const SessionConfig& config, const std::vector<AnyApp>& apps);

}  // namespace rialto::command
