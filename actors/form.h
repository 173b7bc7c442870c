// A page's form: what participants wrote becomes typed values or errors, and what a page shows of
// it. Functions of the page's model, the player and what came in; they change nothing but what the
// game's own functions write (limits, choices, error messages), so call them where a handler may
// run.
// Guarantees: accepts and refuses what oTree 6.0.15 does, but for what stands in apps/README.md
// ("Forms"); a value that was accepted fits its column.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "actors/app_model.h"
#include "actors/form_error.h"
#include "actors/form_field.h"
#include "actors/value.h"

namespace rialto {

// Either errors, or a value for each field of the form.
class FormOutcome {
 public:
  bool accepted() const { return errors_.empty(); }
  const FormErrors& errors() const { return errors_; }
  // The typed values by column; null where a blank field was left empty, or cannot be read.
  const Value& values() const { return values_; }
  // Puts the values into their columns. Only inside a step, and only if accepted.
  void assign(PlayerBase& player) const;

 private:
  friend class FormReader;
  std::vector<const FormFieldModel*> fields_;  // of the page, which outlives this
  Value values_ = Value::object();
  FormErrors errors_;
};

// `raw` is an object: the inputs' names, each with its text, or a list of texts of which the first
// counts. Numbers and bools, as bots have them, stand for their texts; other names are ignored.
// Runs error_message if nothing else is wrong; of a page without a form with no values.
FormOutcome read_form(const PageModel& page, PlayerBase& player, const Value& raw);

// Of what came in, what the page may ask for: this much is stored, also of a form that is refused.
// A text that is longer than its field takes is cut behind that and ends with "…", so that it is
// refused all the same; one that may have any length stays as it is.
Value asked_values(const PageModel& page, const Value& raw);

// The time is up: always accepted. What is right is kept, the rest is 0, false or ""; where
// error_message refuses, all is.
FormOutcome form_on_timeout(const PageModel& page, PlayerBase& player, const Value& raw);

// What the page shows, for gateway/form_html.h: {"fields": [{"name", "type", "widget", "label",
// "help", "required", "choices": [[text, label], …] or null, "value": text or null, "min", "max",
// "step", "max_length", "unit": text or null, "decimals": number or null, "errors": […]}, …],
// "errors": […]}. Errors, and labels that are ours, are FormError::to_value. `raw` is what was
// submitted last, to be shown again; null: the columns.
Value describe_form(const PageModel& page, const PlayerBase& player, const Value& raw = {},
                    const FormErrors& errors = {});

}  // namespace rialto
