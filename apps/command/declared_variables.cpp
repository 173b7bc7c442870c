#include "apps/command/declared_variables.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <utility>

#include "apps/command/cpp_tokens.h"

namespace rialto::command {
namespace {

using Token = CppToken;
using Statement = std::vector<Token>;

bool has(const Statement& statement, std::string_view word) {
  return std::any_of(statement.begin(), statement.end(),
                     [&](const Token& token) { return token.is(word); });
}

// Without what stands between < and >.
Statement without_arguments(const Statement& statement) {
  Statement rest;
  int depth = 0;
  for (const Token& token : statement) {
    if (token.is("<")) ++depth;
    if (depth == 0) rest.push_back(token);
    if (token.is(">") && depth > 0) --depth;
  }
  return rest;
}

// Of a type and a name: can the variable be changed no more? What a pointer points to does not
// count.
bool is_constant(const Statement& type) {
  const auto star =
      std::find_if(type.rbegin(), type.rend(), [](const Token& token) { return token.is("*"); });
  const Statement last(star.base(), type.end());
  return has(type, "constexpr") || has(last, "const") || (!type.empty() && type.back().is("&"));
}

// What is declared by the words before an initial value or `;`; nothing if no variable is.
std::optional<DeclaredVariable> variable_of(const Statement& words, bool in_namespace) {
  constexpr std::array no_variable{
      "return", "using",    "typedef",   "struct",   "class", "enum", "union", "friend",
      "extern", "operator", "namespace", "template", "case",  "goto", "(",     "."};
  Statement statement = without_arguments(words);
  while (!statement.empty() && statement.back().is("]")) {  // an array's size
    while (!statement.empty() && !statement.back().is("[")) statement.pop_back();
    if (!statement.empty()) statement.pop_back();
  }
  if (statement.size() < 2 || !statement.back().is_word()) return {};
  for (const char* const word : no_variable) {
    if (has(statement, word)) return {};
  }
  if (!in_namespace && !has(statement, "static") && !has(statement, "thread_local")) return {};
  const Token name = statement.back();
  statement.pop_back();
  return DeclaredVariable{name.text, name.line, is_constant(statement), in_namespace};
}

class Declarations {
 public:
  std::vector<DeclaredVariable> of(const std::vector<Token>& tokens) {
    for (const Token& token : tokens) take(token);
    return std::move(found_);
  }

 private:
  // Each { that is open: does it belong to a namespace, or to an initial value?
  enum class Brace { space, body, value };

  void take(const Token& token) {
    if (token.is("(")) {
      const bool is_first = !in_value() && !is_past_;
      if (is_first) declare();
      is_past_ = is_past_ || is_first;
      is_called_ = is_called_ || is_first;
      ++parentheses_;
    } else if (token.is(")")) {
      --parentheses_;
    } else if (token.is("{")) {
      open();
    } else if (token.is("}")) {
      close();
    } else if (!in_value() && token.is(";")) {
      if (!is_past_) declare();
      begin();
    } else if (!in_value() && token.is("=") && !is_past_) {
      declare();
      is_past_ = true;
    } else if (!in_value() && !is_past_) {
      words_.push_back(token);
    }
  }

  bool in_value() const {
    return parentheses_ > 0 || (!open_.empty() && open_.back() == Brace::value);
  }
  // Behind (…) stands the body of a function, behind = a value, and else behind a variable.
  void open() {
    const bool is_space = !in_value() && has(words_, "namespace");
    const bool is_value =
        in_value() || (is_past_ && !is_called_) || (!is_past_ && !is_space && declare());
    open_.push_back(is_value ? Brace::value : is_space ? Brace::space : Brace::body);
    if (!is_value) begin();
    is_past_ = is_value;
  }
  void close() {
    if (open_.empty()) return;
    const bool was_value = open_.back() == Brace::value;
    open_.pop_back();
    if (!was_value) begin();
  }
  void begin() {
    words_.clear();
    is_past_ = is_called_ = false;
  }
  // True: the words are a variable's declaration, which is noted.
  bool declare() {
    const bool in_namespace =
        std::all_of(open_.begin(), open_.end(), [](Brace brace) { return brace == Brace::space; });
    auto variable = variable_of(words_, in_namespace);
    if (!variable) return false;
    found_.push_back(*std::move(variable));
    return true;
  }

  std::vector<DeclaredVariable> found_;
  std::vector<Brace> open_;
  Statement words_;         // of the statement so far
  bool is_past_ = false;    // what is declared stands in them already
  bool is_called_ = false;  // by a ( behind them
  int parentheses_ = 0;
};

}  // namespace

std::vector<DeclaredVariable> declared_variables(std::string_view source) {
  return Declarations().of(cpp_tokens(source));
}

}  // namespace rialto::command
