// One HTTP request and its response as the site sees them, without the library that reads and
// writes them. Plain values.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rialto {

struct HttpRequest {
  enum class Method { get, post, other };  // HEAD comes as get

  Method method = Method::get;
  std::string path;   // within the prefix of the public URL, without query, percent-decoded
  std::string query;  // without "?", as it came
  std::string host;
  std::string origin;  // empty: none was sent
  std::string cookie;
  std::string content_type;
  std::string if_none_match;
  std::string range;
  std::string if_range;
  std::string known;  // the participant whose cookie has been checked already; empty: none
  std::string body;
  bool head = false;  // the response goes without its body
};

struct HttpResponse {
  int status = 200;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
  std::string_view lasting = {};  // a body that outlives the server's lines, in its place
};

HttpResponse plain(int status, std::string text);
HttpResponse redirect(std::string to);  // 303

// The path of a request target: no query, percent-decoded, without `prefix` if it begins with it (a
// proxy may or may not have taken it away). Empty if the target is no path.
std::string path_of(std::string_view target, std::string_view prefix);

}  // namespace rialto
