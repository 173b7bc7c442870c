#include "apps/command/app_bounds.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>

#include "actors/form_field.h"
#include "actors/limits.h"
#include "apps/command/script_tokens.h"
#include "apps/load/html_tags.h"

namespace rialto::command {
namespace {

// What turns a drawing, a picture or a voice into text: seldom short.
constexpr auto makers_of_much = std::to_array<std::string_view>(
    {"toDataURL", "readAsDataURL", "MediaRecorder", "getImageData"});

bool is_live(const PageModel& page) { return static_cast<bool>(page.live); }

std::size_t message_bytes(const AppModel& app) {
  return app.message_bytes > 0 ? app.message_bytes : Limits().frame;
}

double sends_per_second(const AppModel& app) {
  return app.sends_per_second > 0 ? app.sends_per_second : Limits().sends_per_second;
}

// Characters; 0: any number.
std::size_t longest(const FormFieldModel& field) {
  if (field.max_length != 0) return field.max_length;
  return field.widget == Widget::text_area ? 0 : longest_line;
}

std::optional<double> number_in(std::string_view text) {
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

bool makes_much(const ScriptToken& token) {
  return std::ranges::find(makers_of_much, std::string_view(token.text)) != makers_of_much.end();
}

// The milliseconds of a setInterval at `at` in which something is sent.
std::optional<double> sends_every(const std::vector<ScriptToken>& tokens, std::size_t at) {
  int depth = 0;
  bool sends = false;
  for (std::size_t i = at + 1; i < tokens.size(); ++i) {
    if (tokens[i].is("(")) ++depth;
    if (tokens[i].is("liveSend")) sends = true;
    if (tokens[i].is(")") && --depth == 0)
      return sends ? number_in(tokens[i - 1].text) : std::nullopt;
  }
  return std::nullopt;
}

void look_at_scripts(const AppModel& app, const PageModel& page, std::string_view html,
                     std::vector<std::string>& found) {
  const std::vector<ScriptToken> tokens = script_tokens(html);
  const auto sends = [](const ScriptToken& token) { return token.is("liveSend"); };
  if (!is_live(page) || std::ranges::none_of(tokens, sends)) return;
  const auto much = std::ranges::find_if(tokens, makes_much);
  if (much != tokens.end() && app.message_bytes == 0) {
    found.push_back(fmt::format(
        "line {}: {} makes texts that are often longer than a live message may be ({} bytes): "
        "write .message_bytes = 500'000 for the app, say (at most {})",
        much->line, much->text, message_bytes(app), max_message_bytes));
  }
  for (std::size_t at = 0; at < tokens.size(); ++at) {
    if (!tokens[at].is("setInterval")) continue;
    const auto every = sends_every(tokens, at);
    if (!every || *every <= 0 || *every * sends_per_second(app) >= 1000) continue;
    found.push_back(fmt::format(
        "line {}: sends every {} ms, and a participant sends at most {} a second: what is above "
        "it is refused. Send less often, or write .sends_per_second = {} for the app",
        tokens[at].line, *every, sends_per_second(app), std::ceil(1000 / *every)));
  }
}

// Inputs that are written by hand and take more than their field.
void look_at_inputs(const PageModel& page, std::string_view html, std::vector<std::string>& found) {
  const std::vector<ScriptToken> tokens = script_tokens(html);
  const auto much = std::ranges::find_if(tokens, makes_much);
  load::HtmlTags tags(html);
  while (const auto tag = tags.next()) {
    const std::string name = tag->text("name");
    const auto field = std::ranges::find(page.form, name, &FormFieldModel::name);
    if (field == page.form.end() || field->type != FormType::text || longest(*field) == 0) continue;
    const auto takes = number_in(tag->text("maxlength"));
    if (takes && *takes > static_cast<double>(longest(*field))) {
      found.push_back(
          fmt::format("the input {} takes {} characters, and the field at most {}: "
                      "write .max_length = {} for the field",
                      name, *takes, longest(*field), *takes));
    } else if (tag->text("type") == "hidden" && field->max_length == 0 && much != tokens.end()) {
      found.push_back(fmt::format(
          "line {}: {} makes texts that are often longer than the field {} takes ({} characters): "
          "write .max_length = 500'000 for the field, say",
          much->line, much->text, name, longest(*field)));
    }
  }
}

}  // namespace

Value bounds_of(const AppModel& app) {
  Value bounds = Value::object();
  if (std::ranges::any_of(app.pages, is_live)) {
    bounds.set("message_bytes", message_bytes(app));
    bounds.set("sends_per_second", sends_per_second(app));
  }
  Value texts = Value::object();
  for (const PageModel& page : app.pages) {
    Value fields = Value::object();
    for (const FormFieldModel& field : page.form) {
      if (field.type != FormType::text || field.has_choices()) continue;
      fields.set(field.name, longest(field) == 0 ? Value() : Value(longest(field)));
    }
    if (!fields.empty()) texts.set(page.name, std::move(fields));
  }
  bounds.set("max_length", std::move(texts));
  return bounds;
}

std::vector<std::string> bounds_in_words(const Value& bounds) {
  std::vector<std::string> lines;
  if (const Value* const bytes = bounds.find("message_bytes")) {
    lines.push_back(fmt::format("a live message has at most {} bytes (.message_bytes of the app)",
                                bytes->as<std::size_t>()));
    lines.push_back(
        fmt::format("a participant sends at most {} times a second (.sends_per_second of the app)",
                    bounds["sends_per_second"].as<double>()));
  }
  for (const auto& [page, fields] : bounds["max_length"].members()) {
    for (const auto& [field, characters] : fields.members()) {
      lines.push_back(characters.is_null()
                          ? fmt::format("{} on {} may be as long as a form (.max_length of the "
                                        "field)",
                                        field, page)
                          : fmt::format("{} on {} has at most {} characters (.max_length of the "
                                        "field)",
                                        field, page, characters.as<std::size_t>()));
    }
  }
  return lines;
}

std::vector<std::string> past_bounds(const AppModel& app, const PageModel& page,
                                     std::string_view html) {
  std::vector<std::string> found;
  look_at_scripts(app, page, html, found);
  look_at_inputs(page, html, found);
  return found;
}

}  // namespace rialto::command
