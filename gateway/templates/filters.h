// The filters of expressions: |to2, |default('-'), |safe … A fixed table, any thread.
// Guarantee: a filter that does not take a value throws Failure with a sentence.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include "gateway/templates/operand.h"

namespace rialto::templates {

class TagRenderer;

struct Filter {
  std::string_view name;
  std::size_t least, most;  // how many arguments
  // `tags` is null while a template is read. The arguments live as long as the template.
  Operand (*apply)(Operand&& operand, std::span<const Value> arguments, TagRenderer* tags);
};

// Null if there is none of that name.
const Filter* find_filter(std::string_view name);

}  // namespace rialto::templates
