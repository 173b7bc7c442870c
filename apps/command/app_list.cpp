#include "apps/command/app_list.h"

#include <algorithm>
#include <utility>

#include "apps/command/app_library.h"
#include "apps/command/build_id.h"
#include "apps/command/installation.h"

namespace rialto::command {

Result<std::vector<OfferedApp>> offered_apps(const std::vector<std::string>& libraries) {
  std::vector<OfferedApp> offered;
  for (const AnyApp& app : built_in_apps()) {
    const auto pages = pages_folder() / app->name;
    offered.push_back({with_build(app, reinterpret_cast<const void*>(&built_in_apps)), pages});
  }
  const std::size_t built_in = offered.size();
  for (const std::string& library : libraries) {
    Result<AnyApp> app = load_app_library(library);
    if (!app) return app.error();
    const auto same = [&](const OfferedApp& other) { return other.app->name == (*app)->name; };
    const auto other = std::find_if(offered.begin(), offered.end(), same);
    const auto folder = std::filesystem::absolute(library).parent_path();
    if (other == offered.end()) {
      offered.push_back({std::move(*app), folder, library});
    } else if (std::cmp_less(other - offered.begin(), built_in)) {
      *other = {std::move(*app), folder,
                library};  // a game of one's own goes before one that is built in
    } else {
      return Error{ErrorKind::conflict, library + ": there already is an app named " +
                                            (*app)->name + ", in " + other->pages.string()};
    }
  }
  return offered;
}

AnyApp with_build(const AnyApp& app, const void* address) {
  AppModel model = *app;
  model.build = build_id_of(address);
  return std::make_shared<const AppModel>(std::move(model));
}

std::vector<AnyApp> models_of(const std::vector<OfferedApp>& offered) {
  std::vector<AnyApp> models;
  for (const OfferedApp& each : offered) models.push_back(each.app);
  return models;
}

}  // namespace rialto::command
