#include "gateway/public_url.h"

#include <algorithm>
#include <cctype>

namespace rialto {
namespace {

// The scheme and the rest after "://".
bool split_scheme(std::string_view text, Scheme& scheme, std::string_view& rest) {
  constexpr std::string_view http = "http://";
  constexpr std::string_view https = "https://";
  if (text.starts_with(https)) {
    scheme = Scheme::https;
    rest = text.substr(https.size());
    return true;
  }
  scheme = Scheme::http;
  rest = text.substr(std::min(http.size(), text.size()));
  return text.starts_with(http);
}

// Lower case, without the port that goes without saying.
std::string plain_host(std::string_view host, Scheme scheme) {
  const std::string_view usual = scheme == Scheme::https ? ":443" : ":80";
  if (host.ends_with(usual)) host.remove_suffix(usual.size());
  std::string plain(host);
  std::ranges::transform(plain, plain.begin(), [](unsigned char c) { return std::tolower(c); });
  return plain;
}

}  // namespace

Result<PublicUrl> PublicUrl::parse(std::string_view text) {
  PublicUrl url;
  std::string_view rest;
  const bool has_scheme = split_scheme(text, url.scheme, rest);
  const std::size_t slash = std::min(rest.find('/'), rest.size());
  if (!has_scheme || slash == 0 || text.find_first_of(" \t\"'<>?#;\\") != text.npos) {
    return Error{ErrorKind::invalid, "\"" + std::string(text) +
                                         "\" is no public URL; one looks like "
                                         "https://lab.example.edu/exp"};
  }
  url.host = plain_host(rest.substr(0, slash), url.scheme);
  std::string_view prefix = rest.substr(slash);
  while (prefix.ends_with('/')) prefix.remove_suffix(1);
  url.prefix = prefix;
  return url;
}

std::string PublicUrl::link(std::string_view path) const {
  std::string url = scheme == Scheme::https ? "https://" : "http://";
  url += host;
  url += prefix;
  url += path;
  return url;
}

bool PublicUrl::allows_origin(std::string_view origin, std::string_view host_header) const {
  Scheme origin_scheme = Scheme::http;
  std::string_view origin_rest;
  if (!split_scheme(origin, origin_scheme, origin_rest)) return false;
  const std::string origin_host = plain_host(origin_rest, origin_scheme);
  if (origin_host.empty()) return false;
  return origin_host == plain_host(host_header, origin_scheme) ||
         (origin_scheme == scheme && origin_host == host);
}

}  // namespace rialto
