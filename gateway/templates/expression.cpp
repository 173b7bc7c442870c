#include "gateway/templates/expression.h"

#include <algorithm>
#include <array>

#include "gateway/templates/filters.h"
#include "gateway/templates/literal.h"
#include "gateway/templates/problem.h"
#include "gateway/templates/split.h"

namespace rialto::templates {
namespace {

bool is_path(std::string_view text) {
  const auto words = split_path(text);
  return std::ranges::all_of(words, [](const std::string& word) { return is_name(word); });
}

// name(arguments), if it is that.
bool parse_call(std::string_view text, std::string& name, std::vector<Value>& arguments) {
  const std::size_t open = text.find('(');
  if (open == text.npos || !text.ends_with(')') || !is_path(text.substr(0, open))) return false;
  name = text.substr(0, open);
  const std::string_view inside = trimmed(text.substr(open + 1, text.size() - open - 2));
  if (inside.empty()) return true;
  const auto list = parse_literal("[" + std::string(inside) + "]");
  if (!list || !list->is_list()) {
    throw Failure("the arguments of \"" + name + "\" must be literals: a number, 'a text', True");
  }
  arguments = list->items();
  return true;
}

[[noreturn]] void refuse(std::string_view text) {
  std::string message = "\"" + std::string(text) + "\" is no expression";
  if (text.empty()) message = "there is no expression where one is needed";
  if (text.find('[') != text.npos) message += "; an item of a list is written bids.0";
  if (text.find_first_of("=<>") != text.npos)
    message += "; comparisons stand in if alone, with spaces around the sign";
  if (text.find_first_of("+*/%") != text.npos)
    message += "; calculate in vars_for_template, not in the page";
  throw Failure(message);
}

Expression::FilterCall parse_filter(std::string_view text) {
  std::string name(text);
  std::vector<Value> arguments;
  const std::size_t colon = text.find(':');
  if (colon != text.npos && is_name(trimmed(text.substr(0, colon)))) {
    name = trimmed(text.substr(0, colon));
    const auto argument = parse_literal(trimmed(text.substr(colon + 1)));
    if (!argument) throw Failure("the argument of \"" + name + "\" must be a literal");
    arguments.push_back(*argument);
  } else {
    parse_call(text, name, arguments);
  }
  const Filter* filter = find_filter(name);
  if (!filter) throw Failure("unknown filter \"" + name + "\"");
  if (arguments.size() < filter->least || arguments.size() > filter->most) {
    throw Failure(
        "filter \"" + name + "\" takes " +
        (filter->most == 0 ? std::string("no argument") : "an argument: " + name + "(…)"));
  }
  return {filter, std::move(arguments)};
}

// What a literal's filters refuse is refused before anybody sees the page.
void try_filters(const Expression& expression) {
  Operand operand(&*expression.literal);
  for (const auto& [filter, arguments] : expression.filters) {
    operand = filter->apply(std::move(operand), arguments, nullptr);
  }
}

}  // namespace

std::vector<std::string> split_path(std::string_view path) {
  std::vector<std::string> words;
  for (;;) {
    const std::size_t dot = path.find('.');
    words.emplace_back(path.substr(0, dot));
    if (dot == path.npos) return words;
    path.remove_prefix(dot + 1);
  }
}

Expression Expression::parse(std::string_view text) {
  Expression made;
  made.text = trimmed(text);
  const auto parts = split(made.text, symbol("|"));
  const std::string_view first = trimmed(parts[0]);
  std::string name(first);
  made.literal = parse_literal(first);
  if (!made.literal) {
    made.call = parse_call(first, name, made.arguments);
    if (!is_path(name)) refuse(first);
    made.path = split_path(name);
  }
  for (std::size_t i = 1; i < parts.size(); ++i) {
    made.filters.push_back(parse_filter(trimmed(parts[i])));
  }
  if (made.literal) try_filters(made);
  return made;
}

std::optional<std::string> Expression::literal_text() const {
  if (!literal || !literal->is_string() || !filters.empty()) return std::nullopt;
  return literal->as<std::string>();
}

}  // namespace rialto::templates
