#include "apps/command/load_sends.h"

#include <algorithm>
#include <array>
#include <set>
#include <string>

#include "apps/command/script_tokens.h"

namespace rialto::command {
namespace {

constexpr std::size_t nowhere = static_cast<std::size_t>(-1);

template <std::size_t size>
bool is_one_of(const ScriptToken& token, const std::array<std::string_view, size>& all) {
  return std::ranges::find(all, std::string_view(token.text)) != all.end();
}

constexpr auto load_events =
    std::to_array<std::string_view>({"'DOMContentLoaded", "'load", "'pageshow", "'ready", "'open"});
constexpr auto load_members = std::to_array<std::string_view>({"onload", "onopen", "onpageshow"});
// What calls the function it is given, without anybody clicking.
constexpr auto callers =
    std::to_array<std::string_view>({"ready", "setTimeout", "setInterval", "requestAnimationFrame",
                                     "queueMicrotask", "forEach", "map", "then", "$", "jQuery"});
constexpr auto listeners = std::to_array<std::string_view>({"addEventListener", "on", "one"});
constexpr auto controls =
    std::to_array<std::string_view>({"if", "for", "while", "switch", "catch", "with"});

// A function of the script, or all of it.
struct Body {
  std::size_t first = 0;  // its tokens
  std::size_t end = 0;
  std::size_t parent = 0;
  std::string name;          // "": nobody can call it by a name
  bool runs_inline = false;  // when what it stands in runs
};

class Script {
 public:
  explicit Script(std::vector<ScriptToken> tokens) : tokens_(std::move(tokens)) {
    match_brackets();
    bodies_.push_back({0, tokens_.size(), 0, {}, true});
    for (std::size_t at = 0; at < tokens_.size(); ++at) find_body(at);
    for (std::size_t i = 1; i < bodies_.size(); ++i) bodies_[i].parent = innermost(bodies_[i], i);
    for (std::size_t at = 0; at < tokens_.size(); ++at) {
      body_of_.push_back(innermost({at, at, 0, {}, false}, nowhere));
    }
  }

  std::vector<std::size_t> sends() {
    std::vector<bool> runs(bodies_.size());
    runs[0] = true;
    for (bool more = true; more;) more = spread(runs);
    std::set<std::size_t> lines;
    for (std::size_t at = 0; at < tokens_.size(); ++at) {
      const bool is_send =
          tokens_[at].is("liveSend") && is_at(at + 1, "(") && !is_at(at - 1, "function");
      if (is_send && runs[body_of_[at]]) lines.insert(tokens_[at].line);
    }
    return {lines.begin(), lines.end()};
  }

 private:
  bool is_at(std::size_t at, std::string_view text) const {
    return at < tokens_.size() && tokens_[at].is(text);
  }
  bool is_word_at(std::size_t at) const { return at < tokens_.size() && tokens_[at].is_word(); }

  void match_brackets() {
    match_.assign(tokens_.size(), nowhere);
    around_.assign(tokens_.size(), nowhere);
    std::vector<std::size_t> open;
    for (std::size_t at = 0; at < tokens_.size(); ++at) {
      const ScriptToken& token = tokens_[at];
      if ((token.is(")") || token.is("]") || token.is("}")) && !open.empty()) {
        match_[at] = open.back();
        match_[open.back()] = at;
        open.pop_back();
      }
      around_[at] = open.empty() ? nowhere : open.back();
      if (token.is("(") || token.is("[") || token.is("{")) open.push_back(at);
    }
  }

  // Does a function's body begin here? `start` is where the function is named or its (…) begins.
  void find_body(std::size_t at) {
    if (tokens_[at].is("{") && match_[at] != nowhere) {
      if (is_at(at - 1, "=>")) return add(arrow_start(at - 1), at + 1, match_[at], {});
      if (!is_at(at - 1, ")") || match_[at - 1] == nowhere) return;
      std::size_t start = match_[at - 1];
      std::string name;
      if (is_word_at(start - 1) && !tokens_[start - 1].is("function")) {
        name = tokens_[--start].text;
      }
      if (is_word_at(start) && is_one_of(tokens_[start], controls)) return;
      if (is_at(start - 1, "function")) --start;
      add(start, at + 1, match_[at], name);
    } else if (tokens_[at].is("=>") && !is_at(at + 1, "{")) {
      add(arrow_start(at), at + 1, end_of_expression(at + 1), {});
    }
  }
  std::size_t arrow_start(std::size_t arrow) const {
    const bool in_brackets = is_at(arrow - 1, ")") && match_[arrow - 1] != nowhere;
    const std::size_t start = in_brackets ? match_[arrow - 1] : arrow - 1;
    return is_at(start - 1, "async") ? start - 1 : start;
  }
  std::size_t end_of_expression(std::size_t at) const {
    for (const std::size_t inside = around_[at]; at < tokens_.size(); ++at) {
      const ScriptToken& token = tokens_[at];
      if (around_[at] == inside && (token.is(",") || token.is(";"))) return at;
      if (inside != nowhere && match_[inside] == at) return at;
    }
    return at;
  }

  void add(std::size_t start, std::size_t first, std::size_t end, std::string name) {
    Body body{first, end, 0, std::move(name), false};
    const std::size_t before = start - 1;
    if (is_at(before, "=") && is_word_at(before - 1)) {
      const ScriptToken& target = tokens_[before - 1];
      body.runs_inline = is_one_of(target, load_members);
      if (!is_at(before - 2, ".")) body.name = target.text;
    } else if (is_at(before, "(") || is_at(before, ",")) {
      const std::size_t open = is_at(before, "(") ? before : around_[before];
      body.runs_inline = is_called_by(open) || is_called_at_once(open);
    }
    bodies_.push_back(std::move(body));
  }
  // Does what stands before this ( call what it is given?
  bool is_called_by(std::size_t open) const {
    if (open == nowhere || !is_word_at(open - 1)) return false;
    if (is_one_of(tokens_[open - 1], listeners)) return is_one_of(tokens_[open + 1], load_events);
    return is_one_of(tokens_[open - 1], callers);
  }
  // (() => {…})()
  bool is_called_at_once(std::size_t open) const {
    if (open == nowhere || match_[open] == nowhere || is_word_at(open - 1)) return false;
    return is_at(match_[open] + 1, "(");
  }

  std::size_t innermost(const Body& body, std::size_t itself) const {
    std::size_t found = 0;
    for (std::size_t i = 1; i < bodies_.size(); ++i) {
      const Body& other = bodies_[i];
      const bool is_around = i != itself && other.first <= body.first && body.end <= other.end;
      if (is_around && other.first >= bodies_[found].first) found = i;
    }
    return found;
  }

  // What runs because of what runs already. False: nothing more.
  bool spread(std::vector<bool>& runs) const {
    std::set<std::string> called;
    for (std::size_t at = 0; at < tokens_.size(); ++at) {
      if (tokens_[at].is_word() && runs[body_of_[at]] && is_called(at)) {
        called.insert(tokens_[at].text);
      }
    }
    bool more = false;
    for (std::size_t i = 1; i < bodies_.size(); ++i) {
      const Body& body = bodies_[i];
      const bool by_name = !body.name.empty() && called.contains(body.name);
      if (runs[i] || !(by_name || (body.runs_inline && runs[body.parent]))) continue;
      runs[i] = more = true;
    }
    return more;
  }
  // `f(`; `addEventListener('load', f)`; `onload = f`.
  bool is_called(std::size_t at) const {
    if (is_at(at - 1, "function")) return false;
    if (is_at(at + 1, "(")) return match_[at + 1] == nowhere || !is_at(match_[at + 1] + 1, "{");
    if (is_at(at - 1, "=")) return is_word_at(at - 2) && is_one_of(tokens_[at - 2], load_members);
    return (is_at(at - 1, "(") || is_at(at - 1, ",")) && is_called_by(around_[at]);
  }

  std::vector<ScriptToken> tokens_;
  std::vector<std::size_t> match_;   // the other bracket
  std::vector<std::size_t> around_;  // the bracket it stands in
  std::vector<Body> bodies_;         // [0] is all of it
  std::vector<std::size_t> body_of_;
};

}  // namespace

std::vector<std::size_t> sends_on_load(std::string_view html) {
  return Script(script_tokens(html)).sends();
}

}  // namespace rialto::command
