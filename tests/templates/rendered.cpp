#include "rendered.h"

#include <utility>

namespace rialto::templates {

std::string SaidTags::formfield(std::string_view name, const std::string* label_html) {
  return "[formfield " + std::string(name) + (label_html ? " " + *label_html : "") + "]";
}
std::string SaidTags::formfields() { return "[formfields]"; }
std::string SaidTags::formfield_errors(std::string_view name) {
  return "[formfield_errors " + std::string(name) + "]";
}
std::string SaidTags::field_input(std::string_view name) {
  return "[input " + std::string(name) + "]";
}
std::string SaidTags::field_label(std::string_view name) {
  return "[label " + std::string(name) + "]";
}
std::string SaidTags::choice_input(std::string_view name, std::size_t number) {
  return "[choice " + std::string(name) + " " + std::to_string(number) + "]";
}
std::string SaidTags::choice_label(std::string_view name, std::size_t number) {
  return "[choice label " + std::string(name) + " " + std::to_string(number) + "]";
}
std::string SaidTags::next_button(std::string_view text_html) {
  return "[next " + std::string(text_html) + "]";
}
std::string SaidTags::back_button(std::string_view text_html) {
  return "[back " + std::string(text_html) + "]";
}
std::string SaidTags::chat(std::string_view channel, std::string_view nickname) {
  return "[chat " + std::string(channel) + " " + std::string(nickname) + "]";
}
std::string SaidTags::static_url(std::string_view path) { return "/static/" + std::string(path); }
std::string SaidTags::translated(std::string_view text) {
  return text == "Send" ? "Senden" : std::string(text);
}

TemplateSet set_of(Files files) {
  return TemplateSet([files = std::move(files)](const std::string& name) {
    const auto found = files.find(name);
    return found == files.end() ? std::nullopt : std::optional(found->second);
  });
}

std::string rendered(Files files, const std::string& name, const Value& context,
                     const std::string& layout) {
  TemplateSet set = set_of(files);
  const Template* made = layout.empty() ? set.part(name) : set.page(name, layout);
  for (const auto& [other, text] : files) {
    if (!other.starts_with("broken")) set.offer(other);
  }
  std::string problems;
  for (const Problem& problem : set.problems()) {
    problems += (problems.empty() ? "" : "\n") + problem.text();
  }
  if (!made || !problems.empty()) return problems;
  try {
    SaidTags tags;
    return made->render(context, tags);
  } catch (const RenderError& error) {
    return error.what();
  }
}

std::string rendered(std::string_view text, const Value& context) {
  return rendered({{"app/Page.html", std::string(text)}}, "app/Page.html", context);
}

}  // namespace rialto::templates
