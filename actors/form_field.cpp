#include "actors/form_field.h"

#include <stdexcept>

namespace rialto {

void check_form_field(const FormFieldModel& field) {
  const auto refuse = [&field](const std::string& why) {
    throw std::invalid_argument("the form field \"" + field.name + "\": " + why);
  };
  const bool number = field.type == FormType::whole || field.type == FormType::real ||
                      field.type == FormType::money;
  const bool limited =
      !field.min.is_null() || !field.max.is_null() || field.min_now || field.max_now;
  if (limited && !number) refuse(".min and .max are of numbers");
  if (!field.min.is_null() && !field.max.is_null() && !field.min_now && !field.max_now &&
      field.max.as<double>() < field.min.as<double>()) {
    refuse(".max is below .min (which is 0 unless said otherwise; .min = no_limit takes it away)");
  }
  const bool lists = field.widget == Widget::radio || field.widget == Widget::radio_horizontal ||
                     field.widget == Widget::select;
  if (lists && !field.has_choices() && field.type != FormType::boolean) {
    refuse("a radio or select widget wants .choices");
  }
  if (field.choices && field.choices->empty()) refuse("its .choices are empty");
  if (field.widget == Widget::checkbox && field.type != FormType::boolean) {
    refuse("a checkbox is of a Field<bool>");
  }
  if (field.widget == Widget::text_area && (field.type != FormType::text || field.has_choices())) {
    refuse("a text_area is of a Field<std::string> without .choices");
  }
  const bool both_ends =
      (!field.min.is_null() || field.min_now) && (!field.max.is_null() || field.max_now);
  if (field.widget == Widget::slider && (!number || !both_ends || field.has_choices())) {
    refuse("a slider is of a number with a .min and a .max");
  }
  if (field.max_length != 0 && field.type != FormType::text) refuse(".max_length is of a text");
  if (field.decimals >= 0 && field.type != FormType::real) refuse(".decimals are of a double");
  if (field.decimals > 15) refuse("a double has at most 15 .decimals");
}

}  // namespace rialto
