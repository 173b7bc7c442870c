// One page being made: where it goes to, and what tags ask for. On the stack of Template::render.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "gateway/templates/operand.h"

namespace rialto::templates {

class BlockNode;
class TagRenderer;
class Template;

struct Rendering {
  // Appends what {{ }} prints: escaped unless that is done.
  void print(const Operand& operand);

  const Template& page;  // the outermost: its blocks count
  TagRenderer& tags;
  std::string* out;
  // Files within files, as far as only the rendering knows of them.
  std::vector<std::string> including{};
  // The block being rendered, and how many ancestors it has left; null outside of blocks.
  const std::vector<const BlockNode*>* blocks = nullptr;
  std::size_t ancestors = 0;
};

}  // namespace rialto::templates
