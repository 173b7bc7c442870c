#include "actors/session_book.h"

#include <sys/random.h>

#include <algorithm>
#include <array>
#include <stdexcept>

#include "storage/keys.h"

namespace rialto {
namespace {

// Codes are as oTree's: 8 of [a-z0-9], without the letters and digits that are taken for each
// other.
constexpr std::string_view code_alphabet = "abcdefghijkmnpqrstuvwxyz23456789";
constexpr std::uint32_t most_participants = 100'000;

template <class T>
T random_bytes() {
  T bytes;
  if (::getrandom(&bytes, sizeof(bytes), 0) != static_cast<ssize_t>(sizeof(bytes))) {
    throw std::runtime_error("the system gives no random bytes");
  }
  return bytes;
}

Error refuse(std::string sentence) { return {ErrorKind::invalid, std::move(sentence)}; }

}  // namespace

SessionBook::SessionBook(const std::vector<AnyApp>& apps, const Limits& limits)
    : apps_(apps), limits_(limits) {}

Result<void> SessionBook::load(const Reader& store) {
  Result<void> outcome;
  const auto visit = [&](std::string_view, std::string_view text) {
    try {
      const Value stored = Value::parse(text, limits_.nesting);
      Session session;
      session.number = static_cast<std::uint32_t>(stored["number"].as<std::int64_t>());
      session.code = stored["code"].as<std::string>();
      session.app = stored["app"].as<std::string>();
      session.key = stored["key"].as<std::string>();
      session.created = stored["created"].as<std::int64_t>();
      session.seed = std::stoull(stored["seed"].as<std::string>());
      session.demo = stored["demo"].as<bool>();
      session.closed = stored["closed"].as<bool>();
      for (const Value& entry : stored["participants"]) {
        const auto index = static_cast<std::uint32_t>(entry["unit"].as<std::int64_t>());
        session.seats.push_back({entry["code"].as<std::string>(), UnitId::of(session.number, index),
                                 static_cast<std::uint32_t>(entry["player"].as<std::int64_t>())});
      }
      enter(std::move(session));
    } catch (const std::exception& error) {
      outcome = Error{ErrorKind::corrupt,
                      std::string("a stored session cannot be read: ") + error.what()};
    }
    return static_cast<bool>(outcome);
  };
  if (auto scanned = store.scan(keys::sessions_begin(), keys::sessions_end(), visit); !scanned) {
    return scanned;
  }
  for (auto& [number, session] : sessions_) {
    const auto claimed = [&](std::string_view, std::string_view seat) {
      session.seats.at(std::stoul(std::string(seat))).claimed = true;
      return true;
    };
    auto scanned = store.scan(keys::claims_begin(number), keys::claims_end(number), claimed);
    if (!scanned) return scanned;
  }
  return outcome;
}

Result<std::vector<Write>> SessionBook::create(const CreateSession& wish, std::int64_t now,
                                               std::string& code) {
  const AnyApp* const model = app(wish.app);
  if (model == nullptr) {
    std::string known;
    for (const AnyApp& each : apps_) known += (known.empty() ? "" : ", ") + each->name;
    return refuse("there is no app \"" + wish.app + "\"; there are: " + known);
  }
  const auto per_group = static_cast<std::uint32_t>((*model)->players_per_group);
  std::uint32_t participants = wish.participants;
  if (participants == 0) participants = static_cast<std::uint32_t>((*model)->demo_size());
  if (participants > most_participants) {
    return refuse("a session has at most " + std::to_string(most_participants) + " participants");
  }
  const std::uint32_t group_size = per_group != 0 ? per_group : participants;
  if (participants % group_size != 0) {
    return refuse(wish.app + " is played in groups of " + std::to_string(group_size) + ", and " +
                  std::to_string(participants) + " participants are no multiple of that");
  }
  Session session;
  session.number = next_number_;
  session.code = fresh_code();
  session.app = wish.app;
  session.key = wish.key;
  session.created = now;
  session.seed = random_bytes<std::uint64_t>();
  session.demo = wish.demo;
  for (std::uint32_t seat = 0; seat < participants; ++seat) {
    session.seats.push_back(
        {fresh_code(), UnitId::of(session.number, seat / group_size), seat % group_size + 1});
  }
  std::vector<Write> writes;
  writes.push_back({keys::session(session.number), stored_form(session)});
  for (std::uint32_t index = 0; index < participants / group_size; ++index) {
    const UnitId id = UnitId::of(session.number, index);
    Unit unit(*model, {id, members(session, id), session.seed, &limits_, nullptr});
    std::string block;
    try {
      encode(unit.create(now), block);
    } catch (const std::exception& error) {
      return refuse(wish.app + "'s creating_session failed: " + error.what());
    }
    writes.push_back({keys::records(id, 1), std::move(block)});
  }
  code = session.code;
  enter(std::move(session));
  return writes;
}

Write SessionBook::close(Session& session) {
  session.closed = true;
  return {keys::session(session.number), stored_form(session)};
}

std::optional<Write> SessionBook::claim(Session& session, std::string& participant) {
  while (session.next_free < session.seats.size() && session.seats[session.next_free].claimed) {
    ++session.next_free;
  }
  if (session.next_free == session.seats.size()) return std::nullopt;
  const std::size_t index = session.next_free++;
  session.seats[index].claimed = true;
  participant = session.seats[index].code;
  return Write{keys::claim(session.number, static_cast<std::uint32_t>(index)),
               std::to_string(index)};
}

std::optional<Write> SessionBook::claim(const std::string& participant) {
  const auto [session, index] = participants_.at(participant);
  Seat& seat = sessions_.at(session).seats[index];
  if (std::exchange(seat.claimed, true)) return std::nullopt;
  return Write{keys::claim(session, static_cast<std::uint32_t>(index)), std::to_string(index)};
}

void SessionBook::enter(Session session) {
  next_number_ = std::max(next_number_, session.number + 1);
  by_code_[session.code] = session.number;
  for (std::size_t index = 0; index < session.seats.size(); ++index) {
    participants_[session.seats[index].code] = {session.number, index};
  }
  sessions_.insert_or_assign(session.number, std::move(session));
}

Session* SessionBook::find(const std::string& code) {
  const auto found = by_code_.find(code);
  return found == by_code_.end() ? nullptr : &sessions_.at(found->second);
}

Session* SessionBook::find_by_key(const std::string& key) {
  for (auto& [number, session] : sessions_) {
    if (!key.empty() && session.key == key) return &session;
  }
  return nullptr;
}

Session* SessionBook::of(UnitId unit) {
  const auto found = sessions_.find(unit.session());
  return found == sessions_.end() ? nullptr : &found->second;
}

const Seat* SessionBook::seat(const std::string& participant) const {
  const auto found = participants_.find(participant);
  if (found == participants_.end()) return nullptr;
  return &sessions_.at(found->second.first).seats[found->second.second];
}

const AnyApp* SessionBook::app(const std::string& name) const {
  const auto same = [&](const AnyApp& each) { return each->name == name; };
  const auto found = std::find_if(apps_.begin(), apps_.end(), same);
  return found == apps_.end() ? nullptr : &*found;
}

std::vector<std::string> SessionBook::members(const Session& session, UnitId unit) const {
  std::vector<std::string> codes;
  for (const Seat& seat : session.seats) {
    if (seat.unit == unit) codes.push_back(seat.code);
  }
  return codes;
}

Value SessionBook::describe(const Session& session) const {
  std::vector<Value> participants;
  for (const Seat& seat : session.seats) {
    Value entry = Value::object();
    entry.set("code", seat.code);
    entry.set("unit", static_cast<std::int64_t>(seat.unit.index()));
    entry.set("player", static_cast<std::int64_t>(seat.player));
    entry.set("claimed", seat.claimed);
    participants.push_back(std::move(entry));
  }
  Value value = Value::object();
  value.set("code", session.code);
  value.set("app", session.app);
  value.set("number", static_cast<std::int64_t>(session.number));
  value.set("created", session.created);
  value.set("demo", session.demo);
  value.set("closed", session.closed);
  value.set("participants", Value(participants));
  return value;
}

Value SessionBook::describe_all(bool demo_only) const {
  std::vector<Value> all;
  for (auto entry = sessions_.rbegin(); entry != sessions_.rend(); ++entry) {
    if (!demo_only || entry->second.demo) all.push_back(describe(entry->second));
  }
  return Value(all);
}

std::string SessionBook::stored_form(const Session& session) const {
  Value value = describe(session);
  value.set("key", session.key);
  value.set("seed", std::to_string(session.seed));
  value.set("decimals", Money::decimals());
  value.set("config", Value::object());
  return value.dump();
}

std::string SessionBook::fresh_code() const {
  std::string code;
  do {
    code.clear();
    for (const unsigned char byte : random_bytes<std::array<unsigned char, 8>>()) {
      code += code_alphabet[byte % code_alphabet.size()];
    }
  } while (participants_.contains(code) || by_code_.contains(code));
  return code;
}

}  // namespace rialto
