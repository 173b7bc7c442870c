#include "apps/load/page_form.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "apps/load/html_tags.h"

namespace rialto::load {
namespace {

std::optional<double> number_in(const HtmlTag& tag, std::string_view attribute) {
  if (!tag.has(attribute)) return std::nullopt;
  const std::string text = tag.text(attribute);
  char* end = nullptr;
  const double number = std::strtod(text.c_str(), &end);
  if (end == text.c_str()) return std::nullopt;
  return number;
}

bool is_one_of(std::string_view text, std::initializer_list<std::string_view> all) {
  return std::ranges::find(all, text) != all.end();
}

class FormReading {
 public:
  explicit FormReading(std::string_view html) : tags_(html) {}

  std::optional<PageForm> read() {
    while (const auto tag = tags_.next()) take(*tag);
    if (!found_) return std::nullopt;
    return std::move(form_);
  }

 private:
  void take(const HtmlTag& tag) {
    if (tag.name == "form") {
      inside_ = tag.text("id") == "form";
      found_ = found_ || inside_;
    } else if (tag.name == "/form") {
      inside_ = false;
    } else if (tag.name == "/select") {
      select_.reset();
    }
    if (!belongs(tag) || tag.has("disabled")) return;
    if (tag.name == "input") take_input(tag);
    if (tag.name == "button" && (!tag.has("type") || tag.text("type") == "submit")) {
      form_.has_button = true;
    }
    if (tag.name == "textarea") {
      if (PageInput* const input = add(tag, PageInput::Kind::text))
        input->value = tags_.text_here();
    }
    if (tag.name == "select") {
      select_.reset();
      if (add(tag, PageInput::Kind::choice)) select_ = form_.inputs.size() - 1;
    }
    if (tag.name == "option" && select_) {
      const std::string value = tag.has("value") ? tag.text("value") : tags_.text_here();
      add_choice(form_.inputs[*select_], value, tag.has("selected"));
    }
  }

  // An input's own `form` says where it belongs, wherever it stands.
  bool belongs(const HtmlTag& tag) const {
    return tag.has("form") ? tag.text("form") == "form" : inside_;
  }

  void take_input(const HtmlTag& tag) {
    using Kind = PageInput::Kind;
    const std::string type = tag.text("type");
    if (is_one_of(type, {"submit", "image"})) {
      form_.has_button = true;
    } else if (type == "radio") {
      take_radio(tag);
    } else if (type == "checkbox") {
      PageInput* const input = add(tag, Kind::checkbox);
      if (input && input->value.empty()) input->value = "on";
    } else if (!is_one_of(type, {"button", "reset", "file"})) {
      const bool number = is_one_of(type, {"number", "range"}) || tag.has("min") || tag.has("max");
      add(tag, type == "hidden" ? Kind::hidden : number ? Kind::number : Kind::text);
    }
  }

  void take_radio(const HtmlTag& tag) {
    const std::string name = tag.text("name");
    const auto same = std::ranges::find(form_.inputs, name, &PageInput::name);
    const bool known = same != form_.inputs.end();
    PageInput* const input = known ? &*same : add(tag, PageInput::Kind::choice);
    if (!input) return;
    if (!known) input->value.clear();
    add_choice(*input, tag.text("value"), tag.has("checked"));
  }

  static void add_choice(PageInput& input, std::string value, bool chosen) {
    if (chosen) input.value = value;
    if (!value.empty()) input.choices.push_back(std::move(value));
  }

  PageInput* add(const HtmlTag& tag, PageInput::Kind kind) {
    PageInput input;
    input.name = tag.text("name");
    if (input.name.empty()) return nullptr;
    input.kind = kind;
    input.value = tag.text("value");
    input.min = number_in(tag, "min");
    input.max = number_in(tag, "max");
    input.max_length = static_cast<std::size_t>(number_in(tag, "maxlength").value_or(0));
    input.required = tag.has("required");
    return &form_.inputs.emplace_back(std::move(input));
  }

  HtmlTags tags_;
  PageForm form_;
  std::optional<std::size_t> select_;  // the one whose options are being read
  bool inside_ = false;
  bool found_ = false;
};

std::string chance_number(const PageInput& input, std::uint64_t bits) {
  constexpr double usual_range = 100;
  const double lowest = std::ceil(input.min.value_or(std::min(0.0, input.max.value_or(0))));
  const double highest = std::floor(input.max.value_or(lowest + usual_range));
  if (highest < lowest) return Value(*input.min).dump();  // no whole number lies between them
  const double numbers = std::min(highest - lowest + 1, 1e9);
  const double chosen = lowest + static_cast<double>(bits % static_cast<std::uint64_t>(numbers));
  return std::to_string(static_cast<std::int64_t>(chosen));
}

std::string chance_text(const PageInput& input, std::uint64_t bits) {
  std::string text = "answer " + std::to_string(bits % 1000);
  if (input.max_length != 0) text.resize(std::min(text.size(), input.max_length));
  return text;
}

}  // namespace

const PageInput* PageForm::find(std::string_view name) const {
  const auto found = std::ranges::find(inputs, name, &PageInput::name);
  return found == inputs.end() ? nullptr : &*found;
}

std::string PageForm::names() const {
  std::string all;
  for (const PageInput& input : inputs) {
    if (input.kind != PageInput::Kind::hidden) all += (all.empty() ? "" : ", ") + input.name;
  }
  return all.empty() ? "none" : all;
}

std::optional<PageForm> read_page_form(std::string_view html) { return FormReading(html).read(); }

Value chance_values(const PageForm& form, const std::function<std::uint64_t()>& draw) {
  Value values = Value::object();
  for (const PageInput& input : form.inputs) {
    switch (input.kind) {
      case PageInput::Kind::hidden:
        break;
      case PageInput::Kind::text:
        values.set(input.name, chance_text(input, draw()));
        break;
      case PageInput::Kind::number:
        values.set(input.name, chance_number(input, draw()));
        break;
      case PageInput::Kind::checkbox:
        if (input.required || draw() % 2 == 0) values.set(input.name, input.value);
        break;
      case PageInput::Kind::choice:
        if (!input.choices.empty()) {
          values.set(input.name, input.choices[draw() % input.choices.size()]);
        }
        break;
    }
  }
  return values;
}

}  // namespace rialto::load
