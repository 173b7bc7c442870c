// The TCP socket of a line and the one way out of it: what an outbox holds, in one send.
// Owned by a Peer, used on its I/O thread. Guarantee: `send_waiting` never blocks and never throws.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <utility>  // asio 1.74 needs it before its own headers in C++20

#include "gateway/outbox.h"

namespace rialto {

namespace net = boost::asio;
using Socket = net::basic_stream_socket<net::ip::tcp, net::io_context::executor_type>;

enum class Sending {
  progress,  // something went
  stuck,     // nothing goes now
  broken,    // nothing will go any more
};

// Bytes that the other side has not taken yet, of those that were sent. Where it falls, the line
// moves, though the socket may not be writable for long.
std::size_t on_the_way(Socket& socket);

// Sends as much of the outbox as the socket takes now.
Sending send_waiting(Socket& socket, Outbox& outbox);

}  // namespace rialto
