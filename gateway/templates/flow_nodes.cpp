#include "gateway/templates/flow_nodes.h"

#include "gateway/templates/python_text.h"
#include "gateway/templates/rendering.h"
#include "gateway/templates/scope.h"
#include "gateway/templates/split.h"
#include "gateway/templates/tag_renderer.h"

namespace rialto::templates {

using Kind = Operand::Kind;

void Body::render(Rendering& rendering, const Scope& scope) const {
  const Node* at = nullptr;
  try {
    for (const auto& node : nodes_) {
      at = node.get();
      at->render(rendering, scope);
    }
  } catch (const RenderError&) {
    throw;  // it knows a place that is nearer
  } catch (const std::exception& error) {
    throw RenderError(at->problem(error.what()));
  }
}

void TextNode::render(Rendering& rendering, const Scope&) const { *rendering.out += text_; }

// -- {{ expression }} ---------------------------------------------------------------------------

PrintNode::PrintNode(const Source& source, std::uint32_t line, std::string_view text)
    : Node(source, line) {
  const auto asked = split(text, symbol("??"));
  const auto answers = split(asked.size() == 2 ? asked[1] : std::string_view(), symbol("::"));
  if (asked.size() == 2 && answers.size() == 2) {
    ternary_ = true;
    for (const std::string_view part : {asked[0], answers[0], answers[1]}) {
      expressions_.push_back(Expression::parse(part));
    }
    return;
  }
  for (const std::string_view spelled : split(text, spaced_word("or"))) {
    for (const std::string_view part : split(spelled, symbol("||"))) {
      expressions_.push_back(Expression::parse(part));
    }
  }
}

void PrintNode::render(Rendering& rendering, const Scope& scope) const {
  if (ternary_) {
    const bool truth = is_true(expressions_[0].evaluate(rendering, scope));
    return rendering.print(expressions_[truth ? 1 : 2].evaluate(rendering, scope));
  }
  for (const Expression& expression : expressions_) {
    const Operand operand = expression.evaluate(rendering, scope);
    if (&expression == &expressions_.back() || is_true(operand)) return rendering.print(operand);
  }
}

void PrintNode::show(NodeVisitor& visitor) const {
  for (const Expression& expression : expressions_) visitor.expression(expression);
}

// -- if -----------------------------------------------------------------------------------------

void IfNode::render(Rendering& rendering, const Scope& scope) const {
  for (const Branch& branch : branches) {
    if (branch.test.holds(rendering, scope)) return branch.body.render(rendering, scope);
  }
  otherwise.render(rendering, scope);
}

void IfNode::show(NodeVisitor& visitor) const {
  for (const Branch& branch : branches) {
    for (const auto& group : branch.test.either) {
      for (const Condition& condition : group) {
        visitor.expression(condition.left);
        if (condition.comparison) visitor.expression(condition.right);
      }
    }
    visitor.body(branch.body, {});
  }
  visitor.body(otherwise, {});
}

// -- for ----------------------------------------------------------------------------------------

ForNode::ForNode(const Source& source, std::uint32_t line, std::string_view text)
    : Node(source, line) {
  // The names end at the first " in ", whatever stands in the list's expression.
  std::size_t in = 0;
  std::size_t length = 0;
  while (in < text.size() && (length = spaced_word("in")(text, in)) == 0) ++in;
  if (length == 0) throw Failure("a loop is written {{ for name in list }}");
  for (const std::string_view name : split(text.substr(0, in), symbol(","))) {
    if (!is_name(trimmed(name))) {
      throw Failure("\"" + std::string(name) + "\" cannot be the name of a loop's variable");
    }
    names_.emplace_back(trimmed(name));
  }
  list_ = Expression::parse(text.substr(in + length));
}

// The scope of the loop's variables; set anew for each item, without copying any.
class ForNode::Round {
 public:
  Round(const ForNode& loop, Rendering& rendering, const Scope& outer)
      : loop_(loop), rendering_(rendering), variables_(loop.names_.size()), outer_(outer) {
    counters_.set("counter0", 0).set("counter", 0);
    forloop_ = Operand(&counters_);
    for (std::size_t i = 0; i < variables_.size(); ++i) {
      names_.push_back({loop.names_[i], &variables_[i]});
    }
    names_.push_back({"forloop", &forloop_});
  }

  void go(Operand item) {
    const std::size_t count = loop_.names_.size();
    std::size_t known = 1;
    if (count == 1)
      variables_[0] = std::move(item);
    else
      known = unpack(item.value());
    run(known);
  }

  void go(const Value& key, const Value& value) {
    variables_[0] = Operand(&key);
    if (variables_.size() > 1) variables_[1] = Operand(&value);
    run(std::min<std::size_t>(variables_.size(), 2));
  }

 private:
  // How many variables the item has filled; more of it is left out, as in oTree.
  std::size_t unpack(const Value& item) {
    std::size_t known = 0;
    const auto fill = [&](auto&& part) {
      if (known < variables_.size()) variables_[known++] = Operand(part);
    };
    if (item.is_list()) {
      for (const Value& part : item) fill(&part);
    } else if (item.is_string()) {
      for (const std::string_view letter : characters(item.text())) fill(Value(letter));
    } else if (item.is_object()) {
      for (const auto& [key, value] : item.members()) fill(Value(key));
    } else {
      throw Failure("an item of the list is " + item.dump() + " and has no parts for " +
                    std::to_string(variables_.size()) + " variables");
    }
    return known;
  }

  void run(std::size_t known) {
    counters_.set("counter0", number_).set("counter", number_ + 1);
    ++number_;
    // Variables without a value are none; forloop stands last.
    std::swap(names_[known], names_.back());
    loop_.each.render(rendering_, Scope({names_.data(), known + 1}, outer_));
    std::swap(names_[known], names_.back());
  }

  const ForNode& loop_;
  Rendering& rendering_;
  std::vector<Operand> variables_;
  std::vector<Scope::Name> names_;
  Value counters_;
  Operand forloop_;
  const Scope& outer_;
  std::int64_t number_ = 0;
};

void ForNode::render(Rendering& rendering, const Scope& scope) const {
  const Operand list = list_.evaluate(rendering, scope);
  const Value& value = list.value();
  Round round(*this, rendering, scope);
  if (list.kind == Kind::form || list.kind == Kind::field) {
    const Value* parts = value.find(list.kind == Kind::form ? "fields" : "choices");
    std::size_t number = 0;
    if (!parts || !parts->is_list()) throw Failure("\"" + list_.text + "\" has no choices");
    for (const Value& part : *parts) {
      round.go(list.kind == Kind::form ? Operand(&part, Kind::field)
                                       : Operand::part(&part, Kind::choice, &value, number++));
    }
    return;
  }
  if (!is_true(list)) return empty.render(rendering, scope);
  if (value.is_list()) {
    const Kind kind = list.kind == Kind::models ? Kind::model : Kind::plain;
    for (const Value& item : value) round.go(Operand(&item, kind));
  } else if (value.is_object()) {
    for (const auto& [key, member] : value.members()) {
      const Value name(key);
      if (list.kind != Kind::items) {
        round.go(Operand(&name));
      } else if (names_.size() > 1) {
        round.go(name, member);
      } else {
        round.go(Operand(rialto::list(name, member)));
      }
    }
  } else if (value.is_string()) {
    for (const std::string_view letter : characters(value.text())) round.go(Operand(Value(letter)));
  } else {
    throw Failure("\"" + list_.text + "\" is " + value.dump() + " and no list");
  }
}

void ForNode::show(NodeVisitor& visitor) const {
  visitor.expression(list_);
  NodeVisitor::Names names = names_;
  names.emplace_back("forloop");
  visitor.body_of(list_, NodeVisitor::Bound::to_each, each, names);
  visitor.body(empty, {});
}

// -- with, trans --------------------------------------------------------------------------------

WithNode::WithNode(const Source& source, std::uint32_t line, std::string_view text)
    : Node(source, line) {
  const std::size_t equals = text.find('=');
  name_ = trimmed(text.substr(0, equals));
  if (equals == text.npos || !is_name(name_)) throw Failure("written {{ with name=expression }}");
  expression_ = Expression::parse(text.substr(equals + 1));
}

void WithNode::render(Rendering& rendering, const Scope& scope) const {
  const Operand value = expression_.evaluate(rendering, scope);
  const Scope::Name name{name_, &value};
  body.render(rendering, Scope({&name, 1}, scope));
}

void WithNode::show(NodeVisitor& visitor) const {
  visitor.expression(expression_);
  visitor.body_of(expression_, NodeVisitor::Bound::to_all, body, {name_});
}

TransNode::TransNode(const Source& source, std::uint32_t line, std::string_view text)
    : Node(source, line), expression_(Expression::parse(text)) {}

void TransNode::render(Rendering& rendering, const Scope& scope) const {
  Operand operand = expression_.evaluate(rendering, scope);
  if (!operand.value().is_string()) throw Failure("trans takes a text");
  rendering.print(
      Operand(Value(rendering.tags.translated(operand.value().text())), operand.escaping));
}

void TransNode::show(NodeVisitor& visitor) const { visitor.expression(expression_); }

}  // namespace rialto::templates
