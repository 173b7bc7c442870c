// One field of a page's form at run time, without its C++ type: what is asked, what is taken, and
// how the answer is stored. FormFieldOf (form_slot.h) fills it in for games in C++; a host for
// another language can fill it in itself. Immutable once its app is made, read on any thread.
// Guarantee: what `assign` gets has the field's type, or is null.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "actors/field_options.h"
#include "actors/model.h"
#include "actors/value.h"

namespace rialto {

// Characters of a text that is no text_area and says nothing else.
inline constexpr std::size_t longest_line = 10'000;

enum class FormType { boolean, whole, real, text, money };

struct FormChoice {
  Value value;
  std::optional<std::string> label;  // none: the value, as people write it
};

struct FormFieldModel {
  std::string name;  // the column's, the input's
  FormType type = FormType::text;
  Widget widget = Widget::standard;
  std::string label;
  std::string help_text;
  bool blank = false;
  bool personal = false;
  std::size_t max_length = 0;  // 0: as FieldOptions says
  int decimals = -1;           // of FormType::real; -1: as it was written
  // What the column can hold, of FormType::whole.
  std::int64_t lowest = std::numeric_limits<std::int64_t>::min();
  std::int64_t highest = std::numeric_limits<std::int64_t>::max();

  // Values of the field's type; null is no limit.
  Value min;
  Value max;
  std::optional<std::vector<FormChoice>> choices;
  // Instead of these, asked each time the form is shown or read. Const: they run in no step.
  std::function<Value(const PlayerBase&)> min_now;
  std::function<Value(const PlayerBase&)> max_now;
  std::function<std::vector<FormChoice>(const PlayerBase&)> choices_now;
  // Why this value is not taken; empty text: it is. Called with no null, in the step of the submit;
  // what it writes stays, also if it refuses.
  std::function<std::string(PlayerBase&, const Value&)> error_message;

  // The column, of the player or of the player's group.
  std::function<Value(const PlayerBase&)> read;
  std::function<void(PlayerBase&, const Value&)> assign;

  bool has_choices() const { return choices || choices_now; }
};

// std::invalid_argument with a sentence where the parts of a field make no sense together.
void check_form_field(const FormFieldModel& field);

}  // namespace rialto
