#include "apps/command/page_words.h"

#include <memory>
#include <utility>

#include "apps/command/site_apps.h"
#include "gateway/page_files.h"

namespace rialto::command {

Result<std::vector<OfferedApp>> with_page_words(std::vector<OfferedApp> apps) {
  std::vector<SiteApp> site;
  for (const OfferedApp& each : apps) site.push_back(site_app(each));
  const Result<PageFiles> files = PageFiles::read(site);
  if (!files) return files.error();
  for (OfferedApp& each : apps) {
    AppModel model = *each.app;
    for (PageModel& page : model.pages) {
      const templates::Template* const read = files->find(model.name, page.name);
      page.template_words = read == nullptr ? templates::KnownNames::Names() : read->attributes();
    }
    each.app = std::make_shared<const AppModel>(std::move(model));
  }
  return apps;
}

}  // namespace rialto::command
