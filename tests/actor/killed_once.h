// A world that dies once, after so many commits, with all that it had said, and starts again on
// what is stored. Owned by a test, beside the world.
#pragma once

#include "tests/actor/unit_world.h"

namespace rialto::test {

class KilledOnce {
 public:
  KilledOnce(UnitWorld& world, int commits) : world_(world), commits_(commits) {}

  // As UnitWorld::settle, but for that.
  void settle() {
    world_.run();
    while (!world_.commits.waiting.empty()) {
      if (!killed_ && done_++ == commits_) {
        killed_ = true;
        world_.restart();
      } else {
        world_.commits.commit_one();
      }
      world_.run();
    }
  }
  bool killed() const { return killed_; }

 private:
  UnitWorld& world_;
  const int commits_;
  int done_ = 0;
  bool killed_ = false;
};

}  // namespace rialto::test
