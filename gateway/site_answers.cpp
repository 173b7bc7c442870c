// What a response is made of: files, documents and the policy under which browsers show them.
#include <algorithm>
#include <set>
#include <utility>

#include "gateway/byte_range.h"
#include "gateway/site.h"

namespace rialto {
namespace {

// Does it stand alone, without a quote or a space that could end it?
bool is_host(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '-' || c == ':' || c == '[' || c == ']';
  });
}

// A file, or the stretch of it that is asked for: what plays a film asks for stretches.
template <class File>
HttpResponse file_response(const HttpRequest& request, const File& file) {
  const std::string_view bytes = file.bytes;
  const std::string tag = "\"" + file.version + "\"";
  const bool lasting = request.query == "v=" + file.version;
  HttpResponse response{
      200,
      {{"Content-Type", std::string(file.content_type)},
       {"Cache-Control", lasting ? "public, max-age=31536000, immutable" : "no-cache"},
       {"ETag", tag},
       {"Accept-Ranges", "bytes"},
       {"X-Content-Type-Options", "nosniff"}},
      {},
      bytes};
  if (request.if_none_match.find(tag) != std::string::npos) {
    response.status = 304;
    return response;
  }
  const bool same_file = request.if_range.empty() || request.if_range == tag;
  const std::string size = "/" + std::to_string(bytes.size());
  const ByteRange range = read_range(same_file && !request.head ? request.range : "", bytes.size());
  switch (range.kind) {
    case ByteRange::Kind::whole:
      break;
    case ByteRange::Kind::part:
      response.status = 206;
      response.lasting = bytes.substr(range.first, range.size);
      response.headers.emplace_back("Content-Range",
                                    "bytes " + std::to_string(range.first) + "-" +
                                        std::to_string(range.first + range.size - 1) + size);
      break;
    case ByteRange::Kind::unsatisfiable:
      response = plain(416, "the file has " + std::to_string(bytes.size()) + " bytes\n");
      response.headers.emplace_back("Content-Range", "bytes *" + size);
      break;
  }
  return response;
}

}  // namespace

// One of ours (/static/rialto.js) or of the games' (/static/auction/picture.png).
HttpResponse Site::static_file(const HttpRequest& request, const Path& path) const {
  std::string name = path.size() > 1 ? path[1] : std::string();
  for (std::size_t i = 2; i < path.size(); ++i) name += "/" + path[i];
  if (request.method != HttpRequest::Method::get) return message(request, 404, "not_found");
  if (const auto* ours = content_.assets().find(name)) return file_response(request, *ours);
  if (std::string news = name == "news.json" ? content_.news() : ""; !news.empty()) {
    return {200,
            {{"Content-Type", "application/json"}, {"Cache-Control", "no-store"}},
            std::move(news)};
  }
  if (const auto* theirs = content_.static_file(name)) return file_response(request, *theirs);
  return message(request, 404, "not_found");
}

// Scripts of the games' pages stand in the pages, and libraries beside them may make functions of
// text (templates in the page); nothing comes from outside, nothing goes there.
// The host is named for WebSockets, since not every browser counts them among 'self'.
std::string Site::content_policy(const HttpRequest& request) const {
  std::string sockets;
  for (const std::string& host : std::set{request.host, content_.links().url().host}) {
    if (is_host(host)) sockets += " ws://" + host + " wss://" + host;
  }
  return "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' "
         "'unsafe-inline'; "
         "img-src 'self' data: blob:; media-src 'self' data: blob:; font-src 'self' data:; "
         "connect-src 'self'" +
         sockets +
         "; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'";
}

HttpResponse Site::html(const HttpRequest& request, int status, std::string document) const {
  return {status,
          {{"Content-Type", "text/html; charset=utf-8"},
           {"Cache-Control", "no-store"},
           {"Content-Security-Policy", content_policy(request)},
           {"X-Content-Type-Options", "nosniff"},
           // Not "no-referrer": browsers would then send "Origin: null" with a form of ours.
           {"Referrer-Policy", "same-origin"}},
          std::move(document)};
}

HttpResponse Site::message(const HttpRequest& request, int status, std::string_view name) const {
  return html(request, status, content_.message(name));
}

}  // namespace rialto
