#include "storage/questions.h"

#include <nlohmann/json.hpp>

#include "storage/keys.h"
#include "storage/table_cell.h"

namespace rialto {
namespace {

using Json = nlohmann::ordered_json;

std::string text_of(const Json& question, const char* key) {
  return question.value(key, std::string());
}

// As the value stands in the tables.
std::string value_text(const Json& value) {
  const Cell cell = cell::json(value.dump());
  return cell.kind == Cell::Kind::integer ? std::to_string(cell.integer) : cell.text;
}

// "1 = Yes; 2 = No"; "" where no choice has a label.
std::string values_of(const Json& question) {
  std::string all;
  bool has_labels = false;
  for (const Json& choice : question.value("choices", Json::array())) {
    all += (all.empty() ? "" : "; ") + value_text(choice.at(0));
    if (!choice.at(1).is_string()) continue;
    has_labels = true;
    all += " = " + choice.at(1).get<std::string>();
  }
  return has_labels ? all : "";
}

}  // namespace

std::vector<FieldDescription> Questions::asked(const UnitDescription& unit, ObjectKind kind) const {
  std::vector<FieldDescription> fields = unit.of(kind).fields;
  for (FieldDescription& field : fields) {
    const auto found = all_.find({unit.app, kind, field.name});
    if (found == all_.end()) continue;
    field.question = found->second.label;
    field.values = found->second.values;
  }
  return fields;
}

Result<Questions> read_questions(const Reader& reader, std::uint32_t session) {
  Questions questions;
  const auto stored = reader.get(keys::questions(session));
  if (!stored) {
    if (stored.error().kind == ErrorKind::not_found) return questions;
    return stored.error();
  }
  try {
    const Json apps = Json::parse(*stored);
    for (const auto& [app, asked] : apps.items()) {
      for (const Json& question : asked) {
        const ObjectKind kind =
            question.at("of") == "player" ? ObjectKind::player : ObjectKind::group;
        questions.all_[{app, kind, question.at("name")}] = {text_of(question, "label"),
                                                            values_of(question)};
      }
    }
  } catch (const Json::exception& error) {
    return Error{ErrorKind::corrupt, std::string("not a session's questions: ") + error.what()};
  }
  return questions;
}

}  // namespace rialto
