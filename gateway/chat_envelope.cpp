#include "gateway/chat_envelope.h"

#include <utility>

#include "actors/chat.h"
#include "actors/errors.h"

namespace rialto {
namespace {

Value said_by_its_page(const Links& links, std::string_view participant, PageRef page,
                       const Value& said) {
  const auto channel = said["channel"].as<std::string>();
  const auto nickname = said["nickname"].as<std::string>();
  const std::string where = to_string(page);
  const Links::ChatPlace place{participant, where, channel, nickname};
  if (!links.is_chat_key(place, said["key"].as<std::string>())) return {};
  return list(channel, nickname, said["body"].as<std::string>());
}

}  // namespace

Value checked_chat(const Links& links, std::string_view participant, PageRef page, Value data) {
  if (!is_chat(data)) return data;
  Value checked = Value::object();
  try {
    checked.set(chat_mark, said_by_its_page(links, participant, page, data[chat_mark]));
  } catch (const BadMessage&) {
    checked.set(chat_mark, Value());
  }
  return checked;
}

}  // namespace rialto
