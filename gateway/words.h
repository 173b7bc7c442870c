// The words of our own pages in the languages of browser/words.json, and a project's own. Which
// language that is says the experiment, not the reader's browser: its own texts are in one, too.
// Immutable, read on any thread. Guarantee: every language has every word.
#pragma once

#include <string>
#include <string_view>

#include "actors/value.h"
#include "storage/result.h"

namespace rialto {

class Words {
 public:
  Words();
  // With a project's own: {"de": {"next": "Los"}, "nl": {…}}. `invalid` with a sentence that names
  // the word, where there is no such one, or a new language lacks some.
  static Result<Words> with(const Value& own);

  struct Language {
    std::string name;    // "de-AT", as HTML has it (RFC 5646)
    const Value* words;  // an object; "line" is the one rialto.js gets
    std::string operator[](std::string_view key) const;
    // "rtl" for what is written from right to left, otherwise "ltr".
    std::string_view direction() const;
  };

  bool has(std::string_view language) const { return find(language) != nullptr; }
  // "de-AT" has the words of "de". English where there are none.
  Language pick(std::string_view language) const;
  // "de, en, …"
  std::string names() const;

 private:
  const Value* find(std::string_view language) const;

  Value all_;
};

}  // namespace rialto
