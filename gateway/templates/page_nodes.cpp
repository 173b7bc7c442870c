#include "gateway/templates/page_nodes.h"

#include <algorithm>

#include "gateway/templates/python_text.h"
#include "gateway/templates/rendering.h"
#include "gateway/templates/scope.h"
#include "gateway/templates/split.h"
#include "gateway/templates/tag_renderer.h"

namespace rialto::templates {
namespace {

// What {{ }} would print.
std::string html_of(const Expression& expression, Rendering& rendering, const Scope& scope) {
  std::string html;
  std::string* const out = std::exchange(rendering.out, &html);
  rendering.print(expression.evaluate(rendering, scope));
  rendering.out = out;
  return html;
}

// Texts and numbers as they are, not escaped.
std::string text_of(const std::optional<Expression>& expression, Rendering& rendering,
                    const Scope& scope) {
  return expression ? printed(expression->evaluate(rendering, scope).value()) : std::string();
}

// Old oTree pages say player.x for 'x'.
Expression parse_field(std::string_view text) {
  for (const std::string_view model : {"player.", "group."}) {
    if (text.starts_with(model) && is_name(text.substr(model.size()))) {
      return Expression::parse("'" + std::string(text.substr(model.size())) + "'");
    }
  }
  return Expression::parse(text);
}

}  // namespace

FormFieldNode::FormFieldNode(const Source& source, std::uint32_t line, Part part,
                             std::string_view text)
    : Node(source, line), part_(part) {
  const auto words = split_words(text);
  const std::string tag = part == Part::whole ? "formfield" : "formfield_errors";
  if (words.empty()) throw Failure(tag + " needs the name of a field: {{ " + tag + " 'x' }}");
  field_ = part == Part::whole ? parse_field(words[0]) : Expression::parse(words[0]);
  if (words.size() == 1) return;
  constexpr std::string_view label = "label=";
  if (part == Part::errors) throw Failure("formfield_errors takes one name");
  if (words.size() > 2 || !words[1].starts_with(label) || words[1] == label) {
    throw Failure(
        "written {{ formfield 'x' label='…' }}: without \"with\", without spaces around =");
  }
  label_ = Expression::parse(words[1].substr(label.size()));
}

void FormFieldNode::render(Rendering& rendering, const Scope& scope) const {
  const Operand operand = field_.evaluate(rendering, scope);
  const bool field = operand.kind == Operand::Kind::field && part_ == Part::whole;
  const Value& named = field ? operand.value()["name"] : operand.value();
  if (!named.is_string()) throw Failure("a field is named by a text: {{ formfield 'x' }}");
  const std::string_view name = named.text();
  Operand form;
  if (!field && (!scope.find("form", form) || !field_of(form.value(), name))) {
    throw Failure("the form has no field \"" + std::string(name) + "\"");
  }
  if (part_ == Part::errors) {
    *rendering.out += rendering.tags.formfield_errors(name);
    return;
  }
  const std::string label = label_ ? html_of(*label_, rendering, scope) : std::string();
  *rendering.out += rendering.tags.formfield(name, label_ ? &label : nullptr);
}

void FormFieldNode::show(NodeVisitor& visitor) const {
  visitor.form_field(field_);
  if (label_) visitor.expression(*label_);
}

void FormFieldsNode::render(Rendering& rendering, const Scope&) const {
  *rendering.out += rendering.tags.formfields();
}

ButtonNode::ButtonNode(const Source& source, std::uint32_t line, Direction direction,
                       std::string_view text)
    : Node(source, line), direction_(direction) {
  if (!text.empty()) text_ = Expression::parse(text);
}

void ButtonNode::render(Rendering& rendering, const Scope& scope) const {
  const std::string text = text_ ? html_of(*text_, rendering, scope) : std::string();
  *rendering.out += direction_ == Direction::next ? rendering.tags.next_button(text)
                                                  : rendering.tags.back_button(text);
}

void ButtonNode::show(NodeVisitor& visitor) const {
  if (text_) visitor.expression(*text_);
}

ChatNode::ChatNode(const Source& source, std::uint32_t line, std::string_view text)
    : Node(source, line) {
  for (const std::string_view word : split_words(text)) {
    const std::size_t equals = word.find('=');
    const std::string_view name = word.substr(0, equals);
    if (equals == word.npos || (name != "channel" && name != "nickname")) {
      throw Failure("written {{ chat channel=… nickname=… }}, without spaces around =");
    }
    (name == "channel" ? channel_ : nickname_) = Expression::parse(word.substr(equals + 1));
  }
}

void ChatNode::render(Rendering& rendering, const Scope& scope) const {
  const std::string channel = text_of(channel_, rendering, scope);
  const bool plain = std::ranges::all_of(channel, [](char c) {
    return c == '-' || (is_word(c) && (static_cast<unsigned char>(c) & 0x80U) == 0);
  });
  if (!plain || (channel_ && channel.empty())) {
    throw Failure("a chat's channel is made of letters, digits, - and _, not \"" + channel + "\"");
  }
  *rendering.out += rendering.tags.chat(channel, text_of(nickname_, rendering, scope));
}

void ChatNode::show(NodeVisitor& visitor) const {
  if (channel_) visitor.expression(*channel_);
  if (channel_) visitor.chat_channel(*channel_);
  if (nickname_) visitor.expression(*nickname_);
}

StaticNode::StaticNode(const Source& source, std::uint32_t line, std::string_view text)
    : Node(source, line) {
  if (split_words(text).size() != 1) {
    throw Failure("static takes the path of one file: {{ static 'auction/picture.png' }}");
  }
  if (text.find('\\') != text.npos) throw Failure("folders are parted by /, not by \\");
  path_ = Expression::parse(text);
}

void StaticNode::render(Rendering& rendering, const Scope& scope) const {
  const Operand path = path_.evaluate(rendering, scope);
  if (!path.value().is_string()) throw Failure("the path of a static file is a text");
  *rendering.out += rendering.tags.static_url(path.value().text());
}

void StaticNode::show(NodeVisitor& visitor) const {
  visitor.expression(path_);
  visitor.static_file(path_);
}

}  // namespace rialto::templates
