// The actor that stands for one I/O thread: what units and the directory say to it is kept until
// the thread looks (one wake-up, however many messages), and what the thread says goes out under
// its name. Owned by the IoThread; messages to it come in on any thread, the rest happens on the
// I/O thread. Guarantees: messages are handed over in the order of arrival; a unit that ended is
// reported before its successor's answers.
#pragma once

#include <caf/actor.hpp>
#include <caf/actor_system.hpp>

#include "gateway/actors_port.h"

namespace rialto {

// Actors that speak to `directory`. The system outlives the gateway.
ActorsFactory gateway_actors(caf::actor_system& system, caf::actor directory);

}  // namespace rialto
