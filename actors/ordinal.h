// Which one of several, from 1: a player of a group, a round. For a game it is an int in every way
// but one: beside a text it is text, "Player " + player.id_in_group(), where C++ with an int would
// leave letters out ("layer ").
// A plain value.
#pragma once

#include <concepts>
#include <ostream>
#include <string>
#include <string_view>

#include "actors/value.h"

namespace rialto {

class Ordinal {
 public:
  constexpr explicit Ordinal(int number) : number_(number) {}
  constexpr operator int() const { return number_; }
  operator Money() const { return number_; }
  constexpr int get() const { return number_; }
  Value to_value() const { return Value(number_); }
  friend std::ostream& operator<<(std::ostream& out, Ordinal ordinal) {
    return out << ordinal.number_;
  }

 private:
  int number_;
};

namespace detail {

// What it stands for.
constexpr int plain(Ordinal ordinal) { return ordinal.get(); }

template <class T>
concept ReadAsText = std::convertible_to<const T&, std::string_view>;

}  // namespace detail

}  // namespace rialto
