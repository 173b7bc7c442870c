// The chats of one unit: what was said in each channel, in the order of the records. A line comes
// as one more live message, {"rialto_chat": [channel, nickname, body]}; the gateway makes it of
// what a page's {{ chat }} sends, and no page can make it by itself. Owned by the unit, on its
// thread; a page's view shares the lines. Guarantees: the same records bring back the same lines;
// lines that were redacted are not among them (rules.md 20).
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "actors/limits.h"
#include "actors/value.h"
#include "storage/record.h"

namespace rialto {

struct ChatLine {
  std::string channel;  // as the page's tag names it; "": the group's in this round
  std::string nickname;
  std::string body;
};

// One member, by which such a message is known; no message of a game has it alone.
inline constexpr std::string_view chat_mark = "rialto_chat";
bool is_chat(const Value& data);
// BadMessage for what the gateway did not make, for an empty line and for one that is too long.
ChatLine read_chat(const Value& data, const Limits& limits);
// What all who hear it get; `channel` as the whole unit knows it, `seat` of who has said it.
std::string chat_payload(std::string_view channel, std::uint32_t seat, const ChatLine& line);

// A line as it was said.
struct SaidLine {
  std::uint64_t record = 0;
  std::int64_t time = 0;  // microseconds
  std::string payload;    // JSON text, of chat_payload
};

// What a page may show of the chats: its own group's and those with a name.
struct PageChats {
  std::string group_channel;  // of {{ chat }}; "": the player is in no group
  std::uint32_t seat = 0;     // who of those that speak is the player
  std::map<std::string, std::vector<std::shared_ptr<const SaidLine>>> lines;  // by channel
};

class Chats {
 public:
  explicit Chats(const Limits& limits) : limits_(limits) {}

  // Takes a record of the unit; those that are no chat's leave it as it is.
  void note(const Record& record);
  // The group's lines, and those of all channels with a name.
  PageChats seen_by(std::uint32_t seat, std::string group_channel) const;
  Value to_value() const;
  void restore(const Value& value);

 private:
  void add(SaidLine line);

  const Limits& limits_;
  std::map<std::string, std::deque<std::shared_ptr<const SaidLine>>> channels_;  // newest last
};

}  // namespace rialto
