#include "gateway/http_message.h"

#include "gateway/forms.h"

namespace rialto {

HttpResponse plain(int status, std::string text) {
  return {status, {{"Content-Type", "text/plain; charset=utf-8"}}, std::move(text)};
}

HttpResponse redirect(std::string to) {
  return {303, {{"Location", std::move(to)}, {"Cache-Control", "no-store"}}, {}};
}

std::string path_of(std::string_view target, std::string_view prefix) {
  if (!target.starts_with('/')) return {};
  target = target.substr(0, target.find_first_of("?#"));
  if (!prefix.empty() && target.starts_with(prefix) &&
      (target.size() == prefix.size() || target[prefix.size()] == '/')) {
    target.remove_prefix(prefix.size());
    if (target.empty()) return "/";
  }
  return decode_percent(target);
}

}  // namespace rialto
