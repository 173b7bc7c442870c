// New sessions: asked for, made apart from the directory, entered into its book when they are made.
#include "actors/directory.h"
#include "actors/session_maker.h"
#include "storage/erasure_notes.h"

namespace rialto {
namespace {

// What one commit takes a millisecond or two for.
constexpr std::size_t writes_at_once = 512;
constexpr std::size_t bytes_at_once = 256 * 1024;

std::vector<Write> next_piece(Making& making) {
  std::vector<Write> piece;
  std::size_t bytes = 0;
  while (making.stored < making.writes.size() && piece.size() < writes_at_once &&
         bytes < bytes_at_once) {
    piece.push_back(std::move(making.writes[making.stored++]));
    bytes += piece.back().value.size();
  }
  return piece;
}

}  // namespace

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
    const MakingPtr making = to_make_.front();
    const std::uint64_t request = making->wish.request;
    making->draws = SessionDraws(making->wish.seed);
    if (is_known_already(*making)) {
      to_make_.pop_front();
    } else if (auto session = book_->plan(making->wish, making->draws, setup_->clock->now());
               !session) {
      caf::anon_send(making->asker, SessionAnswer{request, session.error().message, {}});
      to_make_.pop_front();
    } else {
      making->session = *std::move(session);
      return seat_all(making);
    }
  }
}

void Directory::seat_all(const MakingPtr& making) {
  if (book_->seat_some(making->session, making->wish, making->draws, making->seated)) {
    return send(maker_, making);
  }
  go_on_soon([this, making] { seat_all(making); });
}

// The same key gives the same session again.
bool Directory::is_known_already(const Making& making) {
  const CreateSession& wish = making.wish;
  const Session* const same = book_->find_by_key(wish.key);
  if (same == nullptr) return false;
  std::string problem;
  if (same->config != wish.config) {
    problem = "the key \"" + wish.key + "\" was used for a session of " + same->config;
  } else if (!wish.room.empty() && same->room != wish.room) {
    problem = "the key \"" + wish.key + "\" was used for the session " + same->code +
              ", which is not in the room " + wish.room;
  }
  if (!problem.empty()) {
    caf::anon_send(making.asker, SessionAnswer{wish.request, std::move(problem), {}});
    return true;
  }
  // Its own commit may still be on its way: the answer goes after it.
  describe(*same, [this, request = wish.request, asker = making.asker](Value description) {
    answer_when_durable({}, asker, {request, {}, std::move(description)});
  });
  return true;
}

void Directory::on_made(const MakingPtr& making) {
  if (making->outcome) return store_next(making);
  book_->drop(making->session);
  caf::anon_send(making->asker,
                 SessionAnswer{making->wish.request, making->outcome.error().message, {}});
  end_making();
}

// A large session becomes durable piece by piece: what others wait for is committed in between. A
// note says that it is to be erased until the last piece takes that back.
void Directory::store_next(const MakingPtr& making) {
  const Session& session = making->session;
  Write note = erasing_note(session.number, session.code, true);
  const bool is_first = making->stored == 0;
  std::vector<Write> writes = next_piece(*making);
  const bool is_last = making->stored == making->writes.size();
  if (!is_last) {
    if (is_first) {
      writes.push_back(std::move(note));
      writes.push_back(next_session_write(session.number + 1));
    }
    return store(std::move(writes), [self = caf::actor_cast<caf::actor>(this), making] {
      caf::anon_send(self, taken_atom::value, making);
    });
  }
  if (!is_first) writes.push_back({std::move(note.key), {}, true});
  making->described.set("stuck", Value::empty_list());
  SessionAnswer answer{making->wish.request, {}, std::move(making->described)};
  book_->enter(std::move(making->session));
  answer_when_durable(std::move(writes), making->asker, std::move(answer));
  end_making();
}

void Directory::end_making() {
  to_make_.pop_front();
  make_next();
}

}  // namespace rialto
