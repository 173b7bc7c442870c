#include "gateway/links.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <algorithm>
#include <cassert>
#include <cstdlib>
#include <utility>

#include "gateway/forms.h"

namespace rialto {
namespace {

constexpr std::size_t key_size = 22;

// RFC 4648 section 5, without padding.
std::string base64url(const unsigned char* bytes, std::size_t size) {
  constexpr char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  std::string text;
  unsigned bits = 0;
  unsigned count = 0;
  for (std::size_t i = 0; i < size; ++i) {
    bits = (bits << 8U) | bytes[i];
    count += 8;
    while (count >= 6) {
      count -= 6;
      text += alphabet[(bits >> count) & 63U];
    }
    bits &= (1U << count) - 1;
  }
  if (count > 0) text += alphabet[(bits << (6 - count)) & 63U];
  return text;
}

bool same(std::string_view a, std::string_view b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace

Links::Links(std::string secret, PublicUrl url) : secret_(std::move(secret)), url_(std::move(url)) {
  assert(!secret_.empty());
}

std::string Links::participant_key(std::string_view code) const {
  return key("participant:", code);
}

std::string Links::session_key(std::string_view code) const { return key("session:", code); }

bool Links::is_participant_key(std::string_view code, std::string_view key) const {
  return same(participant_key(code), key);
}

bool Links::has_participant_key(std::string_view code,
                                const std::vector<std::string_view>& keys) const {
  if (keys.empty()) return false;
  const std::string right = participant_key(code);
  return std::ranges::any_of(keys, [&right](std::string_view key) { return same(right, key); });
}

bool Links::is_session_key(std::string_view code, std::string_view key) const {
  return same(session_key(code), key);
}

// Only the last part may have a line break in it.
std::string Links::chat_key(const ChatPlace& place) const {
  std::string text;
  for (const std::string_view part : {place.participant, place.page, place.channel}) {
    text.append(part).push_back('\n');
  }
  return key("chat:", text.append(place.nickname));
}

bool Links::is_chat_key(const ChatPlace& place, std::string_view key) const {
  return same(chat_key(place), key);
}

// A room's name has no line break in it.
std::string Links::label_key(std::string_view room, std::string_view label) const {
  return key("room:", std::string(room).append("\n").append(label));
}

bool Links::is_label_key(std::string_view room, std::string_view label,
                         std::string_view key) const {
  return same(label_key(room, label), key);
}

std::string Links::participant_link(std::string_view code) const {
  return url_.link("/p/" + std::string(code) + "/" + participant_key(code));
}

std::string Links::session_link(std::string_view code) const {
  return url_.link("/join/" + std::string(code) + "/" + session_key(code));
}

std::string Links::room_link(std::string_view room) const {
  return url_.link("/room/" + std::string(room));
}

std::string Links::label_link(std::string_view room, std::string_view label) const {
  return room_link(room) + "?participant_label=" + encode_percent(label);
}

std::string Links::signed_label_link(std::string_view room, std::string_view label) const {
  return label_link(room, label) + "&hash=" + label_key(room, label);
}

std::string Links::key(std::string_view kind, std::string_view code) const {
  std::string text(kind);
  text += code;
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned size = 0;
  const auto* const done =
      HMAC(EVP_sha256(), secret_.data(), static_cast<int>(secret_.size()),
           reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest, &size);
  if (!done) std::abort();  // only without memory
  return base64url(digest, size).substr(0, key_size);
}

}  // namespace rialto
