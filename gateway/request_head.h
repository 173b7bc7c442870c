// The head of an HTTP request as the site needs it, and what is wrong with it. Free functions on
// Beast's message. Guarantee: what a proxy before us might read another way than we do is refused
// (RFC 9112, sections 3.2, 6.1 and 6.3), so that both see the same requests.
#pragma once

#include <boost/beast/http/message.hpp>
#include <boost/beast/http/string_body.hpp>
#include <string_view>

#include "gateway/http_message.h"

namespace rialto {

using RequestHead = boost::beast::http::request<boost::beast::http::string_body>;

// Why it makes no sense, for who has sent it; null if it does.
const char* fault_of(const RequestHead& head);

// `prefix`: of the public URL.
HttpRequest understand(const RequestHead& head, std::string_view prefix);

}  // namespace rialto
