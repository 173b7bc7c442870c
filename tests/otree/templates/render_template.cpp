// Reads JSON lines {"template", "files", "context"} and answers each with {"output"} or {"error"}.
// In the context {"$money": "10.50"} is an amount of money. Static files are where oTree has them.
#include <iostream>
#include <string>

#include "gateway/templates/template_set.h"

namespace {

using namespace rialto;
using namespace rialto::templates;

Value with_money(const Value& value) {
  if (const Value* amount = value.find("$money")) return Money::parse(amount->text());
  if (value.is_list()) {
    Value made = Value::empty_list();
    for (const Value& item : value) made.append(with_money(item));
    return made;
  }
  if (!value.is_object()) return value;
  Value made = Value::object();
  for (const auto& [key, member] : value.members()) made.set(key, with_money(member));
  return made;
}

// What needs a page is compared elsewhere.
class NoPage : public TagRenderer {
  std::string formfield(std::string_view, const std::string*) override { return {}; }
  std::string formfields() override { return {}; }
  std::string formfield_errors(std::string_view) override { return {}; }
  std::string field_input(std::string_view) override { return {}; }
  std::string field_label(std::string_view) override { return {}; }
  std::string choice_input(std::string_view, std::size_t) override { return {}; }
  std::string choice_label(std::string_view, std::size_t) override { return {}; }
  std::string next_button(std::string_view) override { return {}; }
  std::string back_button(std::string_view) override { return {}; }
  std::string chat(std::string_view, std::string_view) override { return {}; }
  std::string static_url(std::string_view path) override { return "/static/" + std::string(path); }
};

Value render(const Value& asked) {
  const Value& files = asked["files"];
  TemplateSet set([&](const std::string& name) -> std::optional<std::string> {
    if (name == "app/Page.html") return asked["template"].as<std::string>();
    const Value* text = files.find(name);
    return text ? std::optional(text->as<std::string>()) : std::nullopt;
  });
  const Template* made = set.part("app/Page.html");
  for (const auto& [name, text] : files.members()) set.offer(name);
  std::string problems;
  for (const Problem& problem : set.problems()) problems += problem.text() + "\n";
  if (!made || !problems.empty()) return {{"error", problems}};
  try {
    NoPage tags;
    return {{"output", made->render(with_money(asked["context"]), tags)}};
  } catch (const RenderError& error) {
    return {{"error", error.what()}};
  }
}

}  // namespace

int main() {
  std::string line;
  while (std::getline(std::cin, line)) std::cout << render(Value::parse(line, 64)) << '\n';
}
