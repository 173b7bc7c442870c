#include "gateway/unit_feed.h"

#include <algorithm>
#include <utility>

#include "gateway/connection.h"
#include "gateway/frames.h"

namespace rialto {
void UnitFeed::add(Connection& connection) {
  const Seat seat{connection.player(), &connection};
  seats_.insert(std::ranges::upper_bound(seats_, seat.player, {}, &Seat::player), seat);
}

void UnitFeed::remove(Connection& connection) {
  std::erase_if(seats_, [&](const Seat& seat) { return seat.connection == &connection; });
}

std::vector<Connection*> UnitFeed::connections() const {
  std::vector<Connection*> all;
  all.reserve(seats_.size());
  for (const Seat& seat : seats_) all.push_back(seat.connection);
  return all;
}

void UnitFeed::fan_out(const Release& release) {
  for (const Delivery& delivery : release.deliveries) deliver(delivery);
  if (!release.deliveries.empty()) released_ = std::max(released_, release.upto);
  for (const TimeSet& time : release.times) tell(time);
  for (const std::uint32_t player : release.bereft) {
    for (const Seat& seat : std::ranges::equal_range(seats_, player, {}, &Seat::player)) {
      seat.connection->bereft();
    }
  }
  for (const PageMove& move : release.moves) {
    for (const Seat& seat : std::ranges::equal_range(seats_, move.player, {}, &Seat::player)) {
      seat.connection->moved(move.page);
    }
  }
}

void UnitFeed::deliver(const Delivery& delivery) {
  frame_.clear();
  frames::append_message(frame_, delivery.record, delivery.time, delivery.payload);
  if (delivery.receivers.empty()) {
    for (const Seat& seat : seats_) {
      seat.connection->deliver(delivery.page, delivery.record, frame_);
    }
    return;
  }
  for (const std::uint32_t player : delivery.receivers) {
    for (const Seat& seat : std::ranges::equal_range(seats_, player, {}, &Seat::player)) {
      seat.connection->deliver(delivery.page, delivery.record, frame_);
    }
  }
}

void UnitFeed::tell(const TimeSet& time) {
  const auto is_meant = [&](std::uint32_t player) {
    return time.receivers.empty() || std::ranges::binary_search(time.receivers, player);
  };
  for (const Seat& seat : seats_) {
    if (is_meant(seat.player)) seat.connection->time_set(time.page, {time.left, false});
  }
}

bool UnitFeed::gather(LiveInput input) {
  gathered_.inputs.push_back(std::move(input));
  return gathered_.inputs.size() == 1;
}

Inputs UnitFeed::take_gathered(Rhythm::TimePoint now) {
  rhythm_.turn(gathered_.inputs.size(), seats_.size(), now);
  return std::exchange(gathered_, {});
}

}  // namespace rialto
