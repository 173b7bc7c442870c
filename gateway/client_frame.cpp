#include "gateway/client_frame.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "actors/errors.h"
#include "actors/messages.h"
#include "gateway/json_skim.h"

namespace rialto {
namespace {

constexpr std::uint64_t largest_number = (std::uint64_t{1} << 53U) - 1;

ClientFrame bad(const char* code, std::string message) {
  ClientFrame frame;
  frame.code = code;
  frame.message = std::move(message);
  return frame;
}

const Value& need(const Value& object, std::string_view key) {
  const Value* found = object.find(key);
  if (!found) throw BadMessage("the frame lacks \"" + std::string(key) + "\"");
  return *found;
}

std::uint64_t number(const Value& object, std::string_view key, std::uint64_t least) {
  const auto value = need(object, key).as<std::int64_t>();
  if (value < static_cast<std::int64_t>(least) ||
      static_cast<std::uint64_t>(value) > largest_number) {
    throw BadMessage("\"" + std::string(key) + "\" is a whole number from " +
                     std::to_string(least) + " to 2^53 - 1");
  }
  return static_cast<std::uint64_t>(value);
}

std::string sender(const Value& object) {
  auto text = need(object, "sender").as<std::string>();
  if (!is_sender(text)) throw BadMessage("\"sender\" is 8 to 15 characters of A-Z a-z 0-9 _ -");
  return text;
}

void read_page(const Value& object, ClientFrame& frame) {
  const std::string_view name = need(object, "page").text();
  if (!parse_page(name, frame.page)) {
    throw BadMessage("\"page\" is APP/ROUND-POSITION, like auction/1-0");
  }
  frame.app = app_of(name);
}

ClientFrame hello(const Value& object) {
  ClientFrame frame;
  frame.kind = ClientFrame::Kind::hello;
  frame.version = need(object, "version").as<std::int64_t>();
  if (frame.version != 1) return frame;  // what else stands in it is another version's affair
  read_page(object, frame);
  frame.sender = sender(object);
  frame.lineage = need(object, "lineage").as<std::string>();
  frame.after = number(object, "after", 0);
  frame.rendered = object.contains("rendered") ? number(object, "rendered", 0) : frame.after;
  if (object.contains("known")) {
    frame.known = number(object, "known", 0);
    frame.known_time = static_cast<std::int64_t>(number(object, "known_time", 0));
  }
  return frame;
}

ClientFrame send(const Value& object) {
  ClientFrame frame;
  frame.kind = ClientFrame::Kind::send;
  frame.number = number(object, "n", 1);
  frame.data = need(object, "data");
  if (object.contains("sender")) {
    frame.sender = sender(object);
    read_page(object, frame);
  }
  return frame;
}

ClientFrame understand(const Value& object) {
  const Value* type = object.find("type");
  if (!type || !type->is_string()) {
    return bad("bad_frame", "a frame is an object with a \"type\"");
  }
  const auto name = type->as<std::string>();
  if (name == "send") return send(object);
  if (name == "hello") return hello(object);
  if (name == "ping") {
    ClientFrame frame;
    frame.kind = ClientFrame::Kind::ping;
    return frame;
  }
  return bad("unknown_type", "the types of frames are hello, send and ping");
}

// Takes what a send as rialto.js writes it has before its data off the front: its number, or 0.
std::uint64_t take_plain_start(std::string_view& text) {
  constexpr std::string_view start = R"({"type":"send","n":)";
  constexpr std::string_view data_start = R"(,"data":)";
  if (!text.starts_with(start)) return 0;
  std::string_view rest = text.substr(start.size());
  std::uint64_t number = 0;
  const auto read = std::from_chars(rest.data(), rest.data() + rest.size(), number);
  if (read.ec != std::errc{} || number > largest_number || rest.front() == '0') return 0;
  rest.remove_prefix(static_cast<std::size_t>(read.ptr - rest.data()));
  if (!rest.starts_with(data_start)) return 0;
  text = rest.substr(data_start.size());
  return number;
}

// The send as rialto.js writes it, without building a value of the envelope. Only where what
// follows `"data":` up to the last brace is one JSON value is the frame of this form.
bool parse_plain_send(std::string_view text, std::size_t max_nesting, ClientFrame& frame) {
  frame.number = take_plain_start(text);
  if (frame.number == 0 || text.empty() || text.back() != '}') return false;
  text.remove_suffix(1);
  try {
    frame.data = Value::parse(text, max_nesting - 1);
  } catch (const BadMessage&) {
    return false;
  }
  frame.kind = ClientFrame::Kind::send;
  return true;
}

SendName named(const std::vector<JsonMember>& members) {
  SendName name;
  bool is_send = false;
  for (const auto& [key, value] : members) {
    if (key == "type") is_send = value == R"("send")";
    if (key == "sender" && value.size() > 2) name.sender = value.substr(1, value.size() - 2);
    if (key != "n") continue;
    const auto read = std::from_chars(value.data(), value.data() + value.size(), name.number);
    const bool whole = read.ec == std::errc{} && read.ptr == value.data() + value.size();
    if (!whole || name.number > largest_number) name.number = 0;
  }
  return is_send ? name : SendName{};
}

}  // namespace

bool is_sender(std::string_view text) {
  return text.size() >= 8 && text.size() <= 15 && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
                  c == '_' || c == '-';
         });
}

SendName send_name(std::string_view text) {
  constexpr std::size_t most_members = 16;
  std::string_view rest = text;
  if (const std::uint64_t number = take_plain_start(rest); number != 0) {
    if (!skim_value(rest).empty() && rest == "}") return {{}, number};
  }
  const auto members = skim_members(text, most_members);
  return members ? named(*members) : SendName{};
}

std::size_t nesting_of(std::string_view json) {
  std::size_t depth = 0;
  std::size_t deepest = 0;
  bool in_text = false;
  for (std::size_t at = 0; at < json.size(); ++at) {
    const char c = json[at];
    if (in_text) {
      if (c == '\\') ++at;
      if (c == '"') in_text = false;
    } else if (c == '"') {
      in_text = true;
    } else if (c == '{' || c == '[') {
      deepest = std::max(deepest, ++depth);
    } else if ((c == '}' || c == ']') && depth > 0) {
      --depth;
    }
  }
  return deepest;
}

ClientFrame parse_frame(std::string_view text, std::size_t max_nesting) {
  ClientFrame frame;
  if (parse_plain_send(text, max_nesting, frame)) return frame;
  Value object;
  try {
    object = Value::parse(text, max_nesting);
  } catch (const BadMessage& error) {
    if (nesting_of(text) > max_nesting) {
      return bad("too_deep",
                 "at most " + std::to_string(max_nesting) + " levels of lists and objects");
    }
    return bad("not_json", error.what());
  }
  try {
    return understand(object);
  } catch (const BadMessage& error) {
    return bad("bad_frame", error.what());
  }
}

}  // namespace rialto
