// Expressions at work: names are looked up, functions and methods called, filters applied.
#include <algorithm>

#include "gateway/templates/expression.h"
#include "gateway/templates/file_nodes.h"
#include "gateway/templates/filters.h"
#include "gateway/templates/methods.h"
#include "gateway/templates/problem.h"
#include "gateway/templates/rendering.h"
#include "gateway/templates/scope.h"

namespace rialto::templates {
namespace {

Operand range(const std::vector<Value>& arguments) {
  constexpr std::int64_t longest = 100'000;
  if (arguments.empty() || arguments.size() > 3) throw Failure("range takes 1 to 3 numbers");
  std::vector<std::int64_t> numbers;
  for (const Value& each : arguments) {
    if (!each.is_whole()) throw Failure("range takes whole numbers");
    numbers.push_back(std::clamp(each.stored_whole(), -(longest << 20), longest << 20));
  }
  const std::int64_t begin = numbers.size() > 1 ? numbers[0] : 0;
  const std::int64_t end = numbers[numbers.size() > 1 ? 1 : 0];
  const std::int64_t by = numbers.size() > 2 ? numbers[2] : 1;
  if (by == 0) throw Failure("range cannot go in steps of 0");
  if ((end - begin) / by > longest) throw Failure("range is too long");
  Value made = Value::empty_list();
  for (std::int64_t i = begin; by > 0 ? i < end : i > end; i += by) made.append(i);
  return Operand(std::move(made));
}

// Those functions that are there wherever no name of the page hides them.
bool call_function(const Expression& expression, Rendering& rendering, const Scope& scope,
                   Operand& result) {
  const std::string& name = expression.path[0];
  const std::vector<Value>& arguments = expression.arguments;
  if (name == "super") {
    result = Operand(Value(BlockNode::render_ancestor(rendering, scope)), Escaping::done);
  } else if (name == "range" && expression.call) {
    result = range(arguments);
  } else if (name == "is_defined" && expression.call) {
    if (arguments.size() != 1 || !arguments[0].is_string()) {
      throw Failure("is_defined takes a name in quotes: is_defined('player.x')");
    }
    result = Operand(Value(leads_somewhere(split_path(arguments[0].text()), scope)));
  } else {
    return false;
  }
  return true;
}

Operand look_up(const Expression& expression, Rendering& rendering, const Scope& scope) {
  const auto& path = expression.path;
  Operand result;
  if (path.size() == 1) {
    if (scope.find(path[0], result)) {
      if (expression.call) throw Failure("\"" + path[0] + "\" is no function");
      return result;
    }
    if (call_function(expression, rendering, scope, result)) return result;
    return follow(path, scope);
  }
  const Operand whole = follow(path, path.size() - 1, scope);
  Operand part;
  const bool there = step(whole, path.back(), part);
  // Of a model also what is a function in oTree: player.role().
  const bool plain =
      !expression.call || (whole.kind == Operand::Kind::model && expression.arguments.empty());
  if (there && plain) return follow(path, scope);  // once more, for its sentence about null
  if (call_method(whole, path.back(), expression.arguments, result)) return result;
  if (there) throw Failure("\"" + expression.text + "\" is no function that a page can call");
  return follow(path, scope);
}

}  // namespace

Operand Expression::evaluate(Rendering& rendering, const Scope& scope) const {
  Operand result = literal ? Operand(&*literal) : look_up(*this, rendering, scope);
  if (literal) result.escaping = Escaping::done;  // the author's own text
  for (const auto& [filter, filter_arguments] : filters) {
    try {
      result = filter->apply(std::move(result), filter_arguments, &rendering.tags);
    } catch (const std::exception& error) {
      throw Failure(std::string(error.what()) + " (in \"" + text + "\")");
    }
  }
  return result;
}

}  // namespace rialto::templates
