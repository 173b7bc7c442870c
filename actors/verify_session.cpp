#include "actors/verify_session.h"

#include "actors/session_maker.h"
#include "actors/unit_records.h"

namespace rialto {
namespace {

// The units' first records as they are made today.
Result<std::vector<Record>> made_anew(const SessionBook& book, const Session& session) {
  std::vector<Write> writes;
  SessionMaker maker(book, session);
  if (auto made = maker.make(session.created, writes); !made) return made.error();
  return maker.records();
}

}  // namespace

Result<Verified> verify_session(const Reader& store, const SessionBook& book,
                                const Session& session, Builds builds) {
  for (const Stage& stage : session.stages) {
    if (book.app(stage.app) != nullptr) continue;
    return Error{ErrorKind::not_found, "session " + session.code + " has the app " + stage.app +
                                           ", which is not there; --app names its library"};
  }
  const auto anew = made_anew(book, session);
  if (!anew) return anew.error();
  const Redacted redacted = session.redacted ? Redacted::yes : Redacted::no;
  Verified verified;
  verified.redacted = session.redacted_labels;
  for (std::uint32_t index = 0; index < session.units(); ++index) {
    const UnitId id = UnitId::of(session.number, index);
    Unit::Setup setup = book.unit_setup(session, id);
    setup.board = nullptr;  // each record says what was seen of it
    auto empty = std::make_unique<Unit>(*book.app(session, id), std::move(setup));
    Reexecution unit(std::move(empty), builds, redacted);
    const auto read = each_record(store, id, 1, [&](const Record& record) {
      return record.sequence == 1 ? unit.begin(record, (*anew)[index]) : unit.take(record);
    });
    if (!read && read.error().kind != ErrorKind::corrupt) return read.error();
    ++verified.units;
    verified.same += unit.same();
    verified.taken += unit.taken();
    verified.redacted += unit.redacted();
    if (read && !unit.difference()) continue;
    const std::string what =
        read ? *unit.difference() : "it cannot be read: " + read.error().message;
    verified.differences.push_back(session.stages[session.stage_of(id)].app + ", unit " +
                                   std::to_string(index) + ": " + what);
  }
  return verified;
}

}  // namespace rialto
