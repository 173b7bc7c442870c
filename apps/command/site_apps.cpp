#include "apps/command/site_apps.h"

#include "apps/command/page_names.h"

namespace rialto::command {

SiteApp site_app(const OfferedApp& offered) {
  const AppModel& app = *offered.app;
  SiteApp site;
  site.name = app.name;
  site.title = app.title();
  site.doc = app.doc;
  site.demo_participants = static_cast<std::uint32_t>(app.demo_size());
  site.folder = offered.pages;
  for (const PageModel& page : app.pages) {
    site.pages.push_back(page.name);
    if (page.wait) site.wait_pages.insert(page.name);
  }
  site.names = page_names(app);
  return site;
}

}  // namespace rialto::command
