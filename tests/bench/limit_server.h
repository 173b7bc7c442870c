// The peer every figure stands beside: a bare Beast WebSocket server with the same fan-out and the
// same frames as Rialto, coalesced writes, no actors, no storage, no numbers checked. What a
// message costs without any promise. Run in a process of its own by `rialto-bench`, on the core the
// server is on. Guarantee: answers the load engine's frames as a live page's server does.
// Limitation: no errors, no reconnects, nothing bounded: it is a limit, not a server.
#pragma once

namespace rialto::bench {

// Serves 127.0.0.1 on a port of the system's choice, prints it on a line of its own, and runs until
// standard input ends. Participants are "/p/gG-P/key": seat P of group G.
int serve_limit();

}  // namespace rialto::bench
