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

// Those from which one gets to others.
bool is_model_here(std::string_view whose) {
  constexpr std::array<std::string_view, 6> models{"player",    "group",    "subsession",
                                                   each_player, each_group, their_group};
  return std::ranges::find(models, whose) != models.end();
}

// Whose attributes follow (a key of KnownNames::attributes) behind a word of somebody; "": not
// known. What is called gives the same kind: get_player_by_id.
std::string behind(const std::string& whose, std::string_view word) {
  constexpr std::array<std::string_view, 4> same{"group", "subsession", "participant", "session"};
  if (!is_model_here(whose)) return "";
  const bool in_list = whose == each_player || whose == each_group;
  if (word == "group") return in_list ? their_group : "group";
  if (std::ranges::find(same, word) != same.end()) return std::string(word);
  const bool of_group = whose == "group" || whose == each_group;
  if (word == "in_round") return of_group ? each_group : each_player;
  return word.starts_with("get_player_by_") ? each_player : "";
}

// The same for an item of the list that a word of somebody is.
std::string item_behind(const std::string& whose, std::string_view word) {
  if (!is_model_here(whose)) return "";
  if (word == "get_groups") return each_group;
  const bool rounds =
      word == "in_rounds" || word == "in_all_rounds" || word == "in_previous_rounds";
  if (rounds && (whose == "group" || whose == each_group)) return each_group;
  const bool players = word == "get_players" || word.starts_with("get_others_in_");
  return rounds || players ? each_player : "";
}

// Goes through a template, its layouts and what it includes.
class Walk : public NodeVisitor {
 public:
  void go(const Template& page) {
    for (const Template* each = &page; each; each = each->layout()) go(each->body());
  }

  void body(const Body& body, const NodeVisitor::Names& names) override {
    for (const std::string& name : names) local_.push_back({name, ""});
    go(body);
    local_.resize(local_.size() - names.size());
  }
  void body_of(const Expression& value, Bound bound, const Body& body,
               const NodeVisitor::Names& names) override {
    const std::string whose = names.size() <= 2 ? whose_is(value, bound) : "";  // forloop is one
    for (const std::string& name : names) local_.push_back({name, ""});
    local_[local_.size() - names.size()].whose = whose;
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
  struct Local {
    std::string name;
    std::string whose;  // attributes it has; "": not known
  };
  // The innermost of that name; null if there is none.
  const Local* find_local(std::string_view name) const {
    const auto found = std::find_if(local_.rbegin(), local_.rend(),
                                    [&](const Local& each) { return each.name == name; });
    return found == local_.rend() ? nullptr : &*found;
  }
  const Node& at() const { return *at_; }

 private:
  void go(const Body& body) {
    for (const auto& node : body.nodes()) {
      at_ = node.get();
      node->show(*this);
    }
  }

  std::string whose_is(const Expression& value, Bound bound) const {
    const auto& path = value.path;
    if (path.size() < 2 || !value.filters.empty()) return "";
    const Local* const local = find_local(path[0]);
    std::string whose = local != nullptr ? local->whose : path[0];
    for (std::size_t i = 1; i < path.size(); ++i) {
      const bool item = bound == Bound::to_each && i + 1 == path.size();
      whose = item ? item_behind(whose, path[i]) : behind(whose, path[i]);
    }
    return whose;
  }

  std::vector<Local> local_;
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
    if (path.empty()) return;
    const Local* const local = find_local(path[0]);
    if (local == nullptr) {
      if (expression.call && path.size() == 1) return check_function(path[0]);
      if (path[0] == "super" || path[0] == "forloop") return;
      check_name(path[0]);
    }
    std::string whose = local != nullptr ? local->whose : path[0];
    for (std::size_t i = 1; i < path.size() && !whose.empty(); ++i) {
      if (!check_attribute(whose, path[i - 1], path[i], expression)) return;
      whose = behind(whose, path[i]);
    }
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
      tell("there is no static file \"" + *name + "\": it would be " + places(*name));
    }
  }

  // Where a file of this name may lie.
  static std::string places(const std::string& name) {
    const std::string shared = "_static/" + name + " beside the games' folders";
    const std::size_t slash = name.find('/');
    if (slash == name.npos) return shared;
    return name.substr(0, slash) + "/static" + name.substr(slash) + ", or " + shared;
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

  bool told(std::string message) {
    tell(std::move(message));
    return false;
  }

  // `name`: as it stands in the template, of what has the attributes of `whose`. True: it is there.
  bool check_attribute(const std::string& whose, const std::string& name,
                       const std::string& attribute, const Expression& expression) {
    if (whose == "form" && known_.form_fields) {
      if (attribute == "errors" || known_.form_fields->contains(attribute)) return true;
      return told("the form has no field \"" + attribute + "\"" +
                  suggestion(attribute, *known_.form_fields));
    }
    const auto set = known_.attributes.find(whose);
    if (set == known_.attributes.end()) return true;
    std::string wanted = attribute;
    if ((wanted == "field_maybe_none" || wanted == "field_display") &&
        expression.arguments.size() == 1 && expression.arguments[0].is_string()) {
      wanted = expression.arguments[0].as<std::string>();
    }
    if (set->second.contains(wanted)) return true;
    const auto why = known_.out_of_reach.find(whose + "." + wanted);
    if (why != known_.out_of_reach.end()) {
      return told("\"" + why->first + "\" is not there: " + why->second);
    }
    return told("\"" + name + "\" has no \"" + wanted + "\"" + suggestion(wanted, set->second));
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
