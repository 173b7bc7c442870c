#include "gateway/form_html.h"

#include "actors/errors.h"
#include "gateway/form_input.h"
#include "gateway/templates/escape.h"

namespace rialto {
namespace {

std::string own_label(const Value& field) { return escape_html(field.get("label", "")); }

std::string help_html(const Value& field) {
  const std::string help = field.get("help", "");
  if (help.empty()) return "";
  return "<p class=\"form-text\" id=\"" + part_id(field, "help") + "\">" + escape_html(help) +
         "</p>";
}

std::string errors_html(const Value& field) {
  const Value* errors = field.find("errors");
  if (!errors || errors->empty()) return "";
  std::string html = "<div class=\"form-control-errors\" id=\"" + part_id(field, "errors") + "\">";
  for (const Value& error : *errors) html += escape_html(error.as<std::string>()) + "<br>";
  return html + "</div>";
}

std::string label_html(const Value& field, const std::string& text) {
  return "<label class=\"" +
         std::string(is_checkbox(field) ? "form-check-label" : "col-form-label") + "\" for=\"" +
         part_id(field) + "\">" + text + "</label>";
}

// With a label that is not to be seen, the input is named as if it stood alone.
std::string field_html(const Value& field, const std::string& label) {
  const InputPlace place = label.empty() ? InputPlace::alone : InputPlace::in_field;
  const std::string errors = errors_html(field);
  const std::string classes =
      "\"mb-3 _formfield" + std::string(errors.empty() ? "" : " has-errors") + "\"";
  if (is_checkbox(field)) {
    return "<div class=" + classes + "><div class=\"form-check\">" + input_html(field, place) +
           (label.empty() ? "" : label_html(field, label)) + "</div>" + help_html(field) + errors +
           "</div>\n";
  }
  const std::string controls =
      "<div class=\"controls\">" + input_html(field, place) + "</div>" + help_html(field) + errors;
  if (is_radio(field) && !label.empty()) {
    return "<fieldset role=\"radiogroup\" class=" + classes + explained_by(field, place) +
           "><legend class=\"col-form-label\">" + label + "</legend>" + controls + "</fieldset>\n";
  }
  return "<div class=" + classes + ">" + (label.empty() ? "" : label_html(field, label)) +
         controls + "</div>\n";
}

}  // namespace

std::string FormHtml::field(std::string_view name, const std::string* label_html) const {
  const Value& field = of(name);
  return field_html(field, label_html ? *label_html : own_label(field));
}

std::string FormHtml::fields() const {
  std::string html;
  for (const Value& field : form_["fields"]) html += field_html(field, own_label(field));
  return html;
}

std::string FormHtml::field_errors(std::string_view name) const { return errors_html(of(name)); }

std::string FormHtml::input(std::string_view name) const {
  return input_html(of(name), InputPlace::alone);
}

std::string FormHtml::label(std::string_view name) const {
  return label_html(of(name), own_label(of(name)));
}

std::string FormHtml::choice_input(std::string_view name, std::size_t number) const {
  return choice_input_html(of(name), number);
}

std::string FormHtml::choice_label(std::string_view name, std::size_t number) const {
  return choice_label_html(of(name), number);
}

std::string FormHtml::page_errors() const {
  std::string html;
  for (const Value& error : form_["errors"]) html += escape_html(error.as<std::string>()) + "<br>";
  if (html.empty()) {
    for (const Value& field : form_["fields"]) {
      if (!field["errors"].empty()) html = escape_html(fix_errors_);
    }
  }
  if (html.empty()) return "";
  return "<div class=\"otree-form-errors alert alert-danger\" role=\"alert\">" + html + "</div>\n";
}

std::string FormHtml::errors_untold_in(std::string_view document) const {
  std::string html;
  for (const Value& field : form_["fields"]) {
    const std::string label = own_label(field);
    for (const Value& error : field["errors"]) {
      const std::string text = escape_html(error.as<std::string>());
      if (document.find(text) != document.npos) continue;
      html += (label.empty() ? escape_html(field["name"].as<std::string>()) : label) + ": " + text +
              "<br>";
    }
  }
  if (html.empty()) return "";
  return "<div class=\"otree-form-errors alert alert-danger\" role=\"alert\">" + html + "</div>\n";
}

const Value& FormHtml::of(std::string_view name) const {
  std::string known;
  for (const Value& field : form_["fields"]) {
    if (field["name"] == name) return field;
    known += (known.empty() ? "" : ", ") + field["name"].as<std::string>();
  }
  throw AppError("the page's form has no field \"" + std::string(name) + "\"" +
                 (known.empty() ? "" : "; it has " + known));
}

}  // namespace rialto
