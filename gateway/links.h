// Participant links, session-wide links and a room's personal links, signed with the store's secret
// (rules.md 18): who has the link may come in, any number of times, and nobody can make one up.
// Immutable, read on any thread. Guarantee: checking a key takes the same time, right or wrong.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gateway/public_url.h"

namespace rialto {

class Links {
 public:
  // `secret` must not be empty.
  Links(std::string secret, PublicUrl url);

  // HMAC-SHA256 of what the key is for, base64url, the first 22 characters (132 bits).
  std::string participant_key(std::string_view code) const;
  std::string session_key(std::string_view code) const;
  bool is_participant_key(std::string_view code, std::string_view key) const;
  // Is it one of these? Costs one check, however many there are.
  bool has_participant_key(std::string_view code, const std::vector<std::string_view>& keys) const;
  bool is_session_key(std::string_view code, std::string_view key) const;

  // That a page of a participant speaks in a chat's channel under a nickname.
  struct ChatPlace {
    std::string_view participant;
    std::string_view page;  // "1-0"
    std::string_view channel;
    std::string_view nickname;
  };
  std::string chat_key(const ChatPlace& place) const;
  bool is_chat_key(const ChatPlace& place, std::string_view key) const;

  // That who comes to a room is who the label says.
  std::string label_key(std::string_view room, std::string_view label) const;
  bool is_label_key(std::string_view room, std::string_view label, std::string_view key) const;

  // What is handed out.
  std::string participant_link(std::string_view code) const;
  std::string session_link(std::string_view code) const;
  std::string room_link(std::string_view room) const;
  std::string label_link(std::string_view room, std::string_view label) const;
  std::string signed_label_link(std::string_view room, std::string_view label) const;

  const PublicUrl& url() const { return url_; }

 private:
  std::string key(std::string_view kind, std::string_view code) const;

  std::string secret_;
  PublicUrl url_;
};

}  // namespace rialto
