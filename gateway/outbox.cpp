#include "gateway/outbox.h"

#include <cassert>
#include <utility>

#include "gateway/frames.h"

namespace rialto {

std::string Spares::take() {
  if (buffers_.empty()) return {};
  std::string buffer = std::move(buffers_.back());
  buffers_.pop_back();
  return buffer;
}

void Spares::give(std::string buffer) {
  if (buffers_.size() >= kept || buffer.capacity() > largest) return;
  buffer.clear();
  buffers_.push_back(std::move(buffer));
}

void Outbox::begin_frames() {
  assert(empty());
  frames_ = true;
}

std::string* Outbox::open() {
  if (closed_) return nullptr;
  if (bytes_.empty()) bytes_ = spares_.take();
  return &bytes_;
}

void Outbox::sent(std::size_t count) {
  assert(count <= size());
  sent_ += count;
  if (sent_ == bytes_.size()) {
    spares_.give(std::exchange(bytes_, {}));
    sent_ = 0;
  } else if (sent_ > bytes_.size() / 2) {
    compact();
  }
}

void Outbox::compact() {
  std::size_t gone = frames_ ? 0 : sent_;
  while (frames_) {
    const std::size_t next = gone + frames::first(std::string_view(bytes_).substr(gone)).size;
    if (next > sent_) break;
    gone = next;
  }
  bytes_.erase(0, gone);
  sent_ -= gone;
}

std::optional<std::uint64_t> Outbox::drop_messages() {
  std::optional<std::uint64_t> first_waiting;
  std::string kept;
  for (std::size_t at = 0; at < bytes_.size();) {
    const std::string_view rest = std::string_view(bytes_).substr(at);
    const frames::View frame = frames::first(rest);
    at += frame.size;
    if (at > sent_ && frame.record) {
      if (!first_waiting) first_waiting = frame.record;
      if (*frame.record != *first_waiting) continue;
    }
    kept += rest.substr(0, frame.size);
  }
  bytes_ = std::move(kept);
  return first_waiting;
}

}  // namespace rialto
