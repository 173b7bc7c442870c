#include "actors/read_csv.h"

#include <algorithm>
#include <optional>
#include <set>
#include <stdexcept>
#include <utility>
#include <vector>

#include "actors/errors.h"
#include "actors/game_file.h"
#include "actors/utf8.h"

namespace rialto {
namespace {

constexpr std::size_t nesting = 1;

// Takes lines of cells apart; a cell in quotes may hold separators, ends of lines and "".
class CsvReader {
 public:
  CsvReader(std::string_view text, char separator) : text_(text), separator_(separator) {}

  // False at the end. An empty line is no row.
  bool next(std::vector<std::string>& cells) {
    while (at_ < text_.size() && is_end_of_line()) skip_end_of_line();
    if (at_ >= text_.size()) return false;
    started_ = line_;
    cells.assign(1, {});
    while (at_ < text_.size() && !is_end_of_line()) read_part(cells);
    return true;
  }
  // Where the newest row began, from 1.
  std::size_t line() const { return started_; }

 private:
  bool is_end_of_line() const { return text_[at_] == '\n' || text_[at_] == '\r'; }
  void skip_end_of_line() {
    if (text_[at_++] == '\n') ++line_;
  }

  void read_part(std::vector<std::string>& cells) {
    const char c = text_[at_++];
    if (c == separator_) {
      cells.emplace_back();
    } else if (c == '"' && cells.back().empty()) {
      read_quoted(cells.back());
    } else {
      cells.back() += c;
    }
  }

  void read_quoted(std::string& cell) {
    while (at_ < text_.size()) {
      const char c = text_[at_++];
      if (c == '"' && (at_ >= text_.size() || text_[at_] != '"')) return;
      if (c == '"') ++at_;
      if (c == '\n') ++line_;
      cell += c;
    }
  }

  std::string_view text_;
  char separator_;
  std::size_t at_ = 0;
  std::size_t line_ = 1;
  std::size_t started_ = 1;
};

// A number as JSON has it, which "007" and "1,5" are not.
std::optional<Value> number(const std::string& cell) {
  const bool may_be = !cell.empty() && (cell[0] == '-' || (cell[0] >= '0' && cell[0] <= '9'));
  if (!may_be) return std::nullopt;
  try {
    Value value = Value::parse(cell, nesting);
    if (value.is_number()) return value;
  } catch (const BadMessage&) {
  }
  return std::nullopt;
}

using Rows = std::vector<std::vector<std::string>>;

bool is_of_numbers(const Rows& rows, std::size_t column) {
  return std::ranges::all_of(rows, [column](const std::vector<std::string>& cells) {
    return cells[column].empty() || number(cells[column]);
  });
}

[[noreturn]] void refuse(const std::string& name, const std::string& why) {
  throw std::invalid_argument("read_csv of " + name + ": " + why);
}

void check_header(const std::vector<std::string>& header, const std::string& name) {
  std::set<std::string> seen;
  for (const std::string& column : header) {
    if (column.empty()) refuse(name, "a column has no name in the first line");
    if (!seen.insert(column).second) refuse(name, "two columns have the name \"" + column + "\"");
  }
}

}  // namespace

Value parse_csv(std::string_view text, const std::string& name) {
  constexpr std::string_view mark = "\xEF\xBB\xBF";
  if (text.starts_with(mark)) text.remove_prefix(mark.size());
  if (!is_utf8(text)) refuse(name, "it is not UTF-8; save it as \"CSV UTF-8\"");
  const std::string_view first = text.substr(0, text.find('\n'));
  const bool semicolons = first.find(',') == first.npos && first.find(';') != first.npos;
  CsvReader reader(text, semicolons ? ';' : ',');
  std::vector<std::string> header;
  if (!reader.next(header)) refuse(name, "it is empty");
  check_header(header, name);
  Rows rows;
  for (std::vector<std::string> cells; reader.next(cells);) {
    if (cells.size() != header.size()) {
      refuse(name, "line " + std::to_string(reader.line()) + " has " +
                       std::to_string(cells.size()) + " cells, and there are " +
                       std::to_string(header.size()) + " columns");
    }
    rows.push_back(std::move(cells));
  }
  std::vector<bool> numbers;
  for (std::size_t i = 0; i < header.size(); ++i) numbers.push_back(is_of_numbers(rows, i));
  Value all = Value::empty_list();
  for (const std::vector<std::string>& cells : rows) {
    Value row = Value::object();
    for (std::size_t i = 0; i < header.size(); ++i) {
      const Value cell = numbers[i] ? number(cells[i]).value_or(Value()) : Value(cells[i]);
      row.set(header[i], cells[i].empty() ? Value() : cell);
    }
    all.append(std::move(row));
  }
  return all;
}

Value read_csv(std::string_view file, const char* source) {
  const GameFile read = read_game_file("read_csv", file, source, __builtin_return_address(0));
  return parse_csv(read.text, read.path);
}

}  // namespace rialto
