// System calls that fail on order: the calls on sockets of all threads but the one that gives the
// order pass through here (the linker's --wrap), so that a test can let the n-th of them fail. Set
// by the test's thread while no fault is armed; counted on any thread. Limitation: it counts the
// calls of the whole process, so that only one gateway should be at work.
#pragma once

#include <cstddef>

namespace rialto::test::faults {

// Lets the call after `calls` more of them fail as a broken line would (a refused accept as
// EMFILE).
void arm(std::size_t calls);
// Has the ordered fault happened?
bool happened();
void disarm();

// Every send of other threads takes at most `bytes` at once, and every second one nothing at all.
// 0: sends are as usual.
void limit_sends(std::size_t bytes);

// Sends of other threads so far.
std::size_t sends();
// Signatures that were computed so far, by any thread.
std::size_t signatures();

}  // namespace rialto::test::faults
