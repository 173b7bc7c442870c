#include "gateway/templates/rendering.h"

#include "gateway/templates/escape.h"
#include "gateway/templates/problem.h"
#include "gateway/templates/python_text.h"
#include "gateway/templates/tag_renderer.h"

namespace rialto::templates {
namespace {

// The name of the field that an operand is part of.
std::string_view name_of(const Value* field) { return (*field)["name"].text(); }

}  // namespace

void Rendering::print(const Operand& operand) {
  const Value& value = operand.value();
  switch (operand.kind) {
    case Operand::Kind::form:
      throw Failure("a whole form cannot be printed; {{ formfields }} shows its fields");
    case Operand::Kind::field:
      *out += tags.field_input(name_of(&value));
      return;
    case Operand::Kind::label:
      *out += tags.field_label(name_of(operand.field));
      return;
    case Operand::Kind::choice:
      *out += tags.choice_input(name_of(operand.field), operand.number);
      return;
    case Operand::Kind::choice_label:
      *out += tags.choice_label(name_of(operand.field), operand.number);
      return;
    default:
      break;
  }
  if (operand.escaping == Escaping::done) {
    *out += value.is_string() ? std::string(value.text()) : printed(value);
  } else if (value.is_string()) {
    escape_html_to(*out, value.text());
  } else {
    escape_html_to(*out, printed(value));
  }
}

}  // namespace rialto::templates
