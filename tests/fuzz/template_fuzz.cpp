// Whatever an author writes: a template has problems or is rendered, with values of every kind; and
// no value gets into the page unescaped unless the template says so.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "gateway/templates/template_set.h"

namespace {

using namespace rialto;
using namespace rialto::templates;

class Tags : public TagRenderer {
  std::string formfield(std::string_view, const std::string*) override { return "f"; }
  std::string formfields() override { return "f"; }
  std::string formfield_errors(std::string_view) override { return "f"; }
  std::string field_input(std::string_view) override { return "f"; }
  std::string field_label(std::string_view) override { return "f"; }
  std::string choice_input(std::string_view, std::size_t) override { return "f"; }
  std::string choice_label(std::string_view, std::size_t) override { return "f"; }
  std::string next_button(std::string_view) override { return "f"; }
  std::string back_button(std::string_view) override { return "f"; }
  std::string chat(std::string_view, std::string_view) override { return "f"; }
  std::string static_url(std::string_view) override { return "f"; }
};

const Value& context() {
  static const Value made = {
      {"n", 3},
      {"s", "\x01<&\"'>"},
      {"l", list(1, "<b>", Value{{"k", 2.5}})},
      {"o", {{"a", 1}, {"b", nullptr}}},
      {"m", Money(3)},
      {"player", {{"p", 1}, {"null", nullptr}}},
      {"form", {{"fields", list(Value{{"name", "x"}, {"choices", list(1, 2)}})}}}};
  return made;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  TemplateSet set([&](const std::string& name) -> std::optional<std::string> {
    if (name == "layout") return "[{{ block content }}{{ endblock }}]";
    if (name == "page") return text;
    return name.size() < 3 ? std::optional<std::string>("part {{ n }}") : std::nullopt;
  });
  const Template* page = set.page("page", "layout");
  if (!page) {
    if (set.problems().empty()) std::abort();
    for (const Problem& problem : set.problems()) (void)problem.text();
    return 0;
  }
  KnownNames known;
  known.attributes["player"] = {"p"};
  (void)page->check(known);
  (void)page->attributes();
  try {
    Tags tags;
    const std::string html = page->render(context(), tags);
    // The value's own first byte, then a bracket that should have been escaped.
    if (text.find("safe") == text.npos && text.find("\x01") == text.npos &&
        html.find("\x01<") != html.npos) {
      std::abort();
    }
  } catch (const RenderError& error) {
    if (error.problem().line == 0) std::abort();
  }
  return 0;
}
