#include "apps/command/stored_session.h"

#include <optional>

#include "actors/value.h"
#include "storage/keys.h"

namespace rialto::command {

Result<std::uint32_t> session_number(const Reader& store, const std::string& code) {
  std::optional<std::uint32_t> number;
  const auto look = [&](std::string_view, std::string_view text) {
    const Value session = Value::parse(text, 64);
    if (session["code"].as<std::string>() != code) return true;
    number = session["number"].as<std::uint32_t>();
    return false;
  };
  if (auto scanned = store.scan(keys::sessions_begin(), keys::sessions_end(), look); !scanned) {
    return scanned.error();
  }
  if (!number) return Error{ErrorKind::not_found, "there is no session " + code};
  return *number;
}

}  // namespace rialto::command
