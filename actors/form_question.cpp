#include "actors/form_question.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdio>

#include "actors/errors.h"
#include "actors/form_number.h"
#include "actors/utf8.h"

namespace rialto {
namespace {

// As a browser counts them for maxlength (HTML, "form-control-infrastructure"): units of UTF-16.
std::size_t characters(std::string_view text) {
  std::size_t count = 0;
  while (!text.empty()) {
    const std::size_t length = std::max<std::size_t>(utf8_length(text), 1);
    count += length == 4 ? 2 : 1;
    text.remove_prefix(length);
  }
  return count;
}

// As oTree reads what stands for yes and no.
bool truth(std::string_view text) {
  return text != "0" && text != "False" && text != "false" && !text.empty();
}

std::string_view name_of(FormType type) {
  constexpr std::array<std::string_view, 5> names{"boolean", "whole", "real", "text", "money"};
  return names[static_cast<std::size_t>(type)];
}

std::string_view name_of(Widget widget) {
  constexpr std::array<std::string_view, 7> names{
      "input", "radio", "radio_horizontal", "checkbox", "select", "slider", "text_area"};
  return names[static_cast<std::size_t>(widget)];
}

// "risk_level" asks "Risk Level", as in oTree, where a field says no label.
std::string titled(std::string name) {
  bool first = true;
  for (char& c : name) {
    if (c == '_') c = ' ';
    c = static_cast<char>(first ? std::toupper(c) : std::tolower(c));
    first = std::isalpha(static_cast<unsigned char>(c)) == 0;
  }
  return name;
}

Value optional_text(const std::optional<std::string>& text) {
  return text ? Value(*text) : Value();
}

}  // namespace

std::vector<const FormFieldModel*> asked_fields(const PageModel& page, const PlayerBase& player) {
  std::vector<const FormFieldModel*> asked;
  if (!page.form_fields) {
    for (const FormFieldModel& field : page.form) asked.push_back(&field);
    return asked;
  }
  for (const std::string& name : page.form_fields(player)) {
    const auto found = std::ranges::find(page.form, name, &FormFieldModel::name);
    if (found == page.form.end()) {
      throw AppError(".form_fields of page " + page.name + " names \"" + name +
                     "\", which is not in its .form");
    }
    asked.push_back(&*found);
  }
  return asked;
}

FormQuestion::FormQuestion(const FormFieldModel& field, const PlayerBase& player)
    : field_(field), player_(player), min_(field.min), max_(field.max), choices_(field.choices) {
  if (field.min_now) min_ = field.min_now(player);
  if (field.max_now) max_ = field.max_now(player);
  if (field.choices_now) choices_ = field.choices_now(player);
  if (field.type == FormType::boolean && !choices_) {
    choices_ = {{Value(true), std::nullopt}, {Value(false), std::nullopt}};
  }
}

FormAnswer FormQuestion::answered(const std::optional<std::string>& text) const {
  if (widget() == Widget::checkbox) {
    const Value checked = text && !text->empty() && *text != "false";
    if (!field_.blank && (!text || text->empty()))
      return {checked, FormError::ours("form_required")};
    return {checked, {}};
  }
  const bool any_text = field_.type == FormType::text && !choices_;
  if (!text || text->empty() || (!any_text && is_blank(*text))) return unanswered(text.has_value());
  return choices_ ? chosen(*text) : written(*text);
}

// An input that was not there leaves a blank field as it is; an empty one empties it.
FormAnswer FormQuestion::unanswered(bool there) const {
  const bool text = field_.type == FormType::text;
  const Value nothing = text ? Value("") : Value();
  if (!field_.blank) return {nothing, FormError::ours("form_required")};
  if (there) return {field_.type == FormType::boolean ? Value(false) : nothing, {}};
  const bool rounded = field_.type == FormType::money || decimals() >= 0;
  if (rounded && !choices_ && field_.type != FormType::whole) return {nothing, {}};
  Value now = field_.read(player_);
  return {now.is_null() ? nothing : std::move(now), {}};
}

FormAnswer FormQuestion::chosen(const std::string& text) const {
  const FormChoice* choice = choice_of(text);
  if (choice) return {choice->value, {}};
  return {field_.type == FormType::text ? Value(text) : Value(), FormError::ours("form_choice")};
}

const FormChoice* FormQuestion::choice_of(const std::string& text) const {
  Value value;
  if (field_.type == FormType::boolean) value = truth(text);
  if (field_.type == FormType::text) value = text;
  if (field_.type == FormType::whole) value = read_whole(text, field_.lowest, field_.highest).value;
  if (field_.type == FormType::real) value = read_real(text, Comma::is_no_number, -1).value;
  if (field_.type == FormType::money) value = read_money(text, Comma::is_no_number).value;
  if (value.is_null()) return nullptr;
  const auto found = std::ranges::find(*choices_, value, &FormChoice::value);
  return found == choices_->end() ? nullptr : &*found;
}

FormAnswer FormQuestion::written(const std::string& text) const {
  if (field_.type == FormType::text) {
    if (text.find('\0') != std::string::npos) {
      return {Value(""), FormError::ours("form_character")};
    }
    const std::size_t most = max_length();
    if (most == 0 || characters(text) <= most) return {Value(text), {}};
    return {Value(text), FormError::ours("form_long", {{"max", std::to_string(most)}})};
  }
  NumberRead read;
  if (field_.type == FormType::whole) read = read_whole(text, field_.lowest, field_.highest);
  if (field_.type == FormType::real) read = read_real(text, Comma::is_a_point, field_.decimals);
  if (field_.type == FormType::money) read = read_money(text, Comma::is_a_point);
  if (read.value.is_null()) return {{}, FormError::ours(read.reason)};
  return within_limits(std::move(read.value));
}

FormAnswer FormQuestion::within_limits(Value number) const {
  const bool too_small = !min_.is_null() && below(number, min_);
  const bool too_large = !max_.is_null() && below(max_, number);
  if (!too_small && !too_large) return {std::move(number), {}};
  Value slots = Value::object();
  if (!min_.is_null()) slots.set("min", limit_text(min_));
  if (!max_.is_null()) slots.set("max", limit_text(max_));
  const char* sentence = max_.is_null() ? "form_min" : min_.is_null() ? "form_max" : "form_range";
  return {std::move(number), FormError::ours(sentence, std::move(slots))};
}

bool FormQuestion::below(const Value& a, const Value& b) const {
  if (field_.type == FormType::whole) return a.stored_whole() < b.stored_whole();
  if (field_.type == FormType::money) return a.as<Money>() < b.as<Money>();
  return a.as<double>() < b.as<double>();
}

Value FormQuestion::shown_now() const {
  const Value now = field_.read(player_);
  if (now.is_null()) return described({});
  if (widget() == Widget::checkbox) return described(now.as<bool>() ? Value("1") : Value());
  const bool plain = choices_ || widget() == Widget::slider;  // of which browsers read a point only
  return described(Value(plain ? text_of(now) : people_text(now)));
}

Value FormQuestion::shown(const std::optional<std::string>& text) const {
  if (widget() == Widget::checkbox) {
    return described(answered(text).value.as<bool>() ? Value("1") : Value());
  }
  if (!text || !choices_) return described(optional_text(text));
  const FormChoice* choice = text->empty() ? nullptr : choice_of(*text);
  return described(choice ? Value(text_of(choice->value)) : Value());
}

Value FormQuestion::described(Value value) const {
  const auto limit = [this](const Value& bound) {
    return bound.is_null() || choices_ ? Value() : Value(text_of(bound));
  };
  Value shown{{"name", field_.name},
              {"type", name_of(field_.type)},
              {"widget", name_of(widget())},
              {"label", field_.label.empty() ? titled(field_.name) : field_.label},
              {"help", field_.help_text},
              {"required", !field_.blank},
              {"choices", described_choices()},
              {"value", std::move(value)},
              {"min", limit(min_)},
              {"max", limit(max_)},
              {"step", Value(step())}};
  shown.set("max_length", field_.max_length == 0 ? Value() : Value(std::to_string(max_length())));
  shown.set("decimals", decimals() < 0 ? Value() : Value(decimals()));
  shown.set("unit", unit());
  return shown;
}

Value FormQuestion::described_choices() const {
  if (!choices_ || widget() == Widget::checkbox) return {};
  Value all = Value::empty_list();
  for (const FormChoice& choice : *choices_) {
    Value label = choice.label ? Value(*choice.label) : Value(label_of(choice.value));
    if (!choice.label && choice.value.is_bool()) {
      const bool yes = choice.value.as<bool>();
      label = {{"text", yes ? "Yes" : "No"}, {"key", yes ? "form_yes" : "form_no"}};
    }
    all.append(list(Value(text_of(choice.value)), std::move(label)));
  }
  return all;
}

Widget FormQuestion::widget() const {
  if (field_.widget != Widget::standard) return field_.widget;
  if (field_.type == FormType::boolean) return Widget::radio;
  return choices_ ? Widget::select : Widget::standard;
}

int FormQuestion::decimals() const {
  if (field_.type == FormType::whole) return 0;
  if (field_.type == FormType::money) return Money::decimals();
  return field_.type == FormType::real ? field_.decimals : -1;
}

std::string FormQuestion::text_of(const Value& value) const {
  if (value.is_bool()) return value.as<bool>() ? "True" : "False";
  if (value.is_string()) return value.as<std::string>();
  if (field_.type == FormType::money) return value.as<Money>().text();
  if (field_.type == FormType::real && field_.decimals >= 0) {
    std::array<char, 400> digits{};
    std::snprintf(digits.data(), digits.size(), "%.*f", field_.decimals, value.as<double>());
    return digits.data();
  }
  return value.dump();
}

// As text_of, with the decimal comma of the project's language.
std::string FormQuestion::people_text(const Value& value) const {
  std::string text = text_of(value);
  const bool fraction = field_.type == FormType::real || field_.type == FormType::money;
  if (fraction) std::ranges::replace(text, '.', Money::format().decimal_separator());
  return text;
}

// "1" where a double is 1.0.
std::string FormQuestion::limit_text(const Value& bound) const {
  std::string text = people_text(bound);
  const std::string end = std::string(1, Money::format().decimal_separator()) + "0";
  if (field_.type == FormType::real && text.ends_with(end)) text.resize(text.size() - end.size());
  return text;
}

std::string FormQuestion::label_of(const Value& value) const {
  const bool amount = field_.type == FormType::money;
  return amount ? Money::format().format(value.as<Money>()) : people_text(value);
}

// What stands beside the input for an amount: "$", "points". Null for anything else.
Value FormQuestion::unit() const {
  if (field_.type != FormType::money || choices_) return {};
  const MoneyFormat& format = Money::format();
  if (format.points) {
    if (!format.points_name.empty()) return format.points_name;
    return {{"text", "points"}, {"key", "form_points"}};
  }
  std::string sign = format.format(Money());
  std::erase_if(sign, [](char c) {
    return c == ' ' || c == '.' || c == ',' || std::isdigit(static_cast<unsigned char>(c)) != 0;
  });
  return sign;
}

// Of a slider: the smallest step there is.
std::string FormQuestion::step() const {
  if (decimals() < 0) return "any";
  if (decimals() == 0) return "1";
  return "0." + std::string(static_cast<std::size_t>(decimals()) - 1, '0') + "1";
}

std::size_t FormQuestion::max_length() const {
  if (field_.max_length != 0) return field_.max_length;
  return widget() == Widget::text_area ? 0 : longest_line;
}

}  // namespace rialto
