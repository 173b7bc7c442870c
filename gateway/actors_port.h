// The seam between one I/O thread and the actors: what the gateway says (Actors), and what comes
// back (ActorsListener). GatewayActor is the one real Actors; tests stand in its place without CAF.
// Owned by an IoThread and used on it alone; only the `wake` handed to the factory may be called
// anywhere. Guarantee: the listener is called only from within `drain`, on the I/O thread, in the
// order of arrival.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>

#include "actors/messages.h"

namespace rialto {

class ActorsListener {
 public:
  virtual ~ActorsListener() = default;
  virtual void answered(PageAnswer answer) = 0;
  virtual void answered(SessionAnswer answer) = 0;
  virtual void joined(const Joined& joined) = 0;
  virtual void piece(const HistoryPiece& piece) = 0;
  virtual void released(const Release& release) = 0;
  // The unit's session is closed.
  virtual void unit_closed(UnitId unit) = 0;
  // The unit's actor ended while connections may still hang on it: they must connect anew.
  virtual void unit_gone(UnitId unit) = 0;
};

class Actors {
 public:
  virtual ~Actors() = default;

  // To the directory. `request` comes back in the answer.
  virtual void open_page(OpenPage open) = 0;
  virtual void submit_page(SubmitPage submit) = 0;
  virtual void join(Join join) = 0;
  virtual void create_session(CreateSession create) = 0;
  virtual void describe_sessions(DescribeSessions describe) = 0;
  virtual void claim_seat(ClaimSeat claim) = 0;
  virtual void visit_room(VisitRoom visit) = 0;
  virtual void ask_health(AskHealth question) = 0;

  // To a unit that has answered a join of this thread and was not forgotten since.
  virtual void send(UnitId unit, Inputs inputs) = 0;
  virtual void pull(UnitId unit, PullHistory pull) = 0;
  virtual void leave(UnitId unit, Leave leave) = 0;
  // No connection of this thread is left on the unit.
  virtual void forget(UnitId unit) = 0;

  // Hands over all that has arrived since the last call.
  virtual void drain(ActorsListener& listener) = 0;
};

// Makes the Actors of the I/O thread `number`. `wake` may be called on any thread, also after the
// thread has ended; it leads to one `drain` soon.
using ActorsFactory =
    std::function<std::unique_ptr<Actors>(std::uint16_t number, std::function<void()> wake)>;

}  // namespace rialto
