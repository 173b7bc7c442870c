// The templates and static files of the games' pages, read when `serve` starts.
// Immutable, read on any thread. Guarantee: every page of every app has its template, and what
// could be found wrong without rendering has been found.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "gateway/site_app.h"
#include "gateway/static_files.h"
#include "gateway/templates/template_set.h"
#include "storage/result.h"

namespace rialto {

class PageFiles {
 public:
  // Where a page stands that says nothing else; also what `extends 'otree/Page.html'` means.
  static constexpr const char* layout = "otree/Page.html";
  // The same, by the name that oTree's own wait pages extend.
  static constexpr const char* wait_layout = "otree/WaitPage.html";

  // FOLDER/PAGE.html of each app, and what these include and extend: app/file.html is in the app's
  // folder or its templates/, any other in _templates/ beside it. `not_found` names the first page
  // that is missing; `invalid` holds all problems of all templates, each with its place.
  static Result<PageFiles> read(const std::vector<SiteApp>& apps);

  // What will not work in a browser, each with its place; the pages can be served all the same.
  static std::vector<std::string> warnings(const std::vector<SiteApp>& apps);

  // Null if there is no such page.
  const templates::Template* find(const std::string& app, const std::string& page) const;
  const StaticFiles& static_files() const { return static_files_; }

 private:
  PageFiles(templates::TemplateSet set, StaticFiles files)
      : templates_(std::move(set)), static_files_(std::move(files)) {}
  std::vector<std::string> problems_of(const std::vector<SiteApp>& apps) const;

  templates::TemplateSet templates_;
  StaticFiles static_files_;
  std::map<std::pair<std::string, std::string>, const templates::Template*> pages_;
};

}  // namespace rialto
