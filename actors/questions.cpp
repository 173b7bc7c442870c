#include "actors/questions.h"

#include <algorithm>
#include <set>

namespace rialto {
namespace {

bool has_column(const Model& object, const std::string& name) {
  return std::ranges::any_of(object.columns(),
                             [&](const Column* column) { return column->name() == name; });
}

Value choices_of(const FormFieldModel& field) {
  Value all = Value::empty_list();
  for (const FormChoice& choice : *field.choices) {
    all.append(list(choice.value, choice.label ? Value(*choice.label) : Value()));
  }
  return all;
}

Value question_of(const FormFieldModel& field, const Model& player) {
  Value question{{"of", has_column(player, field.name) ? "player" : "group"}, {"name", field.name}};
  if (!field.label.empty()) question.set("label", field.label);
  if (field.choices && !field.choices_now) question.set("choices", choices_of(field));
  return question;
}

}  // namespace

Value questions_of(const AppModel& app, const Model& player) {
  Value all = Value::empty_list();
  std::set<std::string> asked;
  for (const PageModel& page : app.pages) {
    for (const FormFieldModel& field : page.form) {
      if (!asked.insert(field.name).second) continue;
      Value question = question_of(field, player);
      if (question.size() > 2) all.append(std::move(question));
    }
  }
  return all;
}

}  // namespace rialto
