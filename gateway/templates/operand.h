// What an expression is worth: a value of the context, which is not copied, or one made on the way;
// or a part of the page's form. A plain value, used while its context and the template live.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>

#include "actors/value.h"

namespace rialto::templates {

enum class Escaping { needed, done };

struct Operand {
  enum class Kind : std::uint8_t {
    plain,
    model,   // player, group, subsession, participant, session: a null of theirs is an error
    models,  // a list of these: what get_players gives
    form,    // the page's form
    field,   // form.x
    label,   // form.x.label
    choice,  // of form.x
    choice_label,
    items,  // the pairs of an object: .items
  };

  Operand() = default;
  // Borrowed: must outlive the operand.
  explicit Operand(const Value* value, Kind what = Kind::plain) : kind(what), seen(value) {}
  explicit Operand(Value value, Escaping how = Escaping::needed)
      : escaping(how), made(std::move(value)) {}

  const Value& value() const { return seen ? *seen : made; }
  // The same without its own value: must not outlive this.
  Operand borrowed() const {
    Operand made_operand = part(&value(), kind, field, number);
    made_operand.escaping = escaping;
    return made_operand;
  }
  // As it is, with another kind.
  static Operand part(const Value* value, Kind what, const Value* field, std::size_t number = 0) {
    Operand made_part(value, what);
    made_part.field = field;
    made_part.number = number;
    return made_part;
  }

  Kind kind = Kind::plain;
  Escaping escaping = Escaping::needed;
  const Value* field = nullptr;  // of label, choice, choice_label: theirs
  std::size_t number = 0;        // of a choice, from 0

 private:
  const Value* seen = nullptr;
  Value made;
};

}  // namespace rialto::templates
