// What the gateway is told of an app: its names, its pages' files, what their templates may name.
// A free function, any thread.
#pragma once

#include "apps/command/app_list.h"
#include "gateway/site_app.h"

namespace rialto::command {

SiteApp site_app(const OfferedApp& offered);

}  // namespace rialto::command
