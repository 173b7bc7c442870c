#include "gateway/request_head.h"

#include <algorithm>
#include <string>

namespace rialto {
namespace {

namespace http = boost::beast::http;
using http::field;

// Of these one is read, so another one beside it may be what somebody else reads. Cookies are one
// line, too: only HTTP/2 may split them, and who translates that puts them together (RFC 9113,
// section 8.2.3).
constexpr field single[] = {field::host,
                            field::origin,
                            field::cookie,
                            field::content_type,
                            field::range,
                            field::if_range,
                            field::content_length,
                            field::transfer_encoding,
                            field::sec_websocket_key,
                            field::sec_websocket_version,
                            field::upgrade,
                            field::expect};

std::string text_of(boost::beast::string_view view) { return {view.data(), view.size()}; }

// A name or an address, perhaps with a port (RFC 3986, section 3.2.2).
bool is_authority(std::string_view text) {
  return std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("-._~!$&'()*+,;=%[]:").find(c) != std::string_view::npos;
  });
}

bool is_number(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

const char* fault_of(const RequestHead& head) {
  for (const field name : single) {
    if (head.count(name) > 1) return "a header stands twice that may stand once";
  }
  if (head.count(field::content_length) > 0 && !is_number(text_of(head[field::content_length]))) {
    return "Content-Length is one number";
  }
  if (head.version() > 10 && head.count(field::host) == 0) return "the header Host is missing";
  if (!is_authority(text_of(head[field::host]))) return "the header Host names no host";
  return nullptr;
}

HttpRequest understand(const RequestHead& head, std::string_view prefix) {
  HttpRequest request;
  request.method = HttpRequest::Method::other;
  request.head = head.method() == http::verb::head;
  if (head.method() == http::verb::get || request.head) request.method = HttpRequest::Method::get;
  if (head.method() == http::verb::post) request.method = HttpRequest::Method::post;
  const std::string target = text_of(head.target());
  request.path = path_of(target, prefix);
  const std::size_t question = target.find('?');
  if (question != target.npos) request.query = target.substr(question + 1);
  request.host = text_of(head[field::host]);
  request.origin = text_of(head[field::origin]);
  request.cookie = text_of(head[field::cookie]);
  request.content_type = text_of(head[field::content_type]);
  request.if_none_match = text_of(head[field::if_none_match]);
  request.range = text_of(head[field::range]);
  request.if_range = text_of(head[field::if_range]);
  return request;
}

}  // namespace rialto
