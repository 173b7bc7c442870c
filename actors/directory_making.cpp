// New sessions: asked for, made apart from the directory, entered into its book when they are made.
#include "actors/directory.h"
#include "actors/session_maker.h"

namespace rialto {

// One after the other, so that a key or a room is never given twice.
void Directory::on_create(const CreateSession& wish) {
  auto making = std::make_shared<Making>();
  making->wish = wish;
  making->asker = caf::actor_cast<caf::actor>(current_sender());
  to_make_.push_back(std::move(making));
  if (to_make_.size() == 1) make_next();
}

void Directory::make_next() {
  while (!to_make_.empty()) {
    const MakingPtr& making = to_make_.front();
    const std::uint64_t request = making->wish.request;
    if (auto known = known_already(making->wish)) {
      // Its own commit may still be on its way: the answer goes after it.
      answer_when_durable({}, making->asker, std::move(*known));
    } else if (auto session = book_->plan(making->wish, setup_->clock->now()); !session) {
      caf::anon_send(making->asker, SessionAnswer{request, session.error().message, {}});
    } else {
      making->session = *std::move(session);
      return send(maker_, making);
    }
    to_make_.pop_front();
  }
}

// The same key gives the same session again.
std::optional<SessionAnswer> Directory::known_already(const CreateSession& wish) {
  const Session* const same = book_->find_by_key(wish.key);
  if (same == nullptr) return std::nullopt;
  std::string problem;
  if (same->config != wish.config) {
    problem = "the key \"" + wish.key + "\" was used for a session of " + same->config;
  } else if (!wish.room.empty() && same->room != wish.room) {
    problem = "the key \"" + wish.key + "\" was used for the session " + same->code +
              ", which is not in the room " + wish.room;
  }
  if (!problem.empty()) return SessionAnswer{wish.request, std::move(problem), {}};
  return SessionAnswer{wish.request, {}, describe(*same)};
}

void Directory::on_made(Making& making) {
  const std::uint64_t request = making.wish.request;
  if (making.outcome) {
    const std::string code = making.session.code;
    book_->enter(std::move(making.session));
    answer_when_durable(std::move(making.writes), making.asker,
                        {request, {}, describe(*book_->find(code))});
  } else {
    caf::anon_send(making.asker, SessionAnswer{request, making.outcome.error().message, {}});
  }
  to_make_.pop_front();
  make_next();
}

}  // namespace rialto
