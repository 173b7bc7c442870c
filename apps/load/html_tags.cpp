#include "apps/load/html_tags.h"

#include <algorithm>
#include <array>

namespace rialto::load {
namespace {

constexpr std::string_view blanks = " \t\r\n\f";

std::string without_entities(std::string_view text) {
  static constexpr std::array<std::pair<std::string_view, char>, 6> entities{{{"&amp;", '&'},
                                                                              {"&lt;", '<'},
                                                                              {"&gt;", '>'},
                                                                              {"&quot;", '"'},
                                                                              {"&#39;", '\''},
                                                                              {"&#x27;", '\''}}};
  std::string plain;
  while (!text.empty()) {
    const auto known = std::ranges::find_if(
        entities, [&](const auto& entity) { return text.starts_with(entity.first); });
    plain.push_back(known == entities.end() ? text.front() : known->second);
    text.remove_prefix(known == entities.end() ? 1 : known->first.size());
  }
  return plain;
}

std::string_view take_while(std::string_view& text, std::string_view stop) {
  const std::string_view taken = text.substr(0, text.find_first_of(stop));
  text.remove_prefix(taken.size());
  return taken;
}

void skip_blanks(std::string_view& text) {
  text.remove_prefix(std::min(text.find_first_not_of(blanks), text.size()));
}

}  // namespace

bool HtmlTag::has(std::string_view attribute) const {
  return std::ranges::any_of(attributes, [&](const auto& each) { return each.first == attribute; });
}

std::string HtmlTag::text(std::string_view attribute) const {
  for (const auto& [known, value] : attributes) {
    if (known == attribute) return without_entities(value);
  }
  return {};
}

std::optional<HtmlTag> HtmlTags::next() {
  for (;;) {
    const std::size_t open = rest_.find('<');
    if (open == rest_.npos) return std::nullopt;
    rest_.remove_prefix(open + 1);
    if (rest_.starts_with("!--")) {
      skip_past("-->");
      continue;
    }
    HtmlTag tag = read_tag();
    if (tag.name == "script") skip_past("</script>");
    if (tag.name == "style") skip_past("</style>");
    if (!tag.name.empty()) return tag;
  }
}

std::string HtmlTags::text_here() const {
  return without_entities(rest_.substr(0, rest_.find('<')));
}

HtmlTag HtmlTags::read_tag() {
  HtmlTag tag;
  tag.name = take_while(rest_, " \t\r\n\f>");
  for (;;) {
    skip_blanks(rest_);
    if (rest_.empty()) return tag;
    if (rest_.front() == '>') {
      rest_.remove_prefix(1);
      return tag;
    }
    const std::string_view name = take_while(rest_, "= \t\r\n\f>");
    skip_blanks(rest_);
    std::string_view value;
    if (rest_.starts_with('=')) {
      rest_.remove_prefix(1);
      skip_blanks(rest_);
      const char quote = rest_.empty() ? ' ' : rest_.front();
      if (quote == '"' || quote == '\'') {
        rest_.remove_prefix(1);
        value = take_while(rest_, {&quote, 1});
        rest_.remove_prefix(std::min<std::size_t>(1, rest_.size()));
      } else {
        value = take_while(rest_, " \t\r\n\f>");
      }
    }
    if (!name.empty()) tag.attributes.emplace_back(name, value);
  }
}

void HtmlTags::skip_past(std::string_view end) {
  const std::size_t found = rest_.find(end);
  rest_.remove_prefix(found == rest_.npos ? rest_.size() : found + end.size());
}

}  // namespace rialto::load
