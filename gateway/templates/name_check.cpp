#include "gateway/templates/name_check.h"

#include <algorithm>
#include <array>

#include "gateway/templates/file_nodes.h"

namespace rialto::templates {
namespace {

using NameSet = KnownNames::Names;

constexpr std::array<std::string_view, 10> always{"player",  "group", "subsession", "participant",
                                                  "session", "C",     "Constants",  "form",
                                                  "js_vars", "rialto"};

// Goes through a template, its layouts and what it includes.
class Walk : public NodeVisitor {
 public:
  void go(const Template& page) {
    for (const Template* each = &page; each; each = each->layout()) go(each->body());
  }

  void body(const Body& body, const NodeVisitor::Names& names) override {
    local_.insert(local_.end(), names.begin(), names.end());
    go(body);
    local_.resize(local_.size() - names.size());
  }
  void block(const BlockNode& block) override { go(block.body); }
  void included(const Template* included, const NodeVisitor::Names& names) override {
    if (included)
      body(included->body(), names);
    else
      any_ = true;
  }

  bool any() const { return any_; }

 protected:
  bool is_local(std::string_view name) const {
    return std::ranges::find(local_, name) != local_.end();
  }
  const Node& at() const { return *at_; }

 private:
  void go(const Body& body) {
    for (const auto& node : body.nodes()) {
      at_ = node.get();
      node->show(*this);
    }
  }

  std::vector<std::string> local_;
  const Node* at_ = nullptr;
  bool any_ = false;
};

// Where two names differ in so few letters, one was meant for the other.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = std::exchange(row[0], i + 1);
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t changed = diagonal + (a[i] == b[j] ? 0 : 1);
      diagonal = std::exchange(row[j + 1], std::min({row[j] + 1, row[j + 1] + 1, changed}));
    }
  }
  return row[b.size()];
}

template <class Range>
std::string suggestion(std::string_view wrong, const Range& names) {
  std::string best;
  std::size_t least = wrong.size() > 4 ? 3 : 2;
  for (const auto& name : names) {
    const std::size_t far = distance(wrong, name);
    if (far >= least) continue;
    least = far;
    best = name;
  }
  return best.empty() ? best : "; did you mean \"" + best + "\"?";
}

class Check : public Walk {
 public:
  explicit Check(const KnownNames& known) : known_(known) {}

  void expression(const Expression& expression) override {
    const auto& path = expression.path;
    if (path.empty() || is_local(path[0])) return;
    if (expression.call && path.size() == 1) return check_function(path[0]);
    if (path[0] == "super" || path[0] == "forloop") return;
    check_name(path[0]);
    if (path.size() > 1) check_attribute(path[0], path[1], expression);
  }

  void form_field(const Expression& field) override {
    const auto name = field.literal_text();
    if (!name) return expression(field);
    if (known_.form_fields && !known_.form_fields->contains(*name)) {
      tell("the form has no field \"" + *name + "\"" + suggestion(*name, *known_.form_fields));
    }
  }

  void static_file(const Expression& path) override {
    const auto name = path.literal_text();
    if (name && known_.has_static_file && !known_.has_static_file(*name)) {
      tell("there is no static file \"" + *name + "\"");
    }
  }

  void chat_channel(const Expression&) override {
    if (known_.named_channels) return;
    tell(
        "a chat's channel reaches all groups of the app, and here each group is played for itself: "
        "without a channel, {{ chat }} is the group's own");
  }

  std::vector<Problem> problems;

 private:
  void tell(std::string message) { problems.push_back(at().problem(std::move(message))); }

  void check_function(const std::string& name) {
    constexpr std::array<std::string_view, 3> functions{"range", "is_defined", "super"};
    if (std::ranges::find(functions, name) != functions.end() || known_.open) return;
    tell("unknown function \"" + name + "\"" + suggestion(name, functions));
  }

  void check_name(const std::string& name) {
    if (known_.open || known_.names.contains(name)) return;
    if (std::ranges::find(always, name) != always.end()) return;
    std::vector<std::string> all(always.begin(), always.end() - 1);
    all.insert(all.end(), known_.names.begin(), known_.names.end());
    tell("unknown name \"" + name + "\"" + suggestion(name, all));
  }

  void check_attribute(const std::string& name, const std::string& attribute,
                       const Expression& expression) {
    if (name == "form" && known_.form_fields) {
      if (attribute == "errors" || known_.form_fields->contains(attribute)) return;
      return tell("the form has no field \"" + attribute + "\"" +
                  suggestion(attribute, *known_.form_fields));
    }
    const auto set = known_.attributes.find(name);
    if (set == known_.attributes.end()) return;
    std::string wanted = attribute;
    if ((wanted == "field_maybe_none" || wanted == "field_display") &&
        expression.arguments.size() == 1 && expression.arguments[0].is_string()) {
      wanted = expression.arguments[0].as<std::string>();
    }
    if (set->second.contains(wanted)) return;
    tell("\"" + name + "\" has no \"" + wanted + "\"" + suggestion(wanted, set->second));
  }

  const KnownNames& known_;
};

class Attributes : public Walk {
 public:
  void expression(const Expression& expression) override {
    add(expression.path);
    // Names in quotes: is_defined('player.x'), player.field_maybe_none('x') and field_display.
    if (expression.path.empty() || !expression.call) return;
    const std::string& function = expression.path.back();
    for (const Value& argument : expression.arguments) {
      if (!argument.is_string()) continue;
      if (function == "is_defined") add(split_path(argument.text()));
      if (function == "field_maybe_none" || function == "field_display") {
        names.emplace(argument.text());
      }
    }
  }

  NameSet names;

 private:
  void add(const std::vector<std::string>& path) {
    for (std::size_t i = 1; i < path.size(); ++i) names.insert(path[i]);
  }
};

}  // namespace

std::vector<Problem> check_names(const Template& page, const KnownNames& known) {
  Check check(known);
  check.go(page);
  return std::move(check.problems);
}

KnownNames::Names attributes_of(const Template& page, bool& any) {
  Attributes walk;
  walk.go(page);
  any = walk.any();
  return std::move(walk.names);
}

}  // namespace rialto::templates
