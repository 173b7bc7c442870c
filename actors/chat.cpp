#include "actors/chat.h"

#include <utility>

#include "actors/errors.h"
#include "actors/stored_value.h"

namespace rialto {
namespace {

// A group's channel has a dot, a name has none: "1.2" is group 2 in round 1.
bool has_name(std::string_view channel) { return channel.find('.') == channel.npos; }

}  // namespace

bool is_chat(const Value& data) {
  return data.is_object() && data.size() == 1 && data.contains(chat_mark);
}

ChatLine read_chat(const Value& data, const Limits& limits) {
  const Value& said = data[chat_mark];
  if (!said.is_list() || said.size() != 3) {
    throw BadMessage("this line does not come from the chat of this page");
  }
  ChatLine line{said[0].as<std::string>(), said[1].as<std::string>(), said[2].as<std::string>()};
  if (line.body.find_first_not_of(" \t\r\n") == line.body.npos) {
    throw BadMessage("there is nothing written in it");
  }
  if (line.body.size() > limits.chat_line || line.nickname.size() > limits.chat_line) {
    throw BadMessage("a line of a chat has at most " + std::to_string(limits.chat_line) + " bytes");
  }
  return line;
}

std::string chat_payload(std::string_view channel, std::uint32_t seat, const ChatLine& line) {
  Value said{{"channel", channel}, {"from", seat}, {"nickname", line.nickname}};
  said.set("body", line.body);
  Value payload = Value::object();
  payload.set(chat_mark, std::move(said));
  return payload.dump();
}

void Chats::note(const Record& record) {
  static const std::string begins = "{\"" + std::string(chat_mark) + "\":";
  if (record.kind != RecordKind::live || !record.input.starts_with(begins)) return;
  if (!record.replies.empty() && is_chat(read_stored(record.input))) {
    add({record.sequence, record.time, record.replies.front().payload});
  }
}

void Chats::add(SaidLine line) {
  const Value payload = read_stored(line.payload);
  auto& lines = channels_[payload[chat_mark]["channel"].as<std::string>()];
  lines.push_back(std::make_shared<const SaidLine>(std::move(line)));
  if (lines.size() > limits_.chat_shown) lines.pop_front();
}

PageChats Chats::seen_by(std::uint32_t seat, std::string group_channel) const {
  PageChats seen{std::move(group_channel), seat, {}};
  for (const auto& [channel, lines] : channels_) {
    if (channel != seen.group_channel && !has_name(channel)) continue;
    seen.lines[channel].assign(lines.begin(), lines.end());
  }
  return seen;
}

Value Chats::to_value() const {
  Value all = Value::empty_list();
  for (const auto& [channel, lines] : channels_) {
    for (const auto& line : lines) {
      all.append(list(static_cast<std::int64_t>(line->record), line->time, line->payload));
    }
  }
  return all;
}

void Chats::restore(const Value& value) {
  for (const Value& line : value) {
    add({static_cast<std::uint64_t>(line[0].as<std::int64_t>()), line[1].as<std::int64_t>(),
         line[2].as<std::string>()});
  }
}

}  // namespace rialto
