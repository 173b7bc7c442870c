#include "actors/form.h"

#include <algorithm>
#include <optional>

#include "actors/errors.h"
#include "actors/form_number.h"
#include "actors/form_question.h"

namespace rialto {
namespace {

// A line break is one \n, as scripts of the page read it: forms are sent with \r\n (HTML,
// "constructing the entry list"; Infra, "normalize newlines").
std::string with_plain_line_breaks(std::string text) {
  for (std::size_t at = 0; (at = text.find('\r', at)) != std::string::npos; ++at) {
    const bool is_pair = at + 1 < text.size() && text[at + 1] == '\n';
    text.replace(at, is_pair ? 2 : 1, 1, '\n');
  }
  return text;
}

// What came in under this name: the first text of it. Nothing if the input was not there.
std::optional<std::string> submitted(const Value& raw, std::string_view name) {
  const Value* value = raw.find(name);
  if (value && value->is_list()) value = value->empty() ? nullptr : &value->items().front();
  if (!value || value->is_null()) return std::nullopt;
  return value->is_string() ? with_plain_line_breaks(value->as<std::string>()) : value->dump();
}

// In characters; 0: any length.
std::size_t longest_text(const FormFieldModel& field) {
  if (field.max_length != 0) return field.max_length;
  return field.widget == Widget::text_area ? 0 : longest_line;
}

// Keeps at least one character more than are taken.
std::string cut(std::string text, std::size_t characters) {
  constexpr std::size_t widest = 4;  // bytes of a character
  std::size_t end = (characters + 1) * widest;
  if (characters == 0 || text.size() <= end) return text;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return text.replace(end, text.npos, "…");
}

Value zero_of(FormType type) {
  switch (type) {
    case FormType::boolean:
      return Value(false);
    case FormType::text:
      return Value("");
    case FormType::money:
      return Value(Money());
    default:
      return Value(0);
  }
}

}  // namespace

class FormReader {
 public:
  FormReader(const PageModel& page, PlayerBase& player, const Value& raw)
      : page_(page), player_(player) {
    for (const FormFieldModel* field : asked_fields(page, player)) {
      outcome_.fields_.push_back(field);
      read(*field, submitted(raw, field->name));
    }
  }

  FormOutcome outcome() {
    if (outcome_.accepted()) ask_page();
    return std::move(outcome_);
  }

  FormOutcome in_time() {
    if (page_refuses()) {
      for (const FormFieldModel* field : outcome_.fields_) reset(*field);
    } else {
      for (const FormErrors::OfField& wrong : outcome_.errors_.fields) {
        const auto same = [&](const FormFieldModel* field) { return field->name == wrong.name; };
        reset(**std::ranges::find_if(outcome_.fields_, same));
      }
    }
    outcome_.errors_ = {};
    return std::move(outcome_);
  }

 private:
  void read(const FormFieldModel& field, const std::optional<std::string>& text) {
    const FormQuestion question(field, player_);
    FormAnswer answer = question.answered(text);
    outcome_.values_.set(field.name, answer.value);
    if (!answer.error && field.error_message && !answer.value.is_null()) {
      std::string own = field.error_message(player_, answer.value);
      if (!own.empty()) answer.error = FormError(std::move(own));
    }
    if (answer.error) outcome_.errors_.add(field.name, std::move(*answer.error));
  }

  void ask_page() {
    if (!page_.error_message) return;
    const FormRefusal refusal = page_.error_message(player_, outcome_.values_);
    if (refusal.empty()) return;
    if (!refusal.why().is_object()) {
      outcome_.errors_.page.emplace_back(refusal.why().as<std::string>());
      return;
    }
    for (const auto& [name, why] : refusal.why().members()) add_own(name, why.as<std::string>());
  }

  void add_own(const std::string& name, std::string why) {
    if (why.empty()) return;
    if (name == "__all__") {
      outcome_.errors_.page.emplace_back(std::move(why));
    } else if (outcome_.values_.contains(name)) {
      outcome_.errors_.add(name, FormError(std::move(why)));
    } else {
      throw AppError("error_message of page " + page_.name + " speaks of \"" + name +
                     "\", which is no field of its form");
    }
  }

  // Also where fields are wrong, whose values it then may not understand: that counts as a no.
  bool page_refuses() {
    if (!page_.error_message) return false;
    try {
      return !page_.error_message(player_, outcome_.values_).empty();
    } catch (...) {
      if (outcome_.accepted()) throw;
      return true;
    }
  }

  void reset(const FormFieldModel& field) { outcome_.values_.set(field.name, zero_of(field.type)); }

  const PageModel& page_;
  PlayerBase& player_;
  FormOutcome outcome_;
};

void FormOutcome::assign(PlayerBase& player) const {
  for (const FormFieldModel* field : fields_) field->assign(player, values_[field->name]);
}

Value asked_values(const PageModel& page, const Value& raw) {
  Value asked = Value::object();
  for (const FormFieldModel& field : page.form) {
    auto text = submitted(raw, field.name);
    if (text) asked.set(field.name, cut(*std::move(text), longest_text(field)));
  }
  return asked;
}

FormOutcome read_form(const PageModel& page, PlayerBase& player, const Value& raw) {
  return FormReader(page, player, raw).outcome();
}

FormOutcome form_on_timeout(const PageModel& page, PlayerBase& player, const Value& raw) {
  return FormReader(page, player, raw).in_time();
}

Value describe_form(const PageModel& page, const PlayerBase& player, const Value& raw,
                    const FormErrors& errors) {
  Value fields = Value::empty_list();
  for (const FormFieldModel* field : asked_fields(page, player)) {
    const FormQuestion question(*field, player);
    Value shown =
        raw.is_null() ? question.shown_now() : question.shown(submitted(raw, field->name));
    Value wrong = Value::empty_list();
    const auto found = std::ranges::find(errors.fields, field->name, &FormErrors::OfField::name);
    if (found != errors.fields.end()) {
      for (const FormError& error : found->errors) wrong.append(error.to_value());
    }
    shown.set("errors", std::move(wrong));
    fields.append(std::move(shown));
  }
  Value of_page = Value::empty_list();
  for (const FormError& error : errors.page) of_page.append(error.to_value());
  return {{"fields", std::move(fields)}, {"errors", std::move(of_page)}};
}

}  // namespace rialto
