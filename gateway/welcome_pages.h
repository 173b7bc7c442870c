// The pages of welcome that rooms may have: HTML of the project's own, in the language of
// templates, read when `serve` starts. Immutable, read on any thread. Guarantee: what could be
// found wrong without rendering has been found. Limitation: they know of their room alone, of no
// participant.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "gateway/site_room.h"
#include "gateway/templates/template_set.h"
#include "storage/result.h"

namespace rialto {

class WelcomePages {
 public:
  WelcomePages() = default;  // none
  // `invalid` holds all problems of all of them, each with its place. `has_static_file` as in
  // KnownNames.
  static Result<WelcomePages> read(
      const std::vector<SiteRoom>& rooms,
      const std::function<bool(const std::string& path)>& has_static_file);

  // Null if the room has none.
  const templates::Template* find(const std::string& room) const;

 private:
  std::unique_ptr<templates::TemplateSet> set_;
  std::map<std::string, const templates::Template*> pages_;  // by room
};

}  // namespace rialto
