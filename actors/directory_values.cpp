// What groups write into their session: one order for all of them, made durable, shown to all. A
// write stands under a key of its own from its record's commit until it is in the session's values,
// so it gets there once (rules.md 10 has the same for participants on their way).
#include <spdlog/spdlog.h>

#include "actors/directory.h"
#include "actors/errors.h"
#include "storage/keys.h"

namespace rialto {
namespace {

void take(SessionState& state, const SessionWritten& written, const std::string& session) {
  for (const SessionWrite& write : read_session_writes(written.writes)) {
    try {
      apply_session_write(state.values, write);
    } catch (const AppError& error) {
      spdlog::error("session {}: what another group has set came first, so {}", session,
                    error.what());
    }
  }
  state.taken[written.unit.index()] = written.record;
}

}  // namespace

void Directory::on_written(const SessionWritten& written) {
  Session* const session = book_->of(written.unit);
  if (session == nullptr) return;
  session->written.push_back(written);
  take_written(*session);
}

// All that is there at once; what comes meanwhile goes together in the next. The state and the end
// of the keys are one commit, so nothing that comes here was taken before: also not where a unit's
// records begin again below what is noted as taken, in a store that was salvaged.
void Directory::take_written(Session& session) {
  if (session.written.empty() || !storing_values_.insert(session.number).second) return;
  auto state = std::make_shared<SessionState>(*session.board->read());
  std::vector<Write> writes;
  for (const SessionWritten& written : std::exchange(session.written, {})) {
    writes.push_back({keys::session_write(written.unit, written.record), {}, true});
    take(*state, written, session.code);
  }
  writes.push_back({keys::session_state(session.number), state->stored_form()});
  store(std::move(writes), [self = caf::actor_cast<caf::actor>(this), board = session.board, state,
                            number = session.number] {
    board->show(state);
    caf::anon_send(self, taken_atom::value, number);
  });
}

void Directory::on_values_stored(std::uint32_t number) {
  storing_values_.erase(number);
  if (Session* const session = book_->of(UnitId::of(number, 0))) take_written(*session);
}

}  // namespace rialto
