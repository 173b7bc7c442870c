#include "actors/session_book.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <iterator>
#include <set>

#include "actors/stored_value.h"
#include "storage/erasure_notes.h"
#include "storage/keys.h"
#include "storage/session_scan.h"

namespace rialto {
namespace {

// Codes are as oTree's: 8 of [a-z0-9], without the letters and digits that are taken for each
// other.
constexpr std::string_view code_alphabet = "abcdefghijkmnpqrstuvwxyz23456789";
constexpr std::uint32_t most_participants = 100'000;
// Sessions and participants in one piece of a list.
constexpr std::size_t described_at_once = 1000;

Error refuse(std::string sentence) { return {ErrorKind::invalid, std::move(sentence)}; }

Error unreadable(const std::string& why) {
  return {ErrorKind::corrupt, "a stored session cannot be read: " + why};
}

Result<void> check_labels(const std::vector<std::string>& labels, std::size_t participants) {
  if (labels.size() > participants) {
    return refuse("there are " + std::to_string(labels.size()) + " labels for " +
                  std::to_string(participants) + " participants");
  }
  std::set<std::string> seen;
  for (const std::string& label : labels) {
    if (label.empty()) return refuse("a label is empty");
    if (!seen.insert(label).second) return refuse("two participants have the label " + label);
  }
  return {};
}

// How many a session is to have, if nobody said so: one for each label, or as the config has it.
std::uint32_t usual_participants(const CreateSession& wish, const SessionConfig& config,
                                 const std::vector<AnyApp>& apps) {
  if (wish.labels.empty()) return demo_size(config, apps);
  return static_cast<std::uint32_t>(wish.labels.size());
}

}  // namespace

SessionBook::SessionBook(const std::vector<AnyApp>& apps, const std::vector<SessionConfig>& configs,
                         const Limits& limits)
    : apps_(apps), configs_(offered_configs(configs, apps)), limits_(limits) {}

// -- reading
// ---------------------------------------------------------------------------------------

Result<void> SessionBook::load(const Reader& store) {
  const auto scanned = scan_sessions(
      store, [this](std::uint32_t, std::string_view text) { return enter_stored(text); });
  if (!scanned) return scanned.error();
  if (!scanned->damage.empty()) {
    spdlog::error("the descriptions of some sessions cannot be read, nor can these be played: {}",
                  scanned->damage);
  }
  // All others can be played.
  for (auto& [number, session] : sessions_) {
    const Result<void> seated = load_seats(store, session);
    if (seated) continue;
    session.damage = seated.error().message;
    spdlog::error("session {} cannot be played: {}", session.code, session.damage);
  }
  next_number_ = std::max(next_number_, scanned->free_number);
  return {};
}

std::vector<UnitId> SessionBook::due_units(const Reader& store) const {
  std::vector<UnitId> units;
  const auto visit = [&](std::string_view key, std::string_view) {
    units.push_back(keys::due_unit_of(key));
    return true;
  };
  const auto all = store.scan(keys::dues_begin(), keys::dues_end(), visit);
  if (all) return units;
  spdlog::error("what is due cannot be read everywhere; such sessions are woken whole: {}",
                all.error().message);
  units.clear();
  for (const auto& [number, session] : sessions_) {
    if (session.closed) continue;
    const std::size_t before = units.size();
    const UnitId first = UnitId::of(number, 0);
    const UnitId end = UnitId::of(number, session.units());
    if (store.scan(keys::due(first), keys::due(end), visit)) continue;
    units.resize(before);
    for (std::uint64_t unit = first.value; unit < end.value; ++unit) units.push_back({unit});
  }
  return units;
}

// Who has come, what their labels are, in which app they are now, and what was erased.
Result<void> SessionBook::load_seats(const Reader& store, Session& session) {
  const std::uint32_t number = session.number;
  Result<void> outcome;
  const auto each = [&](auto&& read) {
    return [&, read](std::string_view key, std::string_view value) {
      const std::uint32_t index = keys::participant_of(key);
      try {
        read(session.seats.at(index), index, value);
      } catch (const std::exception& error) {
        outcome = unreadable(session.code + ", participant " + std::to_string(index + 1) + ": " +
                             error.what());
      }
      return static_cast<bool>(outcome);
    };
  };
  const auto claimed = each([](Seat& seat, auto, auto) { seat.claimed = true; });
  const auto labelled = each([&](Seat&, std::uint32_t index, std::string_view label) {
    session.label(index, std::string(label));
  });
  const auto travelled = each([&](Seat&, std::uint32_t index, std::string_view text) {
    const auto stage = read_stored(text)["stage"].as<std::uint32_t>();
    if (stage >= session.stages.size()) throw std::runtime_error("there is no such app");
    session.seat(index, stage);
  });
  auto scanned = store.scan(keys::claims_begin(number), keys::claims_end(number), claimed);
  if (scanned) scanned = store.scan(keys::labels_begin(number), keys::labels_end(number), labelled);
  if (scanned) {
    scanned = store.scan(keys::travels_begin(number), keys::travels_end(number), travelled);
  }
  if (const Result<void> read = load_values(store, session); !read) return read;
  const auto redacted = [&](std::string_view, std::string_view text) {
    const auto count = parse_redaction(text);
    if (!count) outcome = unreadable(session.code + ": " + count.error().message);
    session.redacted = true;
    if (count) session.redacted_labels += count->labels;
    return static_cast<bool>(outcome);
  };
  if (scanned) {
    scanned = store.scan(keys::redactions_begin(number), keys::redactions_end(number), redacted);
  }
  return scanned ? outcome : scanned;
}

// What its groups have written into it, and what the process ended before it was there.
Result<void> SessionBook::load_values(const Reader& store, Session& session) {
  const std::string state = keys::session_state(session.number);
  Result<void> outcome;
  const auto visit = [&](std::string_view key, std::string_view text) {
    try {
      if (key == state) {
        session.board->show(std::make_shared<const SessionState>(read_session_state(text)));
        return true;
      }
      read_session_writes(text);  // so that nothing fails when they are taken
      const auto [unit, record] = keys::read_session_write(key);
      session.written.push_back({unit, record, std::string(text)});
    } catch (const std::exception& error) {
      outcome = unreadable(session.code + ", its values: " + error.what());
    }
    return static_cast<bool>(outcome);
  };
  const auto scanned = store.scan(state, keys::session_writes_end(session.number), visit);
  return scanned ? outcome : scanned;
}

// -- making
// ----------------------------------------------------------------------------------------

Result<Session> SessionBook::plan(const CreateSession& wish, SessionDraws& draws,
                                  std::int64_t now) {
  const SessionConfig* const known = find_config(configs_, wish.config);
  if (known == nullptr) {
    std::string names;
    for (const SessionConfig& each : configs_) names += (names.empty() ? "" : ", ") + each.name;
    return refuse("there is no app or session config \"" + wish.config + "\"; there are: " + names);
  }
  if (auto free = check_room(wish); !free) return free.error();
  const Result<SessionConfig> config = with_values(*known, wish.values);
  if (!config) return config.error();
  Result<Session> session = compose(wish, *config, draws);
  if (!session) return session.error();
  session->created = now;
  return session;
}

Result<Session> SessionBook::compose(const CreateSession& wish, const SessionConfig& config,
                                     SessionDraws& draws) const {
  const std::uint32_t participants =
      wish.participants != 0 ? wish.participants : usual_participants(wish, config, apps_);
  if (participants > most_participants) {
    return refuse("a session has at most " + std::to_string(most_participants) + " participants");
  }
  if (auto fits = check_participants(config, apps_, participants); !fits) return fits.error();
  if (auto fits = check_labels(wish.labels, participants); !fits) return fits.error();
  Session session;
  session.number = next_number_;
  session.code = fresh_code(draws);
  session.config = config.name;
  session.values = std::make_shared<const Value>(config.all_values());
  session.key = wish.key;
  session.room = wish.room;
  session.labelled = static_cast<std::uint32_t>(wish.labels.size());
  session.seed = draws.next();
  session.demo = wish.demo;
  session.bots = wish.bots;
  session.personal_apart = true;
  std::uint32_t first_unit = 0;
  for (const std::string& app : config.apps) {
    const AppModel& model = **find_app(apps_, app);
    const auto per_group = static_cast<std::uint32_t>(model.players_per_group);
    const std::uint32_t size = per_group == 0 || model.whole() ? participants : per_group;
    session.stages.push_back({app, first_unit, size});
    first_unit += participants / size;
  }
  session.seats.resize(participants);
  return session;
}

bool SessionBook::seat_some(Session& session, const CreateSession& wish, SessionDraws& draws,
                            std::size_t& seated) {
  const std::size_t end = std::min(seated + described_at_once, session.seats.size());
  for (; seated < end; ++seated) {
    Seat& seat = session.seats[seated];
    do {
      seat.code = fresh_code(draws);
    } while (seat.code == session.code);
    participants_[seat.code] = {session.number, seated};
    if (seated < wish.labels.size()) session.label(seated, wish.labels[seated]);
    session.seat(seated, 0);
  }
  return seated == session.seats.size();
}

void SessionBook::drop(const Session& planned) {
  for (const Seat& seat : planned.seats) participants_.erase(seat.code);
}

// Who comes to its room waits for the next one.
Write SessionBook::close(Session& session, std::int64_t now) {
  if (!std::exchange(session.closed, true)) {
    session.closed_at = now;
    session.closed_in = session.room;
  }
  return clear_room(session);
}

Write SessionBook::reopen(Session& session, std::int64_t now, bool may_have_room) {
  if (std::exchange(session.closed, false)) {
    session.closures.push_back({std::exchange(session.closed_at, 0), now});
    const std::string room = std::exchange(session.closed_in, {});
    if (may_have_room && !room.empty() && rooms_.try_emplace(room, session.number).second) {
      session.room = room;
    }
  }
  return {keys::session(session.number), session.stored_form()};
}

std::optional<Write> SessionBook::claim(const std::string& participant) {
  const auto [session, index] = participants_.at(participant);
  Seat& seat = sessions_.at(session).seats[index];
  if (std::exchange(seat.claimed, true)) return std::nullopt;
  return Write{keys::claim(session, static_cast<std::uint32_t>(index)), std::to_string(index)};
}

std::optional<SessionBook::Travel> SessionBook::travel(const HandOver& hand_over) {
  Session& session = *of(hand_over.unit);
  Travel travel;
  travel.participant = session.members(hand_over.unit).first + hand_over.player - 1;
  const Seat& seat = session.seats.at(travel.participant);
  travel.from = session.stage_of(hand_over.unit);
  const auto to = std::ranges::find(session.stages, hand_over.to_app, &Stage::app);
  travel.to = static_cast<std::uint32_t>(to - session.stages.begin());
  if (to == session.stages.end() || travel.to <= seat.stage) return std::nullopt;
  session.seat(travel.participant, travel.to);
  Value stored = hand_over.baggage;
  stored.set("stage", travel.to);
  travel.write = {keys::travel(session.number, static_cast<std::uint32_t>(travel.participant)),
                  stored.dump()};
  return travel;
}

Result<void> SessionBook::enter_stored(std::string_view text) {
  try {
    Session session = read_session(text);
    for (std::size_t index = 0; index < session.seats.size(); ++index) {
      participants_[session.seats[index].code] = {session.number, index};
    }
    enter(std::move(session));
    return {};
  } catch (const std::exception& error) {
    return unreadable(error.what());
  }
}

void SessionBook::enter(Session session) {
  next_number_ = std::max(next_number_, session.number + 1);
  by_code_[session.code] = session.number;
  if (!session.room.empty()) rooms_[session.room] = session.number;
  sessions_.insert_or_assign(session.number, std::move(session));
}

std::string SessionBook::fresh_code(SessionDraws& draws) const {
  std::string code;
  do {
    code.clear();
    std::uint64_t bytes = draws.next();
    for (int letter = 0; letter < 8; ++letter, bytes >>= 8U) {
      code += code_alphabet[(bytes & 0xFFU) % code_alphabet.size()];
    }
  } while (participants_.contains(code) || by_code_.contains(code));
  return code;
}

// -- looking
// ---------------------------------------------------------------------------------------

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
  const auto session = sessions_.find(found->second.session);  // it may be in the making
  return session == sessions_.end() ? nullptr : &session->second.seats[found->second.index];
}

const AnyApp* SessionBook::app(const Session& session, UnitId unit) const {
  return app(session.stages[session.stage_of(unit)].app);
}

Unit::Setup SessionBook::unit_setup(const Session& session, UnitId unit) const {
  Unit::Setup setup;
  setup.id = unit;
  setup.seed = session.seed;
  setup.limits = &limits_;
  const auto [first, last] = session.members(unit);
  for (std::size_t index = first; index < last; ++index) {
    setup.participants.push_back(session.seats[index].code);
    auto& labels = index < session.labelled ? setup.labels : setup.late_labels;
    labels.resize(index - first);  // those before may be of the other kind
    labels.push_back(session.seats[index].label);
    setup.ids_in_session.push_back(static_cast<std::uint32_t>(index) + 1);
  }
  setup.session = session.code;
  setup.config = session.values;
  setup.board = session.board;
  const std::uint32_t stage = session.stage_of(unit);
  setup.first_stage = stage == 0;
  for (std::size_t after = stage + 1; after < session.stages.size(); ++after) {
    setup.apps_after.push_back(session.stages[after].app);
  }
  return setup;
}

Value SessionBook::describe_some(const Session* before, bool demo_only) const {
  const auto end = before == nullptr ? sessions_.end() : sessions_.lower_bound(before->number);
  Value some = Value::empty_list();
  std::size_t described = 0;
  for (auto entry = std::make_reverse_iterator(end); entry != sessions_.rend(); ++entry) {
    if (described >= described_at_once) break;
    if (demo_only && !entry->second.demo) continue;
    some.append(entry->second.describe());
    described += 1 + entry->second.seats.size();
  }
  return some;
}

}  // namespace rialto
