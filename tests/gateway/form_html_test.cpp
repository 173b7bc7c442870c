#include "gateway/form_html.h"

#include <doctest/doctest.h>

#include "actors/errors.h"
#include "actors/form_error.h"
#include "gateway/form_words.h"
#include "gateway/words.h"

using rialto::FormHtml;
using rialto::list;
using rialto::Value;

namespace {

Value field(const char* name, const char* widget, const Value& more = Value::object()) {
  Value made{{"name", name},        {"type", "whole"},
             {"widget", widget},    {"label", "A < B?"},
             {"help", ""},          {"required", true},
             {"choices", nullptr},  {"value", nullptr},
             {"min", nullptr},      {"max", nullptr},
             {"step", "1"},         {"max_length", nullptr},
             {"decimals", nullptr}, {"errors", Value::empty_list()}};
  made.update(more);
  return made;
}

Value form_of(const Value& only, const Value& errors = Value::empty_list()) {
  Value fields = Value::empty_list();
  fields.append(only);
  return {{"fields", std::move(fields)}, {"errors", errors}};
}

std::string shown(const Value& only) {
  const Value form = form_of(only);
  return FormHtml(form, "Fix it.").fields();
}

bool contains(const std::string& text, std::string_view part) {
  return text.find(part) != text.npos;
}

const Value two_choices{{"choices", list(list("1", "Low <"), list("2", "High"))}, {"value", "2"}};

}  // namespace

TEST_CASE("a number is asked in oTree's words for browsers, and its label is its own") {
  const std::string html = shown(
      field("age", "input", {{"decimals", 0}, {"min", "18"}, {"max", "99"}, {"value", "2\"0"}}));
  CHECK(contains(html, "<label class=\"col-form-label\" for=\"id_age\">A &lt; B?</label>"));
  CHECK(contains(html,
                 "<input type=\"number\" class=\"form-control form-number\" inputmode="
                 "\"numeric\" id=\"id_age\" name=\"age\" value=\"2&quot;0\" min=\"18\" "
                 "max=\"99\" required>"));
  CHECK(contains(shown(field("x", "input", {{"type", "real"}})), "<input type=\"text\""));
}

TEST_CASE("help and errors are tied to the input") {
  const std::string html =
      shown(field("age", "input", {{"help", "In <years>"}, {"errors", list(Value("Too <old>"))}}));
  CHECK(contains(html, "aria-describedby=\"help_age errors_age\" aria-invalid=\"true\""));
  CHECK(contains(html, "<p class=\"form-text\" id=\"help_age\">In &lt;years&gt;</p>"));
  CHECK(contains(html, "id=\"errors_age\">Too &lt;old&gt;<br></div>"));
  CHECK(contains(html, "_formfield has-errors"));
}

TEST_CASE("radio buttons are a group with a legend, and keep what was chosen") {
  const std::string html = shown(field("level", "radio", two_choices));
  CHECK(contains(html, "<fieldset role=\"radiogroup\""));
  CHECK(contains(html, "<legend class=\"col-form-label\">A &lt; B?</legend>"));
  CHECK(contains(html,
                 "id=\"id_level-0\" name=\"level\" value=\"1\" required><label "
                 "class=\"form-check-label\" for=\"id_level-0\">Low &lt;</label>"));
  CHECK(contains(html, "value=\"2\" checked required>"));
  CHECK(contains(shown(field("level", "radio_horizontal", two_choices)), "form-check-inline"));
}

TEST_CASE("a list begins with no answer and keeps what was chosen") {
  const std::string html = shown(field("level", "select", two_choices));
  CHECK(contains(html, "required><option value=\"\">--------</option><option value=\"1\">"));
  CHECK(contains(html, "<option value=\"2\" selected>High</option>"));
}

TEST_CASE("a checkbox stands before its label") {
  const std::string html = shown(field("agree", "checkbox", {{"value", "1"}}));
  CHECK(contains(html,
                 "id=\"id_agree\" name=\"agree\" checked required><label "
                 "class=\"form-check-label\" for=\"id_agree\">"));
}

TEST_CASE("a text area keeps its lines, and none can end it") {
  const std::string html =
      shown(field("text", "text_area", {{"type", "text"}, {"value", "\n</textarea>"}}));
  CHECK(contains(html, ">\n\n&lt;/textarea&gt;</textarea>"));
}

TEST_CASE("a slider sends nothing until it was moved: the number beside it is the answer") {
  const Value scale{{"min", "0"}, {"max", "10"}, {"decimals", 0}};
  const std::string html = shown(field("mood", "slider", scale));
  CHECK(contains(html, "<input type=\"range\" class=\"form-range unanswered\" min=\"0\""));
  CHECK_FALSE(contains(html, "name=\"mood\" type=\"range\""));
  CHECK(contains(
      html, "id=\"id_mood\" name=\"mood\" min=\"0\" max=\"10\" step=\"1\" value=\"\" required"));
}

TEST_CASE("the parts of a field are there alone, for pages that lay them out themselves") {
  const Value form = form_of(field("level", "radio", two_choices));
  const FormHtml html(form, "Fix it.");
  CHECK(contains(html.input("level"), "role=\"radiogroup\" aria-label=\"A &lt; B?\""));
  CHECK(html.label("level") ==
        "<label class=\"col-form-label\" for=\"id_level\">A &lt; B?</label>");
  CHECK(contains(html.choice_input("level", 1), "id=\"id_level-1\""));
  CHECK(contains(html.choice_label("level", 0), "Low &lt;"));
  CHECK(html.field_errors("level").empty());
  CHECK_THROWS_AS(html.choice_input("level", 2), rialto::AppError);
  CHECK_THROWS_WITH_AS(html.input("lvl"), "the page's form has no field \"lvl\"; it has level",
                       rialto::AppError);
}

TEST_CASE("another label is taken as it is, and an empty one leaves the input a name") {
  const Value form = form_of(field("age", "input"));
  const FormHtml html(form, "Fix it.");
  const std::string bold = "<b>Age</b>";
  const std::string none;
  CHECK(contains(html.field("age", &bold), "for=\"id_age\"><b>Age</b></label>"));
  CHECK(contains(html.field("age", &none), "aria-label=\"A &lt; B?\""));
  CHECK_FALSE(contains(html.field("age", &none), "<label"));
}

TEST_CASE("above the form stands what is wrong with the page, or that something is") {
  const Value right = form_of(field("age", "input"));
  CHECK(FormHtml(right, "Fix it.").page_errors().empty());
  const Value wrong = form_of(field("age", "input", {{"errors", list(Value("No."))}}));
  CHECK(contains(FormHtml(wrong, "Fix it.").page_errors(), "role=\"alert\">Fix it.</div>"));
  const Value page = form_of(field("age", "input"), list(Value("Not <yet>.")));
  CHECK(contains(FormHtml(page, "Fix it.").page_errors(), "Not &lt;yet&gt;."));
}

TEST_CASE("an error that stands nowhere in the page is told above its form, with whose it is") {
  const Value wrong = {{"errors", list(Value("Too <long>."))}};
  const Value form = form_of(field("drawing", "input", wrong));
  const FormHtml html(form, "Fix it.");
  CHECK(html.errors_untold_in("<p>Too &lt;long&gt;.</p>").empty());
  const std::string told = html.errors_untold_in("<input type=\"hidden\" name=\"drawing\">");
  CHECK(contains(told, "A &lt; B?: Too &lt;long&gt;.<br>"));
  const Value unnamed =
      form_of(field("drawing", "input", {{"label", ""}, {"errors", wrong["errors"]}}));
  CHECK(contains(FormHtml(unnamed, "").errors_untold_in(""), "drawing: Too &lt;long&gt;."));
}

TEST_CASE("our sentences come in the participant's language, the game's own stay as they are") {
  const rialto::Words words;
  const auto error = rialto::FormError::ours("form_range", {{"min", "1"}, {"max", "3"}});
  Value errors = Value::empty_list();
  errors.append(error.to_value());
  errors.append(rialto::FormError("Own words").to_value());
  const Value form = form_of(field("age", "input", {{"errors", errors}}));
  const Value german = form_in_words(form, words.pick("de"));
  CHECK(german["fields"][0]["errors"] ==
        list("Bitte geben Sie eine Zahl von 1 bis 3 ein.", "Own words"));
  CHECK(form_in_words(form, words.pick("en"))["fields"][0]["errors"][0] == error.text);
}

TEST_CASE("each of our sentences is the same in English here and there") {
  const rialto::Words words;
  const auto english = words.pick("en");
  for (const char* key : {"form_required", "form_choice", "form_whole", "form_number", "form_large",
                          "form_min", "form_max", "form_range", "form_long", "form_character"}) {
    CHECK(rialto::FormError::ours(key).text == english[key]);
  }
}
