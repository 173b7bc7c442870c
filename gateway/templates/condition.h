// What stands after if and elif: [not] a == b, and, or; `and` binds closer. Compared as Python
// does. A plain value, made once when the template is read.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "gateway/templates/expression.h"

namespace rialto::templates {

enum class Comparison { equal, unequal, less, greater, at_most, at_least, in, not_in };

struct Condition {
  bool negated = false;
  Expression left;
  std::optional<Comparison> comparison;
  Expression right;  // where there is a comparison

  bool holds(Rendering& rendering, const Scope& scope) const;
};

struct Test {
  std::vector<std::vector<Condition>> either;  // of groups that must hold as a whole

  // Failure says what cannot be understood.
  static Test parse(std::string_view text);
  // What need not be asked is not asked.
  bool holds(Rendering& rendering, const Scope& scope) const;
};

// Python's truth: None, 0 and what is empty are false.
bool is_true(const Operand& operand);
// Failure where Python would not compare.
bool compare(const Operand& left, Comparison comparison, const Operand& right);

}  // namespace rialto::templates
