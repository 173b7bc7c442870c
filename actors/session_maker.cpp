#include "actors/session_maker.h"

#include <utility>

#include "actors/errors.h"
#include "actors/printed.h"
#include "actors/questions.h"
#include "actors/session_book.h"
#include "storage/keys.h"
#include "storage/personal_part.h"
#include "storage/record_chain.h"

namespace rialto {

SessionMaker::SessionMaker(const SessionBook& book, const Session& session, RunningSlots* slots,
                           std::uint64_t made_as)
    : book_(book),
      session_(session),
      slots_(slots),
      made_as_(made_as),
      vars_(session.seats.size(), Value::object()),
      places_(session.seats.size()) {}

Result<void> SessionMaker::make(std::int64_t now, std::vector<Write>& writes) {
  for (std::uint32_t index = 0; index < session_.units(); ++index) {
    const UnitId id = UnitId::of(session_.number, index);
    try {
      make_unit(id, now);
    } catch (...) {
      return Error{ErrorKind::invalid, session_.stages[session_.stage_of(id)].app +
                                           " cannot begin (its constructors, creating_session, or "
                                           "the first page's is_displayed): " +
                                           what_is_caught()};
    }
  }
  for (std::uint32_t index = 0; index < session_.units(); ++index) {
    const UnitId id = UnitId::of(session_.number, index);
    if (session_.stage_of(id) == 0) bring_up_to_date(id, records_[index]);
    std::string block;
    RecordChain(id).append(records_[index], block);
    writes.push_back({keys::records(id, 1), std::move(block)});
    if (holds_personal(records_[index])) writes.push_back(personal_write(id, records_[index]));
  }
  writes.push_back({keys::questions(session_.number), questions_.dump()});
  if (!state_.taken.empty()) {
    writes.push_back({keys::session_state(session_.number), state_.stored_form()});
  }
  return {};
}

void SessionMaker::make_unit(UnitId id, std::int64_t now) {
  const auto [first, last] = session_.members(id);
  Unit::Setup setup = book_.unit_setup(session_, id);
  setup.slots = slots_;
  setup.made_as = made_as_;
  setup.board = nullptr;
  Unit unit(*book_.app(session_, id), std::move(setup));
  unit.see_session(state_.values);  // what the units before it have written
  const auto begin = vars_.begin();
  records_.push_back(unit.create(now, {begin + static_cast<std::ptrdiff_t>(first),
                                       begin + static_cast<std::ptrdiff_t>(last)}));
  if (unit.session_writes(records_.back()) != nullptr) {
    state_.values = unit.roster().session_values().vars();
    state_.taken[id.index()] = records_.back().sequence;
  }
  log_printed(unit.take_printed());
  if (const Stage& stage = session_.stages[session_.stage_of(id)]; stage.first_unit == id.index()) {
    const Model& player = unit.roster().example(Roster::Kind::player);
    questions_.set(stage.app, questions_of(unit.app(), player));
  }
  for (std::size_t index = first; index < last; ++index) {
    const auto player = static_cast<std::uint32_t>(index - first) + 1;
    vars_[index] = unit.baggage(player)["vars"];
    if (session_.stage_of(id) != 0) continue;
    const Participant& participant = unit.roster().participant(player);
    for (const Column* column : participant.columns()) {
      if (column->name() == "vars") places_[index] = {participant.object_number(), column->index()};
    }
  }
}

// What later apps' hooks have set is what the participant starts with.
void SessionMaker::bring_up_to_date(UnitId id, Record& record) const {
  if (session_.stages.size() == 1) return;
  const auto [first, last] = session_.members(id);
  for (std::size_t index = first; index < last; ++index) {
    record.changes.push_back({places_[index].object, places_[index].field, vars_[index].dump()});
  }
}

namespace {

// The same wish again, whatever its key.
std::uint64_t digest_of(const CreateSession& wish, const Session& session) {
  return digest(wish.config + '\n' + session.values->dump() + '\n' +
                std::to_string(session.seats.size()));
}

void make(Making& making, const SessionBook& book, RunningSlots* slots) {
  const Session& session = making.session;
  for (std::uint32_t index = 0; index < session.seats.size(); ++index) {
    const std::string& label = session.seats[index].label;
    if (!label.empty()) making.writes.push_back({keys::label(session.number, index), label});
  }
  SessionMaker maker(book, session, slots, digest_of(making.wish, session));
  making.outcome = maker.make(session.created, making.writes);
  session.board->show(std::make_shared<const SessionState>(maker.state()));
  making.writes.push_back({keys::session(session.number), session.stored_form()});
  making.described = session.describe();
}

}  // namespace

caf::behavior session_making(caf::event_based_actor* self, std::shared_ptr<const SessionBook> book,
                             RunningSlots* slots) {
  return {
      [self, book = std::move(book), slots](const MakingPtr& making) {
        try {
          make(*making, *book, slots);
        } catch (...) {
          making->outcome = Error{ErrorKind::invalid, what_is_caught()};
        }
        self->send(caf::actor_cast<caf::actor>(self->current_sender()), making);
      },
  };
}

}  // namespace rialto
