// The names that a tag can see: those of the page, then those of each loop, with and include around
// it. Scopes stand on the stack of who renders, each pointing to the one around it, so that nothing
// of the context is ever copied.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/templates/operand.h"

namespace rialto::templates {

class Scope {
 public:
  struct Name {
    std::string_view name;
    const Operand* operand;
  };

  // The members of an object, which may be null. Those named player, group, … and form are the
  // page's.
  explicit Scope(const Value& object, const Scope* outer = nullptr)
      : outer_(outer), object_(&object) {}
  Scope(std::span<const Name> names, const Scope& outer) : outer_(&outer), names_(names) {}

  // Nearest first; false if there is no such name. What is found borrows.
  bool find(std::string_view name, Operand& found) const;

 private:
  const Scope* outer_;
  const Value* object_ = nullptr;
  std::span<const Name> names_;
};

// player, group, subsession, participant, session.
bool is_model(std::string_view name);
// get_players, in_all_rounds, …: what follows a model and is a list of models.
bool is_list_of_models(std::string_view name);

// What a path (a.b.0) leads to. Failure names the first word that is not there, and the null that
// was read from a model.
Operand follow(const std::vector<std::string>& path, const Scope& scope);
// The same up to the last word of the path: for methods.
Operand follow(const std::vector<std::string>& path, std::size_t words, const Scope& scope);
// One step; false if there is no such part.
bool step(const Operand& from, std::string_view word, Operand& to);
// Does the path lead to anything? Failure at the null of a model.
bool leads_somewhere(const std::vector<std::string>& path, const Scope& scope);

// The field of the page's form; null if it has none of that name.
const Value* field_of(const Value& form, std::string_view name);

}  // namespace rialto::templates
