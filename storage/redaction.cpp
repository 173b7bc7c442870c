#include "storage/redaction.h"

#include <algorithm>
#include <functional>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "storage/erasure_notes.h"
#include "storage/keys.h"
#include "storage/late_marks.h"
#include "storage/personal_part.h"
#include "storage/rocks_store.h"
#include "storage/unit_description.h"

namespace rialto {
namespace {

using Json = nlohmann::ordered_json;

// 'm' "erasing " number -> what was erased of this session and may still be in files.
keys::Range erasing_range() { return {keys::meta("erasing "), keys::meta("erasing!")}; }

enum class Extent : std::uint8_t { personal, whole };

std::vector<keys::Range> ranges_of(std::uint32_t session, Extent extent) {
  if (extent == Extent::whole) return keys::all_of_session(session);
  return {keys::personal_of_session(session), keys::labels_of_session(session),
          keys::snapshots_of_session(session), keys::why_stuck_of_session(session)};
}

struct Found {
  SessionDescription session;
  std::uint32_t participant = keys::everyone;
};

// The session for which `is_it` gives a participant, or `everyone`.
Result<Found> find_session(
    const Store& store, const std::string& what,
    const std::function<std::optional<std::uint32_t>(const SessionDescription&)>& is_it) {
  std::optional<Found> found;
  Result<void> outcome;
  const auto look = [&](std::string_view, std::string_view json) {
    auto session = parse_session(json);
    if (!session) outcome = session.error();
    const auto who = session ? is_it(*session) : std::nullopt;
    if (who) found = Found{std::move(*session), *who};
    return bool{outcome} && !found;
  };
  const auto scanned = store.scan(keys::sessions_begin(), keys::sessions_end(), look);
  if (!scanned) return scanned.error();
  if (!outcome) return outcome.error();
  if (!found) return Error{ErrorKind::not_found, "there is no " + what};
  return *std::move(found);
}

Result<Found> find_session(const Store& store, const std::string& code) {
  return find_session(store, "session " + code, [&](const SessionDescription& session) {
    return session.code == code ? std::optional(keys::everyone) : std::nullopt;
  });
}

Result<void> check_open(const SessionDescription& session, OpenSessions open) {
  if (session.closed || open == OpenSessions::take) return {};
  return Error{ErrorKind::conflict, "session " + session.code +
                                        " is still open: close it first (rialto session close " +
                                        session.code + ", while the server runs)"};
}

// Is all that is personal where a redaction finds it?
Result<void> check_apart(const Store& store, const SessionDescription& session) {
  const std::string only_whole =
      ": it can only be deleted whole (rialto session delete " + session.code + ")";
  if (!session.personal_apart) {
    return Error{ErrorKind::invalid, "session " + session.code +
                                         " was made by an older Rialto, which kept personal data "
                                         "among all others" +
                                         only_whole};
  }
  const auto late = field_marked_late(store, session.number);
  if (!late) return late.error();
  if (late->empty()) return {};
  return Error{ErrorKind::invalid, "in session " + session.code + " the field " + *late +
                                       " was marked personal only after values of it had been "
                                       "stored among all others" +
                                       only_whole};
}

// Collects what one erasure writes.
class Eraser {
 public:
  Eraser(Store& store, const SessionDescription& session) : store_(store), session_(session) {
    erasure_.session = session.code;
  }

  // Everything in a range; counts it.
  Result<std::uint64_t> erase(const keys::Range& range) {
    std::uint64_t count = 0;
    auto scanned = store_.scan(range.from, range.to, [&](std::string_view key, std::string_view) {
      writes_.push_back({std::string(key), {}, true});
      ++count;
      return true;
    });
    if (!scanned) return scanned.error();
    return count;
  }

  // The personal parts of records in a range, but for what `keeps` leaves in them.
  Result<void> redact_parts(const keys::Range& range,
                            const std::function<void(PersonalPart&)>& redact) {
    Result<void> outcome;
    const auto take = [&](std::string_view key, std::string_view bytes) {
      auto part = decode_personal_part(bytes);
      if (!part) outcome = part.error();
      if (!part) return false;
      const std::uint32_t before = part->size();
      redact(*part);
      const std::uint32_t after = part->size();
      if (after == before) return true;
      erasure_.values += before - after;
      writes_.push_back({std::string(key), after == 0 ? "" : encode(*part), after == 0});
      return true;
    };
    const auto scanned = store_.scan(range.from, range.to, take);
    return scanned ? outcome : scanned;
  }

  Result<void> erase_label(std::uint32_t participant) {
    const std::string key = keys::label(session_.number, participant);
    const auto label = store_.get(key);
    if (!label) return label.error().kind == ErrorKind::not_found ? Result<void>() : label.error();
    writes_.push_back({key, {}, true});
    ++erasure_.labels;
    return {};
  }

  // What else repeats what records say.
  void erase_copies(UnitId unit) {
    writes_.push_back({keys::snapshot(unit), {}, true});
    writes_.push_back({keys::why_stuck(unit), {}, true});
  }

  // Remembers that it was done: what is missing from now on was erased, not lost.
  Result<void> remember(std::uint32_t participant, std::int64_t now) {
    const std::string key = keys::redaction(session_.number, participant);
    Redaction redaction{now};
    if (const auto before = store_.get(key)) {
      const auto known = parse_redaction(*before);
      if (!known) return known.error();
      redaction = *known;
    } else if (before.error().kind != ErrorKind::not_found) {
      return before.error();
    }
    redaction.values += erasure_.values;
    redaction.labels += erasure_.labels;
    writes_.push_back({key, to_json(redaction)});
    return {};
  }

  Result<void> never_again(std::uint32_t number) {
    const auto next = next_session(store_);
    if (!next) return next.error();
    writes_.push_back(next_session_write(std::max(*next, number + 1)));
    return {};
  }

  Erasure& erasure() { return erasure_; }

  Result<Erasure> finish(Extent extent) {
    writes_.push_back(erasing_note(session_.number, session_.code, extent == Extent::whole));
    if (auto written = store_.write(writes_); !written) return written.error();
    return std::move(erasure_);
  }

 private:
  Store& store_;
  const SessionDescription& session_;
  Erasure erasure_;
  std::vector<Write> writes_;
};

void redact_all(PersonalPart& part) { part = {}; }

// Leaves what is of others alone. What is of a group is of each of its members.
void redact_seat(PersonalPart& part, std::uint32_t seat) {
  const auto is_theirs = [&](std::uint32_t whose) { return whose == seat || whose == 0; };
  if (std::ranges::any_of(part.concerns, is_theirs)) {
    part.input.reset();
    for (auto& payload : part.payloads) payload.reset();
  }
  for (PersonalPart::OwnedValue& owned : part.values) {
    if (is_theirs(owned.seat)) owned.value.reset();
  }
}

Result<void> redact_units(Eraser& eraser, const SessionDescription& session,
                          std::uint32_t participant) {
  for (const StageDescription& stage : session.stages) {
    if (stage.group_size == 0) return Error{ErrorKind::corrupt, "a group of nobody"};
    const UnitId unit =
        UnitId::of(session.number, stage.first_unit + participant / stage.group_size);
    const std::uint32_t seat = participant % stage.group_size + 1;
    const auto redact = [&](PersonalPart& part) { redact_seat(part, seat); };
    if (auto done = eraser.redact_parts(keys::personal_of(unit), redact); !done) return done;
    eraser.erase_copies(unit);
  }
  return {};
}

}  // namespace

Result<Erasure> redact_session(Store& store, const std::string& code, OpenSessions open,
                               std::int64_t now) {
  const auto found = find_session(store, code);
  if (!found) return found.error();
  const SessionDescription& session = found->session;
  if (auto may = check_open(session, open); !may) return may.error();
  if (auto can = check_apart(store, session); !can) return can.error();
  Eraser eraser(store, session);
  const keys::Range parts = keys::personal_of_session(session.number);
  if (auto done = eraser.redact_parts(parts, redact_all); !done) return done.error();
  const auto labels = eraser.erase(keys::labels_of_session(session.number));
  if (!labels) return labels.error();
  eraser.erasure().labels = *labels;
  const auto snapshots = eraser.erase(keys::snapshots_of_session(session.number));
  if (!snapshots) return snapshots.error();
  const auto whys = eraser.erase(keys::why_stuck_of_session(session.number));
  if (!whys) return whys.error();
  if (auto done = eraser.remember(keys::everyone, now); !done) return done.error();
  return eraser.finish(Extent::personal);
}

Result<Erasure> redact_participant(Store& store, const std::string& code, OpenSessions open,
                                   std::int64_t now) {
  const auto found =
      find_session(store, "participant " + code,
                   [&](const SessionDescription& session) -> std::optional<std::uint32_t> {
                     const auto who = std::ranges::find(session.participants, code);
                     if (who == session.participants.end()) return std::nullopt;
                     return static_cast<std::uint32_t>(who - session.participants.begin());
                   });
  if (!found) return found.error();
  const SessionDescription& session = found->session;
  if (auto may = check_open(session, open); !may) return may.error();
  if (auto can = check_apart(store, session); !can) return can.error();
  Eraser eraser(store, session);
  if (auto done = redact_units(eraser, session, found->participant); !done) return done.error();
  if (auto done = eraser.erase_label(found->participant); !done) return done.error();
  if (auto done = eraser.remember(found->participant, now); !done) return done.error();
  return eraser.finish(Extent::personal);
}

Result<Erasure> delete_session(Store& store, const std::string& code, OpenSessions open) {
  const auto found = find_session(store, code);
  if (!found) return found.error();
  const SessionDescription& session = found->session;
  if (auto may = check_open(session, open); !may) return may.error();
  Eraser eraser(store, session);
  for (const keys::Range& range : keys::all_of_session(session.number)) {
    if (auto erased = eraser.erase(range); !erased) return erased.error();
  }
  if (auto done = eraser.never_again(session.number); !done) return done.error();
  return eraser.finish(Extent::whole);
}

namespace {

// Of a session that was being made when the process ended, keys are still there.
Result<void> erase_what_is_there(Store& store, const std::vector<keys::Range>& ranges) {
  std::vector<Write> writes;
  for (const keys::Range& range : ranges) {
    const auto scanned =
        store.scan(range.from, range.to, [&](std::string_view key, std::string_view) {
          writes.push_back({std::string(key), {}, true});
          return true;
        });
    if (!scanned) return scanned;
  }
  return writes.empty() ? Result<void>() : store.write(writes);
}

}  // namespace

Result<std::vector<std::string>> finish_erasures(RocksStore& store) {
  std::vector<std::string> codes;
  std::vector<Write> done;
  std::vector<keys::Range> ranges;
  std::vector<keys::Range> whole;
  Result<void> outcome;
  const auto take = [&](std::string_view key, std::string_view text) {
    try {
      const Json erasing = Json::parse(text);
      const Extent extent = erasing.at("whole").get<bool>() ? Extent::whole : Extent::personal;
      codes.push_back(erasing.at("code"));
      for (keys::Range& range : ranges_of(erasing.at("session"), extent)) {
        if (extent == Extent::whole) whole.push_back(range);
        ranges.push_back(std::move(range));
      }
      done.push_back({std::string(key), {}, true});
    } catch (const Json::exception& error) {
      outcome = Error{ErrorKind::corrupt, std::string("not an erasure: ") + error.what()};
    }
    return bool{outcome};
  };
  const auto [from, to] = erasing_range();
  if (auto scanned = store.scan(from, to, take); !scanned) return scanned.error();
  if (!outcome) return outcome.error();
  if (codes.empty()) return codes;
  if (auto erased = erase_what_is_there(store, whole); !erased) return erased.error();
  if (auto forgotten = store.forget(ranges); !forgotten) return forgotten.error();
  if (auto written = store.write(done); !written) return written.error();
  // The codes of sessions that are no more were here, too.
  const keys::Range memory = erasing_range();
  if (auto forgotten = store.forget({&memory, 1}); !forgotten) return forgotten.error();
  return codes;
}

}  // namespace rialto
