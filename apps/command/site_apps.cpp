#include "apps/command/site_apps.h"

#include "apps/command/page_names.h"

namespace rialto::command {

SiteApp site_app(const OfferedApp& offered) {
  const AppModel& app = *offered.app;
  SiteApp site;
  site.name = app.name;
  site.title = app.title();
  site.folder = offered.pages;
  site.message_bytes = app.message_bytes;
  for (const PageModel& page : app.pages) {
    site.pages.push_back(page.name);
    templates::KnownNames::Names& fields = site.fields[page.name];
    for (const FormFieldModel& field : page.form) fields.insert(field.name);
    if (page.wait) site.wait_pages.insert(page.name);
    if (!page.template_name.empty()) site.files[page.name] = page.template_name;
  }
  site.names = page_names(app);
  return site;
}

SiteConfig site_config(const SessionConfig& config, const std::vector<AnyApp>& apps) {
  return {config.name, config.title(), config.doc, demo_size(config, apps)};
}

SiteRoom site_room(const Room& room) {
  SiteRoom site{room.name,
                room.display_name,
                SiteRoom::Door::open,
                {room.labels.begin(), room.labels.end()},
                room.welcome_page.string()};
  if (!room.labels.empty()) site.door = SiteRoom::Door::labelled;
  if (room.secure) site.door = SiteRoom::Door::signed_;
  return site;
}

}  // namespace rialto::command
