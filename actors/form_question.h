// One field of a form as it is put to one player now: with the limits and choices that the game's
// functions give at this moment. Judges an answer, and says how to show the question.
// Made for one reading or showing, refers to the model and the player. Guarantee: an answer without
// an error has the field's type and fits its column; null only where it may be left empty.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "actors/app_model.h"
#include "actors/form_error.h"
#include "actors/form_field.h"
#include "actors/value.h"

namespace rialto {

// The page's fields for this player, in the order they are asked. AppError if .form_fields names
// one that .form has not.
std::vector<const FormFieldModel*> asked_fields(const PageModel& page, const PlayerBase& player);

struct FormAnswer {
  Value value;
  std::optional<FormError> error;
};

class FormQuestion {
 public:
  FormQuestion(const FormFieldModel& field, const PlayerBase& player);

  // `text`: what was written; nothing if there was no such input.
  FormAnswer answered(const std::optional<std::string>& text) const;
  // The part of describe_form's Value, without errors: with what was submitted, or the column.
  Value shown(const std::optional<std::string>& text) const;
  Value shown_now() const;

 private:
  FormAnswer unanswered(bool there) const;
  FormAnswer chosen(const std::string& text) const;
  FormAnswer written(const std::string& text) const;
  FormAnswer within_limits(Value number) const;
  const FormChoice* choice_of(const std::string& text) const;
  bool below(const Value& a, const Value& b) const;
  Value described(Value value) const;
  Value described_choices() const;
  Widget widget() const;
  int decimals() const;
  std::string text_of(const Value& value) const;
  std::string people_text(const Value& value) const;
  std::string limit_text(const Value& bound) const;
  std::string label_of(const Value& value) const;
  Value unit() const;
  std::string step() const;
  std::size_t max_length() const;

  const FormFieldModel& field_;
  const PlayerBase& player_;
  Value min_;
  Value max_;
  std::optional<std::vector<FormChoice>> choices_;
};

}  // namespace rialto
