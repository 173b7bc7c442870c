// What templates leave to the page they stand in: the HTML of form fields and buttons, of the chat,
// and where static files are. Made for one page of one participant, used while it is rendered.
// Guarantee wanted of implementations: what they return is ready HTML; they throw Failure, with a
// sentence for the author, where a field or file is not there.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace rialto::templates {

class TagRenderer {
 public:
  virtual ~TagRenderer() = default;

  // {{ formfield 'x' }}: label, input, help and errors. `label_html` stands for the field's own
  // label; null: its own.
  virtual std::string formfield(std::string_view name, const std::string* label_html) = 0;
  // {{ formfields }}: all of them.
  virtual std::string formfields() = 0;
  // {{ formfield_errors 'x' }}; empty if there are none.
  virtual std::string formfield_errors(std::string_view name) = 0;
  // {{ form.x }}: the input alone.
  virtual std::string field_input(std::string_view name) = 0;
  // {{ form.x.label }}: the <label> of the input.
  virtual std::string field_label(std::string_view name) = 0;
  // {{ for choice in form.x }}: {{ choice }} and {{ choice.label }}; numbered from 0.
  virtual std::string choice_input(std::string_view name, std::size_t number) = 0;
  virtual std::string choice_label(std::string_view name, std::size_t number) = 0;

  // {{ next_button }}, {{ next_button 'Go on' }}; empty: the usual text.
  virtual std::string next_button(std::string_view text_html) = 0;
  virtual std::string back_button(std::string_view text_html) = 0;
  // {{ chat channel=… nickname=… }}; empty where the tag does not say. Texts, not HTML.
  virtual std::string chat(std::string_view channel, std::string_view nickname) = 0;
  // {{ static 'auction/pic.png' }}
  virtual std::string static_url(std::string_view path) = 0;
  // {{ trans 'text' }}, 'text'|gettext.
  virtual std::string translated(std::string_view text) { return std::string(text); }
};

}  // namespace rialto::templates
