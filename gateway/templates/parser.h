// A template's text -> its tree. Owned by nobody: one call.
// Guarantee: goes on after a tag it cannot understand, so that all problems are told at once.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gateway/templates/file_nodes.h"
#include "gateway/templates/node.h"

namespace rialto::templates {

struct Parsed {
  Body body;
  const Template* layout = nullptr;  // that it extends
  bool extends = false;              // also where the layout has problems
  std::vector<Problem> problems;
};

Parsed parse(const Source& source, Library& library);

}  // namespace rialto::templates
