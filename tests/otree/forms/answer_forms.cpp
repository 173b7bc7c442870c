// Answers the cases of cases.py with our forms: reads one JSON object a line, {"type", "options",
// "now", "raw"} in oTree's words, and prints {"accepted": …, "value": …} for each. The fields are
// described at run time, as a host for another language would.
#include <iostream>
#include <limits>
#include <string>

#include "actors/form.h"

using namespace rialto;

namespace {

FormType type_of(const std::string& kind) {
  if (kind == "Integer") return FormType::whole;
  if (kind == "Float" || kind == "Decimal") return FormType::real;
  if (kind == "Currency") return FormType::money;
  return kind == "Boolean" ? FormType::boolean : FormType::text;
}

Widget widget_of(const std::string& kind, const Value& options) {
  const std::string name = options.get("widget", "");
  if (name == "RadioSelect") return Widget::radio;
  if (name == "RadioSelectHorizontal") return Widget::radio_horizontal;
  if (name == "Checkbox") return Widget::checkbox;
  return kind == "LongString" ? Widget::text_area : Widget::standard;
}

std::vector<FormChoice> choices_of(const Value& listed) {
  std::vector<FormChoice> choices;
  for (const Value& each : listed) {
    if (each.is_list()) {
      choices.push_back({each[0], each[1].as<std::string>()});
    } else {
      choices.push_back({each, std::nullopt});
    }
  }
  return choices;
}

FormFieldModel field_of(const Value& asked) {
  const Value& options = asked["options"];
  const auto kind = asked["type"].as<std::string>();
  FormFieldModel field;
  field.name = "x";
  field.type = type_of(kind);
  field.widget = widget_of(kind, options);
  field.blank = options.get("blank", false);
  field.max_length = static_cast<std::size_t>(options.get("max_length", 0));
  field.decimals = options.get("places", -1);
  field.lowest = std::numeric_limits<int>::min();
  field.highest = std::numeric_limits<int>::max();
  if (field.type != FormType::text && field.type != FormType::boolean) {
    field.min = options.get("min", Value(0));
    field.max = options.get("max", Value());
  }
  if (options.contains("choices")) field.choices = choices_of(options["choices"]);
  field.read = [now = asked["now"]](const PlayerBase&) { return now; };
  return field;
}

Value answer(const Value& asked) {
  PageModel page;
  page.name = "Page";
  page.form.push_back(field_of(asked));
  PlayerBase player;
  Value raw = Value::object();
  if (!asked["raw"].is_null()) raw.set("x", asked["raw"]);
  const FormOutcome outcome = read_form(page, player, raw);
  const Value nothing;
  return {{"accepted", outcome.accepted()},
          {"value", outcome.accepted() ? outcome.values()["x"] : nothing},
          {"errors", outcome.errors().text()}};
}

}  // namespace

int main() {
  for (std::string line; std::getline(std::cin, line);) {
    std::cout << answer(Value::parse(line, 16)).dump() << "\n";
  }
}
