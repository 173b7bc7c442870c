// The words of our own pages in the languages of browser/words.json, picked by Accept-Language.
// Immutable, read on any thread. Guarantee: every language has every word; English where nothing
// fits.
#pragma once

#include <string>
#include <string_view>

#include "actors/value.h"

namespace rialto {

class Words {
 public:
  Words();

  struct Language {
    std::string name;    // "de"
    const Value* words;  // an object; "line" is the one rialto.js gets
    std::string operator[](std::string_view key) const;
  };

  // RFC 9110 section 12.5.4: the language of ours that the header likes best.
  Language pick(std::string_view accept_language) const;

 private:
  Value all_;
};

}  // namespace rialto
