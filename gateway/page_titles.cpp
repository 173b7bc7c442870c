#include "gateway/page_titles.h"

#include <algorithm>

#include "gateway/templates/escape.h"

namespace rialto {
namespace {

// HTML without its tags, and with single spaces.
std::string text_of(std::string_view html) {
  std::string text;
  bool in_tag = false;
  for (const char c : html) {
    const bool space = c == ' ' || c == '\n' || c == '\t' || c == '\r';
    if (c == '<') in_tag = true;
    if (!in_tag && !space) text += c;
    if (!in_tag && space && !text.empty() && text.back() != ' ') text += ' ';
    if (c == '>') in_tag = false;
  }
  if (text.ends_with(' ')) text.pop_back();
  return text;
}

// What the first heading from `from` on says, as HTML has it; "" if there is none.
std::string first_heading(std::string_view document, std::size_t from) {
  std::size_t at = document.npos;
  for (const std::string_view tag : {"<h1", "<h2", "<h3"}) {
    at = std::min(at, document.find(tag, from));
  }
  if (at == document.npos) return {};
  const std::size_t end = document.find("</h", at);
  return end == document.npos ? std::string() : text_of(document.substr(at, end - at));
}

}  // namespace

std::string titled(std::string document, std::string_view usual) {
  const std::size_t main = document.find("<main");
  if (main == std::string::npos) return document;
  const std::string escaped = escape_html(usual);
  const std::string heading = first_heading(document, main);
  if (document.find("<h1", main) == std::string::npos) {
    const std::size_t inside = document.find('>', main) + 1;
    document.insert(inside, "\n<h1 class=\"visually-hidden\">" + escaped + "</h1>");
  }
  const std::string title = "<title>" + escaped + "</title>";
  const std::size_t at = document.find(title);
  if (!heading.empty() && at < main) {
    document.replace(at, title.size(), "<title>" + heading + "</title>");
  }
  return document;
}

}  // namespace rialto
