// A form's sentences in a participant's language: what describe_form says by key becomes text.
// A free function, any thread. Guarantee: what has no words in that language stays as it was said.
#pragma once

#include "actors/value.h"
#include "gateway/words.h"

namespace rialto {

// With every error, and every label of ours, as a text; for FormHtml and for templates.
Value form_in_words(const Value& form, const Words::Language& words);

}  // namespace rialto
