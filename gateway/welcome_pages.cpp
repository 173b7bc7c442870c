#include "gateway/welcome_pages.h"

#include <utility>

#include "gateway/file_text.h"

namespace rialto {
namespace {

templates::KnownNames names_of_a_room() {
  templates::KnownNames names;
  names.names = {"room"};
  names.attributes["room"] = {"name", "display_name"};
  for (const char* nobody : {"player", "group", "subsession", "participant", "session", "C"}) {
    names.attributes[nobody] = {};
  }
  names.form_fields = templates::KnownNames::Names();
  names.named_channels = false;
  return names;
}

}  // namespace

Result<WelcomePages> WelcomePages::read(
    const std::vector<SiteRoom>& rooms,
    const std::function<bool(const std::string& path)>& has_static_file) {
  WelcomePages made;
  made.set_ = std::make_unique<templates::TemplateSet>(text_of);
  templates::KnownNames names = names_of_a_room();
  names.has_static_file = has_static_file;
  for (const SiteRoom& room : rooms) {
    if (!room.welcome.empty()) made.pages_[room.name] = made.set_->part(room.welcome);
  }
  std::string message;
  const auto add = [&message](const templates::Problem& problem) {
    message += (message.empty() ? "" : "\n") + problem.text();
  };
  for (const templates::Problem& problem : made.set_->problems()) add(problem);
  for (const auto& [room, page] : made.pages_) {
    if (page == nullptr) continue;
    for (const templates::Problem& problem : page->check(names)) add(problem);
  }
  if (!message.empty()) return Error{ErrorKind::invalid, std::move(message)};
  return made;
}

const templates::Template* WelcomePages::find(const std::string& room) const {
  const auto found = pages_.find(room);
  return found == pages_.end() ? nullptr : found->second;
}

}  // namespace rialto
