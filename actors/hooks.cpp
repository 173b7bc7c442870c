#include "actors/hooks.h"

namespace rialto {

void LiveDispatch::add(std::string_view type, Function function) {
  entries_.emplace_back(type, std::move(function));
}

Reply LiveDispatch::operator()(PlayerBase& player, const Value& data) const {
  const auto type = data["type"].as<std::string>();
  std::string known;
  for (const auto& [name, function] : entries_) {
    if (name == type) return function(player, data);
    known += (known.empty() ? "\"" : ", \"") + name + "\"";
  }
  throw BadMessage("unknown type \"" + type + "\"; this page knows " + known);
}

}  // namespace rialto
