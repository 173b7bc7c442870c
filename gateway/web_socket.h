// Carries a Connection over a WebSocket (RFC 6455) by Boost.Beast. Lives from the upgrade of an
// HTTP connection to the end of the line; held by its IoThread. Guarantees: an I/O error ends this
// line and nothing else; an idle line holds no buffers but Beast's.
#pragma once

#include <boost/beast/http/message.hpp>
#include <boost/beast/http/string_body.hpp>

#include "gateway/io_thread.h"
#include "gateway/site.h"
#include "gateway/socket.h"

namespace rialto {

// Answers the upgrade request and goes on from there. A refused admission is accepted and closed
// with its code, since a browser cannot see the HTTP status of a failed upgrade.
void serve_web_socket(IoThread& thread, Socket socket,
                      const boost::beast::http::request<boost::beast::http::string_body>& upgrade,
                      Admission admission);

}  // namespace rialto
