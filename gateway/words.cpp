#include "gateway/words.h"

#include <algorithm>
#include <cctype>

#include "gateway/assets.h"

namespace rialto {
namespace {

constexpr std::string_view line_key = "line";

// "de" of "de-AT"
std::string base_of(std::string_view language) {
  std::string base(language.substr(0, language.find_first_of("-_")));
  std::ranges::transform(base, base.begin(), [](unsigned char c) { return std::tolower(c); });
  return base;
}

Error refuse(std::string sentence) { return {ErrorKind::invalid, std::move(sentence)}; }

// Puts each text of `own` over that of `words`, which has all that there are.
Result<void> replace(Value& words, const Value& own, const std::string& where) {
  if (!own.is_object()) return refuse(where + " is no table of words");
  for (const auto& [key, text] : own.members()) {
    const Value* const known = words.find(key);
    if (known == nullptr) return refuse(where + " has no word \"" + key + "\"");
    if (known->is_object()) {
      Value inner = *known;
      if (auto done = replace(inner, text, where + "." + key); !done) return done;
      words.set(key, std::move(inner));
    } else if (text.is_string()) {
      words.set(key, text);
    } else {
      return refuse(where + ": \"" + key + "\" is no text");
    }
  }
  return {};
}

// The words of `all` that `own` does not have: "next, line.down".
std::string missing(const Value& all, const Value& own, const std::string& prefix = {}) {
  std::string names;
  for (const auto& [key, text] : all.members()) {
    const Value* const there = own.find(key);
    std::string more = there == nullptr   ? prefix + key
                       : text.is_object() ? missing(text, *there, prefix + key + ".")
                                          : std::string();
    if (!more.empty()) names += (names.empty() ? "" : ", ") + more;
  }
  return names;
}

}  // namespace

Words::Words() : all_(Value::parse(embedded("words.json"), 8)) {}

Result<Words> Words::with(const Value& own) {
  Words words;
  for (const auto& [language, texts] : own.members()) {
    const bool fresh = words.all_.find(language) == nullptr;
    Value made = words.all_[fresh ? "en" : language];
    if (auto done = replace(made, texts, "[" + language + "]"); !done) return done.error();
    const std::string lacks = fresh ? missing(words.all_["en"], texts) : std::string();
    if (!lacks.empty()) return refuse("[" + language + "] lacks words: " + lacks);
    words.all_.set(language, std::move(made));
  }
  return words;
}

std::string Words::Language::operator[](std::string_view key) const {
  return (*words)[key].as<std::string>();
}

std::string_view Words::Language::direction() const {
  constexpr std::string_view right_to_left[] = {"ar", "ckb", "dv", "fa", "he", "iw",
                                                "ps", "sd",  "ug", "ur", "yi"};
  return std::ranges::count(right_to_left, base_of(name)) > 0 ? "rtl" : "ltr";
}

const Value* Words::find(std::string_view language) const {
  const Value* const whole = all_.find(language);
  return whole != nullptr ? whole : all_.find(base_of(language));
}

Words::Language Words::pick(std::string_view language) const {
  const Value* const words = find(language);
  if (words == nullptr) return {"en", &all_["en"]};
  return {std::string(language), words};
}

std::string Words::names() const {
  std::string names;
  for (const auto& [name, words] : all_.members()) names += (names.empty() ? "" : ", ") + name;
  return names;
}

}  // namespace rialto
