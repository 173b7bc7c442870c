// Which sessions there are, who sits where: the sessions' descriptions in memory and as they are
// stored. Owned by the Directory, on its thread. Guarantees: numbers and codes are never given
// twice; what `create` returns to write makes the whole session or, unwritten, nothing. Limitation:
// all sessions of the store are in memory, about 100 bytes a participant.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "actors/app_model.h"
#include "actors/limits.h"
#include "actors/messages.h"
#include "actors/unit.h"
#include "storage/store.h"

namespace rialto {

struct Seat {
  std::string code;  // of the participant
  UnitId unit;
  std::uint32_t player = 0;
  bool claimed = false;  // somebody has come here, by a personal or the session-wide link
};

struct Session {
  std::uint32_t number = 0;
  std::string code;
  std::string app;
  std::string key;  // idempotency key
  std::int64_t created = 0;
  std::uint64_t seed = 0;
  bool demo = false;
  bool closed = false;
  std::vector<Seat> seats;  // in order of participants
  std::size_t next_free = 0;
};

class SessionBook {
 public:
  explicit SessionBook(const std::vector<AnyApp>& apps, const Limits& limits);

  // Reads all sessions of a store. An Error names the session that cannot be read.
  Result<void> load(const Reader& store);
  // A new session and the writes that make it durable; or `invalid` with a sentence.
  Result<std::vector<Write>> create(const CreateSession& wish, std::int64_t now, std::string& code);
  Write close(Session& session);
  // The next free seat of a session and the write that takes it; nothing if all are taken.
  std::optional<Write> claim(Session& session, std::string& participant);
  // The participant has come by the personal link; nothing if the seat is claimed already.
  std::optional<Write> claim(const std::string& participant);

  Session* find(const std::string& code);
  Session* find_by_key(const std::string& key);
  Session* of(UnitId unit);
  // The session and seat of a participant; nullptr if there is none.
  const Seat* seat(const std::string& participant) const;
  const AnyApp* app(const std::string& name) const;
  std::vector<std::string> members(const Session& session, UnitId unit) const;
  Value describe(const Session& session) const;
  // Descriptions of all sessions, newest first.
  Value describe_all(bool demo_only) const;

 private:
  void enter(Session session);
  std::string fresh_code() const;
  std::string stored_form(const Session& session) const;

  const std::vector<AnyApp>& apps_;
  const Limits& limits_;
  std::uint32_t next_number_ = 1;
  std::map<std::uint32_t, Session> sessions_;
  std::unordered_map<std::string, std::uint32_t> by_code_;
  std::unordered_map<std::string, std::pair<std::uint32_t, std::size_t>> participants_;
};

}  // namespace rialto
