// Walks over the tags of an HTML page, in order: just enough to find a form's inputs. A reader over
// text that outlives it. Guarantee: what stands in comments and scripts is no tag; any text is read
// to its end.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rialto::load {

struct HtmlTag {
  std::string_view name;  // "input", "/form"; as written
  std::vector<std::pair<std::string_view, std::string_view>> attributes;

  bool has(std::string_view attribute) const;
  // Its text without entities; "" if it is not there.
  std::string text(std::string_view attribute) const;
};

class HtmlTags {
 public:
  explicit HtmlTags(std::string_view html) : rest_(html) {}

  std::optional<HtmlTag> next();
  // The text up to the next tag, without entities.
  std::string text_here() const;

 private:
  HtmlTag read_tag();
  void skip_past(std::string_view end);

  std::string_view rest_;
};

}  // namespace rialto::load
