#include "apps/command/source_mistakes.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <initializer_list>
#include <set>
#include <utility>

#include "apps/command/cpp_tokens.h"
#include "apps/command/outside_calls.h"

namespace rialto::command {
namespace {

class SourceReader {
 public:
  explicit SourceReader(std::string_view source) : tokens_(cpp_tokens(source)) {}

  std::vector<SourceMistake> read() {
    find_names();
    for (std::size_t at = 0; at < tokens_.size(); ++at) {
      find_outside(at);
      find_shifted_text(at);
      find_changed_copy(at);
    }
    return std::move(found_);
  }

 private:
  bool is_at(std::size_t at, std::string_view text) const {
    return at < tokens_.size() && tokens_[at].is(text);
  }
  bool is_word_at(std::size_t at) const { return at < tokens_.size() && tokens_[at].is_word(); }
  bool are_at(std::size_t at, std::initializer_list<std::string_view> texts) const {
    for (const std::string_view text : texts) {
      if (!is_at(at++, text)) return false;
    }
    return true;
  }

  // Types of rows, members that hold rows, variables that are whole numbers.
  void find_names() {
    for (std::size_t at = 0; at + 2 < tokens_.size(); ++at) {
      if (are_at(at + 2, {":", "Row", "{"}) && is_at(at, "struct")) {
        row_types_.insert(tokens_[at + 1].text);
      }
      if (are_at(at, {"Rows", "<"}) && is_at(at + 3, ">") && is_word_at(at + 4)) {
        rows_.insert(tokens_[at + 4].text);
      }
      const bool is_whole =
          is_at(at, "int") || is_at(at, "size_t") || is_at(at, "int64_t") || is_at(at, "long");
      if (is_whole && is_word_at(at + 1) && (is_at(at + 2, "=") || is_at(at + 2, "{"))) {
        numbers_.insert(tokens_[at + 1].text);
      }
    }
  }

  void find_outside(std::size_t at) {
    for (const OutsideCall& call : outside_calls) {
      if (!tokens_[at].is(call.word) || (call.is_function && !is_at(at + 1, "("))) continue;
      // A member of something else, or a function of the game's own.
      const bool is_standard = is_at(at - 1, ":") ? is_at(at - 3, "std") || is_at(at - 3, "chrono")
                                                  : !is_at(at - 1, ".") && !is_word_at(at - 1);
      const bool is_returned = is_at(at - 1, "return");
      if (!is_standard && !is_returned) continue;
      if (!call.is_function && is_seeded_by_game(at)) continue;
      add(at, call.sentence());
    }
  }

  // std::mt19937 engine(player.random().integer(…)) draws the same again.
  bool is_seeded_by_game(std::size_t at) const {
    for (; at < tokens_.size() && !is_at(at, ";"); ++at) {
      if (are_at(at, {"random", "("})) return true;
    }
    return false;
  }

  // `"Player " + number`: the text begins so many letters later.
  void find_shifted_text(std::size_t at) {
    if (!are_at(at, {"\"", "+"}) || is_at(at - 1, "+") || is_at(at + 2, "+")) return;
    std::size_t end = at + 2;
    for (int depth = 0; end < tokens_.size(); ++end) {
      const CppToken& token = tokens_[end];
      if (token.is("(") || token.is("[")) ++depth;
      if ((token.is(")") || token.is("]")) && --depth < 0) break;
      if (depth == 0 && (token.is("+") || token.is(";") || token.is(",") || token.is("}"))) break;
    }
    const bool is_size = end >= at + 5 && are_at(end - 3, {"size", "(", ")"});
    const bool is_read = end >= at + 8 && are_at(end - 6, {"as", "<", "int", ">", "(", ")"});
    const bool is_number =
        end == at + 3 && (numbers_.contains(tokens_[at + 2].text) ||
                          std::isdigit(static_cast<unsigned char>(tokens_[at + 2].text[0])) != 0);
    if (!is_size && !is_read && !is_number) return;
    add(at,
        "a number that is added to a text in quotes leaves out so many of its letters: write "
        "\"…\" + std::to_string(number)");
  }

  // `Order order = …; order.price = 3;` and `for (auto order : group.orders) order.price = 3;`
  void find_changed_copy(std::size_t at) {
    const bool is_row = row_types_.contains(tokens_[at].text);
    const bool is_auto = tokens_[at].is("auto");
    if (!(is_row || is_auto) || is_at(at - 1, "const") || !is_word_at(at + 1)) return;
    if (!is_at(at + 2, ":") && !is_at(at + 2, "=")) return;
    if (is_auto && !is_copied_row(at + 3)) return;
    const std::string& name = tokens_[at + 1].text;
    const std::size_t end = end_of_scope(at, is_at(at + 2, ":"));
    std::size_t changed = 0;
    for (std::size_t i = at + 3; i < end; ++i) {
      if (!tokens_[i].is(name) || is_at(i - 1, ".")) continue;
      if (is_at(i + 1, ".") && is_word_at(i + 2) && is_assigned(i + 3)) {
        changed = changed == 0 ? i : changed;
      } else if (!is_at(i + 1, ".")) {
        return;  // it is handed on: perhaps to add(…)
      }
    }
    if (changed == 0) return;
    add(changed, name +
                     " is a copy of the row: what is written into it is lost. Write "
                     "orders.edit(id, [&](Order& order) { order.price = 12; })");
  }
  // `group.orders)` of a loop; `*group.orders.row(id);`
  bool is_copied_row(std::size_t at) const {
    const bool is_read = is_at(at, "*");
    int depth = 0;  // of calls on the way: `player.group().orders)`
    for (; at < tokens_.size() && !is_at(at, ";"); ++at) {
      if (is_at(at, "(")) ++depth;
      if (is_at(at, ")") && --depth < 0) return false;
      if (!rows_.contains(tokens_[at].text)) continue;
      if (is_read ? are_at(at + 1, {".", "row"}) : is_at(at + 1, ")")) return true;
    }
    return false;
  }
  bool is_assigned(std::size_t at) const {
    if (is_at(at, "=")) return !is_at(at + 1, "=");
    const auto changes = std::to_array<std::string_view>({"+", "-", "*", "/"});
    const bool is_change =
        at < tokens_.size() && std::ranges::find(changes, tokens_[at].text) != changes.end();
    return is_change && (is_at(at + 1, "=") || (is_at(at + 1, tokens_[at].text)));
  }
  // Of what is declared here; of a loop without braces, its one statement.
  std::size_t end_of_scope(std::size_t at, bool is_loop) const {
    int depth = 0;
    for (; at < tokens_.size(); ++at) {
      if (is_at(at, "{") || is_at(at, "(")) ++depth;
      if (is_at(at, "}") || is_at(at, ")")) --depth;
      if (depth < (is_loop ? -1 : 0) || (depth < 0 && is_at(at, "}"))) return at;
      if (is_loop && depth == -1 && (is_at(at, ";") || is_at(at, "}"))) return at;
    }
    return at;
  }

  void add(std::size_t at, std::string sentence) {
    const std::size_t line = tokens_[at].line;
    const bool is_known = std::ranges::any_of(found_, [&](const SourceMistake& other) {
      return other.line == line && other.sentence == sentence;
    });
    if (!is_known) found_.push_back({line, std::move(sentence)});
  }

  std::vector<CppToken> tokens_;
  std::set<std::string> row_types_;
  std::set<std::string> rows_;
  std::set<std::string> numbers_;
  std::vector<SourceMistake> found_;
};

}  // namespace

std::vector<SourceMistake> source_mistakes(std::string_view source) {
  return SourceReader(source).read();
}

}  // namespace rialto::command
