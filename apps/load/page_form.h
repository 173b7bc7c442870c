// What a page's HTML lets its participant fill in: the inputs of <form id="form"> as a browser
// finds them, with their limits and choices. Plain values and a free function, for whoever plays
// pages without a browser. Guarantee: what has no name, belongs to another form or is disabled is
// not there. Limitation: knows no scripts; what they put into the form is not seen.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "actors/value.h"

namespace rialto::load {

struct PageInput {
  enum class Kind { hidden, text, number, checkbox, choice };
  std::string name;
  Kind kind = Kind::text;
  std::string value;                 // what stands in it; of a checkbox: what it sends
  std::vector<std::string> choices;  // of a choice: those that can be chosen
  std::optional<double> min;
  std::optional<double> max;
  std::size_t max_length = 0;  // 0: any
  bool required = false;
};

struct PageForm {
  std::vector<PageInput> inputs;
  bool has_button = false;  // something to click that submits it

  const PageInput* find(std::string_view name) const;
  std::string names() const;  // "offer, share", or "none"; without hidden ones
};

// Nothing if the page has no such form.
std::optional<PageForm> read_page_form(std::string_view html);

// A valid answer to each input by chance, as far as the HTML tells what is valid; hidden ones stay
// out. `draw` gives 64 random bits.
Value chance_values(const PageForm& form, const std::function<std::uint64_t()>& draw);

}  // namespace rialto::load
