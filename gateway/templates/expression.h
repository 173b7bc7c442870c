// An expression of a tag, parsed: a literal, a path (player.payoff, bids.0) or a call (range(3)),
// then filters (|to2, |default('-')). A plain value, made once when the template is read.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "actors/value.h"
#include "gateway/templates/operand.h"

namespace rialto::templates {

class Scope;
struct Filter;
struct Rendering;

struct Expression {
  struct FilterCall {
    const Filter* filter;
    std::vector<Value> arguments;
  };

  std::string text;  // as it stands in the template
  std::optional<Value> literal;
  std::vector<std::string> path;  // empty for a literal
  bool call = false;
  std::vector<Value> arguments;
  std::vector<FilterCall> filters;

  // Failure says what cannot be understood. A literal's filters are tried at once.
  static Expression parse(std::string_view text);

  // Failure where a name is not there or a filter does not take the value.
  Operand evaluate(Rendering& rendering, const Scope& scope) const;
  // A text that is known before anything is rendered; nothing for any other expression.
  std::optional<std::string> literal_text() const;
};

// a.b.0 is a, b and 0.
std::vector<std::string> split_path(std::string_view path);

}  // namespace rialto::templates
