#include "storage/chat_table.h"

#include <nlohmann/json.hpp>

namespace rialto {
namespace {

using Json = nlohmann::json;

// chat_mark of actors/chat.h: of the message that came in, and of what was said to all.
constexpr const char* mark = "rialto_chat";

// What all heard, or null: {"channel", "from", "nickname", "body"}.
Json said_in(const Record& record) {
  if (record.kind != RecordKind::live || record.replies.empty() || !is_of_chat(record)) return {};
  const Json payload = Json::parse(record.replies.front().payload, nullptr, false);
  return payload.is_object() && payload.contains(mark) ? payload[mark] : Json();
}

Cell text_of(const Json& said, const char* name) {
  const auto found = said.find(name);
  return found != said.end() && found->is_string() ? cell::text(found->get<std::string>()) : Cell();
}

}  // namespace

bool is_of_chat(const Record& record) {
  if (!record.input.starts_with("{\"rialto_chat\":")) return false;
  const Json input = Json::parse(record.input, nullptr, false);
  return input.is_object() && input.size() == 1;
}

Result<void> ChatTable::add(const ExportedSession& session, const FoldedUnit& unit,
                            const Record& record) {
  const Json said = said_in(record);
  if (!said.is_object() || record.player == 0 || record.player > unit.players()) return {};
  const std::string& code = unit.participant(record.player);
  const auto number = session.number_of(code);
  const auto seat = unit.seating(record.page.round, record.player);
  table_.put(cell::text(session.description().code));
  table_.put(cell::text(code));
  table_.put(number ? cell::number(*number) : Cell());
  table_.put(cell::text(unit.description().app));
  table_.put(seat ? cell::number(seat->group) : Cell());
  table_.put(cell::number(record.page.round));
  table_.put(seat ? cell::number(seat->id_in_group) : Cell());
  table_.put(cell::number(static_cast<std::int64_t>(record.sequence)));
  table_.put_moment(record.time);
  table_.put(text_of(said, "channel"));
  table_.put(text_of(said, "nickname"));
  table_.put(text_of(said, "body"));
  return table_.end_row();
}

}  // namespace rialto
