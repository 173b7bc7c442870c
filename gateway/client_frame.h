// One frame from a browser, understood as far as it can be without knowing its connection: the
// grammar of gateway/README.md, "The wire". A plain value. Guarantee: any bytes give a frame; what
// makes no sense gives kind `bad` with a code and a sentence.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "actors/value.h"
#include "storage/record.h"

namespace rialto {

struct ClientFrame {
  enum class Kind { hello, send, ping, bad };

  Kind kind = Kind::bad;
  std::string sender;  // of a send: empty means the connection's own
  std::string app;     // of a send with `sender`, and of a hello
  PageRef page;        // of the same

  // hello
  std::int64_t version = 0;
  std::string lineage;
  std::uint64_t rendered = 0;
  std::uint64_t after = 0;
  std::uint64_t known = 0;  // 0: the page names none
  std::int64_t known_time = 0;

  // send
  std::uint64_t number = 0;
  Value data;

  // bad
  const char* code = "";
  std::string message;
};

// Which send a frame is, told without reading its data.
struct SendName {
  std::string_view sender;   // empty: the connection's own
  std::uint64_t number = 0;  // 0: the frame is no send
};
SendName send_name(std::string_view text);

ClientFrame parse_frame(std::string_view text, std::size_t max_nesting);

// A sender id: 8 to 15 characters of [A-Za-z0-9_-].
bool is_sender(std::string_view text);

// How deep the lists and objects of a JSON text are nested; of any other text, some number.
std::size_t nesting_of(std::string_view json);

}  // namespace rialto
