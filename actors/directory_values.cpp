// What groups write into their session: one order for all of them, made durable, shown to all. A
// write stands under a key of its own from its record's commit until it is in the session's values,
// so it gets there once (rules.md 10 has the same for participants on their way).
#include <spdlog/spdlog.h>

#include "actors/directory.h"
#include "actors/errors.h"
#include "storage/keys.h"

namespace rialto {
namespace {

// Shows the values once they are stored, and tells the directory.
class ValuesStored final : public Commit {
 public:
  ValuesStored(caf::actor directory, std::shared_ptr<SessionBoard> board,
               std::shared_ptr<const SessionState> state, std::uint32_t session)
      : directory_(std::move(directory)),
        board_(std::move(board)),
        state_(std::move(state)),
        session_(session) {}
  void committed() noexcept override {
    board_->show(std::move(state_));
    caf::anon_send(directory_, taken_atom::value, session_);
  }

 private:
  caf::actor directory_;
  std::shared_ptr<SessionBoard> board_;
  std::shared_ptr<const SessionState> state_;
  std::uint32_t session_;
};

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
  auto commit = std::make_unique<ValuesStored>(caf::actor_cast<caf::actor>(this), session.board,
                                               std::move(state), session.number);
  commit->writes = std::move(writes);
  setup_->commits->submit(std::move(commit));
}

void Directory::on_values_stored(std::uint32_t number) {
  storing_values_.erase(number);
  if (Session* const session = book_->of(UnitId::of(number, 0))) take_written(*session);
}

}  // namespace rialto
