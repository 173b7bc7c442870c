#include "gateway/form_input.h"

#include "actors/errors.h"
#include "gateway/templates/escape.h"

namespace rialto {
namespace {

std::string text_of(const Value& field, std::string_view key) {
  const Value* value = field.find(key);
  return value && value->is_string() ? value->as<std::string>() : std::string();
}

bool has(const Value& field, std::string_view key) {
  const Value* value = field.find(key);
  return value && !value->is_null();
}

std::string attribute(std::string_view name, std::string_view value) {
  return " " + std::string(name) + "=\"" + escape_html(value) + "\"";
}

// Of the member of the same name, if it has one.
std::string attribute_of(const Value& field, std::string_view key) {
  return has(field, key) ? attribute(key, text_of(field, key)) : "";
}

std::string required(const Value& field) { return field.get("required", false) ? " required" : ""; }

std::string id_and_name(const Value& field) {
  return attribute("id", part_id(field)) + attribute("name", text_of(field, "name"));
}

std::string label_if_alone(const Value& field, InputPlace place) {
  return place == InputPlace::alone ? attribute("aria-label", text_of(field, "label")) : "";
}

// A keyboard of digits on a phone, unless a minus may be wanted.
std::string keyboard(const Value& field, bool whole) {
  const std::string min = text_of(field, "min");
  if (min.empty() || min.front() == '-') return "";
  return whole ? " inputmode=\"numeric\"" : " inputmode=\"decimal\"";
}

std::string number_input(const Value& field, InputPlace place) {
  const bool whole = has(field, "decimals") && field["decimals"] == 0;
  std::string html = whole ? "<input type=\"number\"" : "<input type=\"text\"";
  html += " class=\"form-control form-number\"" + keyboard(field, whole) + id_and_name(field) +
          attribute("value", text_of(field, "value")) + attribute_of(field, "min") +
          attribute_of(field, "max") + required(field) + label_if_alone(field, place) +
          explained_by(field, place) + ">";
  if (!has(field, "unit")) return html;
  return "<div class=\"input-group input-group-narrow\">" + html +
         "<span class=\"input-group-text\">" + escape_html(text_of(field, "unit")) +
         "</span></div>";
}

std::string text_input(const Value& field, InputPlace place) {
  const std::string length =
      has(field, "max_length") ? attribute("maxlength", text_of(field, "max_length")) : "";
  const std::string rest = id_and_name(field) + length + required(field) +
                           label_if_alone(field, place) + explained_by(field, place);
  if (text_of(field, "widget") == "text_area") {
    return "<textarea class=\"form-control\" rows=\"4\"" + rest + ">\n" +
           escape_html(text_of(field, "value")) + "</textarea>";
  }
  return "<input type=\"text\" class=\"form-control\"" + rest +
         attribute("value", text_of(field, "value")) + ">";
}

const Value& choice(const Value& field, std::size_t number) {
  const Value& choices = field["choices"];
  if (!choices.is_list() || number >= choices.size()) {
    throw AppError("the form field \"" + text_of(field, "name") + "\" has no choice " +
                   std::to_string(number) + " (from 0)");
  }
  return choices[number];
}

bool is_chosen(const Value& field, std::size_t number) {
  return has(field, "value") && choice(field, number)[0] == field["value"];
}

std::string select_input(const Value& field, InputPlace place) {
  std::string html = "<select class=\"form-select\"" + id_and_name(field) + required(field) +
                     label_if_alone(field, place) + explained_by(field, place) +
                     "><option value=\"\">--------</option>";
  for (std::size_t i = 0; i < field["choices"].size(); ++i) html += choice_input_html(field, i);
  return html + "</select>";
}

std::string radio_input(const Value& field, InputPlace place) {
  const bool beside = text_of(field, "widget") == "radio_horizontal";
  std::string html = "<div" + attribute("id", part_id(field));
  if (place == InputPlace::alone) {
    html += " role=\"radiogroup\"" + label_if_alone(field, place) + explained_by(field, place);
  }
  html += ">";
  for (std::size_t i = 0; i < field["choices"].size(); ++i) {
    html += beside ? "<div class=\"form-check form-check-inline\">" : "<div class=\"form-check\">";
    html += choice_input_html(field, i) + choice_label_html(field, i) + "</div>";
  }
  return html + "</div>";
}

std::string checkbox_input(const Value& field, InputPlace place) {
  return "<input type=\"checkbox\" class=\"form-check-input\" value=\"1\"" + id_and_name(field) +
         (has(field, "value") ? " checked" : "") + required(field) + label_if_alone(field, place) +
         explained_by(field, place) + ">";
}

// The number beside it is what is sent: it stays empty, and so unanswered, until the slider is
// moved or clicked. It can be typed into, too.
std::string slider_input(const Value& field, InputPlace place) {
  const std::string scale =
      attribute_of(field, "min") + attribute_of(field, "max") + attribute_of(field, "step");
  const std::string answer = text_of(field, "value");
  std::string html = "<div class=\"form-slider\"><input type=\"range\" class=\"form-range" +
                     std::string(answer.empty() ? " unanswered" : "") + "\"" + scale +
                     attribute("aria-label", text_of(field, "label"));
  if (!answer.empty()) html += attribute("value", answer);
  html +=
      " oninput=\"this.nextElementSibling.value = this.value; this.classList.remove('unanswered')\""
      " onclick=\"this.oninput()\">";
  return html + "<input type=\"number\" class=\"form-control form-number\"" + id_and_name(field) +
         scale + attribute("value", answer) + required(field) + label_if_alone(field, place) +
         explained_by(field, place) +
         " oninput=\"this.previousElementSibling.value = this.value; "
         "this.previousElementSibling.classList.toggle('unanswered', !this.value)\"></div>";
}

}  // namespace

bool is_radio(const Value& field) { return text_of(field, "widget").starts_with("radio"); }

bool is_checkbox(const Value& field) { return text_of(field, "widget") == "checkbox"; }

std::string part_id(const Value& field, std::string_view part) {
  return std::string(part) + "_" + text_of(field, "name");
}

std::string explained_by(const Value& field, InputPlace place) {
  const bool wrong = has(field, "errors") && !field["errors"].empty();
  std::string ids;
  if (place == InputPlace::in_field && !text_of(field, "help").empty()) {
    ids = part_id(field, "help");
  }
  if (wrong) ids += (ids.empty() ? "" : " ") + part_id(field, "errors");
  return (ids.empty() ? "" : attribute("aria-describedby", ids)) +
         (wrong ? " aria-invalid=\"true\"" : "");
}

std::string input_html(const Value& field, InputPlace place) {
  const std::string widget = text_of(field, "widget");
  if (is_radio(field)) return radio_input(field, place);
  if (is_checkbox(field)) return checkbox_input(field, place);
  if (widget == "select") return select_input(field, place);
  if (widget == "slider") return slider_input(field, place);
  return text_of(field, "type") == "text" ? text_input(field, place) : number_input(field, place);
}

std::string choice_input_html(const Value& field, std::size_t number) {
  const std::string value = attribute("value", choice(field, number)[0].as<std::string>());
  if (!is_radio(field)) {
    return "<option" + value + (is_chosen(field, number) ? " selected" : "") + ">" +
           escape_html(choice(field, number)[1].as<std::string>()) + "</option>";
  }
  return "<input class=\"form-check-input\" type=\"radio\"" +
         attribute("id", part_id(field) + "-" + std::to_string(number)) +
         attribute("name", text_of(field, "name")) + value +
         (is_chosen(field, number) ? " checked" : "") + required(field) + ">";
}

std::string choice_label_html(const Value& field, std::size_t number) {
  const std::string text = escape_html(choice(field, number)[1].as<std::string>());
  if (!is_radio(field)) return text;
  return "<label class=\"form-check-label\"" +
         attribute("for", part_id(field) + "-" + std::to_string(number)) + ">" + text + "</label>";
}

}  // namespace rialto
