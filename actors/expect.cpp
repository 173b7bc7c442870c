#include "actors/expect.h"

namespace rialto {
namespace {

std::string place(CallerLine line) {
  const std::string_view path = line.file;
  return std::string(path.substr(path.rfind('/') + 1)) + ":" + std::to_string(line.line);
}

// A whole page is not to be read in an error.
std::string shown(const Value& value) {
  constexpr std::size_t most = 200;
  std::string text = value.dump();
  if (text.size() > most) text = text.substr(0, most) + "…";
  return text;
}

}  // namespace

namespace detail {

void expectation_failed(const Value& actual, std::string_view relation, const Value& wanted,
                        CallerLine line) {
  throw AppError(place(line) + ": expected " + shown(actual) + " " + std::string(relation) + " " +
                 shown(wanted));
}

void unknown_relation(std::string_view relation, CallerLine line) {
  throw AppError(place(line) +
                 ": expect knows ==, !=, <, <=, >, >=, \"in\" and \"not in\" a text, not \"" +
                 std::string(relation) + "\"");
}

}  // namespace detail

void expect(std::string_view actual, std::string_view relation, std::string_view wanted,
            CallerLine line) {
  const bool is_in = wanted.find(actual) != wanted.npos;
  const int order = actual.compare(wanted);
  const bool holds = relation == "in"       ? is_in
                     : relation == "not in" ? !is_in
                     : relation == "=="     ? order == 0
                     : relation == "!="     ? order != 0
                     : relation == "<"      ? order < 0
                     : relation == "<="     ? order <= 0
                     : relation == ">"      ? order > 0
                     : relation == ">="     ? order >= 0
                                            : (detail::unknown_relation(relation, line), false);
  if (!holds) detail::expectation_failed(Value(actual), relation, Value(wanted), line);
}

}  // namespace rialto
