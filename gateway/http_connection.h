// One HTTP/1.1 connection: reads requests (Boost.Beast's parser), lets the Site answer them one
// after the other, and turns into a WebSocket where asked to. Held by its IoThread. Guarantees:
// size and time of a request are bounded; an I/O error ends this connection and nothing else.
#pragma once

#include "gateway/socket.h"

namespace rialto {

class IoThread;

void serve_http(IoThread& thread, Socket socket);

}  // namespace rialto
