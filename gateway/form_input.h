// The inputs of one form field as HTML: a line, a text area, a list, radio buttons, a checkbox, a
// slider. Free functions of the field's part of describe_form. Guarantee: all texts are escaped.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "actors/value.h"

namespace rialto {

// What else stands around the input.
enum class InputPlace { alone, in_field };

bool is_radio(const Value& field);
bool is_checkbox(const Value& field);
// "id_age": the input's id, as in oTree; with `id` "help", "errors": of what explains it.
std::string part_id(const Value& field, std::string_view part = "id");
// ` aria-describedby="…" aria-invalid="true"`, each if needed.
std::string explained_by(const Value& field, InputPlace place);

std::string input_html(const Value& field, InputPlace place);
std::string choice_input_html(const Value& field, std::size_t number);
std::string choice_label_html(const Value& field, std::size_t number);

}  // namespace rialto
