#include "gateway/words.h"

#include <algorithm>
#include <cctype>
#include <cstdlib>

#include "gateway/assets.h"

namespace rialto {
namespace {

// The weight of "de-AT;q=0.8", from 0 to 1.
double weight_of(std::string_view range) {
  const std::size_t at = range.find("q=");
  if (at == range.npos) return 1;
  const std::string number(range.substr(at + 2));
  return std::clamp(std::strtod(number.c_str(), nullptr), 0.0, 1.0);
}

// "de" of " de-AT;q=0.8"
std::string language_of(std::string_view range) {
  range.remove_prefix(std::min(range.find_first_not_of(' '), range.size()));
  std::string name(range.substr(0, range.find_first_of("-_; ")));
  std::ranges::transform(name, name.begin(), [](unsigned char c) { return std::tolower(c); });
  return name;
}

}  // namespace

Words::Words() : all_(Value::parse(embedded("words.json"), 8)) {}

std::string Words::Language::operator[](std::string_view key) const {
  return (*words)[key].as<std::string>();
}

Words::Language Words::pick(std::string_view accept_language) const {
  Language best{"en", &all_["en"]};
  double best_weight = 0;
  while (!accept_language.empty()) {
    const std::size_t end = std::min(accept_language.find(','), accept_language.size());
    const std::string_view range = accept_language.substr(0, end);
    accept_language.remove_prefix(std::min(end + 1, accept_language.size()));
    std::string name = language_of(range);
    const Value* words = all_.find(name);
    if (!words || weight_of(range) <= best_weight) continue;
    best_weight = weight_of(range);
    best = {std::move(name), words};
  }
  return best;
}

}  // namespace rialto
