// Chance, drawn from the running step's own stream, so that a record can be re-executed (rules.md
// 14). Made by `player.random()` and `group.random()`, used within the handler that asked.
// Guarantee: the same step draws the same numbers, whatever other steps drew or rolled back.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <utility>
#include <vector>

#include "actors/errors.h"
#include "actors/step.h"

namespace rialto {

class Random {
 public:
  explicit Random(Step& step) : step_(step) {}

  // Each whole number from `lowest` to `highest` is equally likely.
  std::int64_t integer(std::int64_t lowest, std::int64_t highest);
  // From 0 to below 1.
  double real();
  // True with this probability, 0 to 1.
  bool chance(double probability) { return real() < probability; }
  // One of the items; AppError if there are none.
  template <class T>
  const T& choice(const std::vector<T>& items) {
    if (items.empty()) throw AppError("choice of nothing");
    return items[static_cast<std::size_t>(integer(0, static_cast<std::int64_t>(items.size()) - 1))];
  }
  // Of a field that holds a list, and of {"red", "blue"}.
  template <class ListField>
  requires requires(const ListField& field) { field.get().size(); }
  const auto& choice(const ListField& field) { return choice(field.get()); }
  template <class T>
  T choice(std::initializer_list<T> items) {
    return choice(std::vector<T>(items));
  }
  // So many of the items, none of them twice, in random order; AppError if there are fewer.
  template <class T>
  std::vector<T> sample(std::vector<T> items, std::size_t count) {
    if (count > items.size()) throw AppError("sample of more than there are");
    shuffle(items);
    items.erase(items.begin() + static_cast<std::ptrdiff_t>(count), items.end());
    return items;
  }
  // Puts the items in random order.
  template <class T>
  void shuffle(std::vector<T>& items) {
    for (std::size_t left = items.size(); left > 1; --left) {
      std::swap(items[left - 1],
                items[static_cast<std::size_t>(integer(0, static_cast<std::int64_t>(left) - 1))]);
    }
  }

 private:
  Step& step_;
};

}  // namespace rialto
