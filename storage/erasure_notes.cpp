#include "storage/erasure_notes.h"

#include <nlohmann/json.hpp>
#include <string>

#include "storage/keys.h"

namespace rialto {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* next_name = "next_session";

}  // namespace

Result<Redaction> parse_redaction(std::string_view json) {
  const Json redaction = Json::parse(json, nullptr, false);
  if (!redaction.is_object()) return Error{ErrorKind::corrupt, "not a redaction"};
  try {
    return Redaction{redaction.at("at"), redaction.at("values"), redaction.at("labels")};
  } catch (const Json::exception& error) {
    return Error{ErrorKind::corrupt, std::string("not a redaction: ") + error.what()};
  }
}

std::string to_json(const Redaction& redaction) {
  return Json{{"at", redaction.at}, {"values", redaction.values}, {"labels", redaction.labels}}
      .dump();
}

Write erasing_note(std::uint32_t session, const std::string& code, bool whole) {
  const Json note{{"session", session}, {"code", code}, {"whole", whole}};
  return {keys::meta("erasing " + std::to_string(session)), note.dump()};
}

Result<std::uint32_t> next_session(const Reader& store) {
  const auto text = store.get(keys::meta(next_name));
  if (!text && text.error().kind == ErrorKind::not_found) return std::uint32_t{1};
  if (!text) return text.error();
  const Json number = Json::parse(*text, nullptr, false);
  if (!number.is_number_unsigned()) {
    return Error{ErrorKind::corrupt, "the next session's number is " + *text};
  }
  return number.get<std::uint32_t>();
}

Write next_session_write(std::uint32_t number) {
  return {keys::meta(next_name), std::to_string(number)};
}

}  // namespace rialto
