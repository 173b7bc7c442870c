// The HTML fragments of the games' pages: FOLDER/PAGE.html, read when `serve` starts.
// Immutable, read on any thread. Guarantee: every page of every app has its fragment.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gateway/site_app.h"
#include "storage/result.h"

namespace rialto {

class PageFiles {
 public:
  // `not_found` names the first file that is missing.
  static Result<PageFiles> read(const std::vector<SiteApp>& apps);

  // Null if there is no such page.
  const std::string* find(const std::string& app, const std::string& page) const;

 private:
  std::map<std::pair<std::string, std::string>, std::string> fragments_;
};

}  // namespace rialto
