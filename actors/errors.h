// The two ways a handler says no, as exceptions that exactly one place (Unit) catches.
// Plain values. Guarantee: a handler that throws changes nothing (G3).
#pragma once

#include <exception>
#include <stdexcept>
#include <string>

namespace rialto {

// A participant sent something the game cannot take. The text goes to the sender alone.
class BadMessage : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// The game's own code did something that has no meaning (read a null field, replied to a player
// who is not there). Logged with app, page, group and input; the sender learns only that it failed.
class AppError : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

// What an exception says, for logs. A game may throw anything.
inline std::string what_of(const std::exception_ptr& problem) {
  try {
    std::rethrow_exception(problem);
  } catch (const std::exception& error) {
    return error.what();
  } catch (...) {
    return "an exception of unknown type";
  }
}

// The same of the one that is being caught.
inline std::string what_is_caught() { return what_of(std::current_exception()); }

}  // namespace rialto
