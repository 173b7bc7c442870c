// The outcome of something that depends on the world (disk, network): a value or an Error.
// A plain value, owned by who called; used on any thread.
// Guarantee: an outcome cannot be overlooked; the compiler warns where one is dropped.
#pragma once

#include <string>
#include <utility>
#include <variant>

namespace rialto {

enum class ErrorKind {
  not_found,    // there is nothing under that name
  corrupt,      // what is stored is not what was written; the message names file and offset
  unavailable,  // the world says no for now: disk full, read-only, locked by another process
  conflict,     // something with that name is there already and differs
  invalid,      // what was asked for makes no sense; the message says what is allowed
};

struct Error {
  ErrorKind kind;
  std::string message;
};

template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : outcome_(std::in_place_index<0>, std::move(value)) {}
  Result(Error error) : outcome_(std::in_place_index<1>, std::move(error)) {}

  explicit operator bool() const { return outcome_.index() == 0; }
  T& value() & { return std::get<0>(outcome_); }
  const T& value() const& { return std::get<0>(outcome_); }
  T&& value() && { return std::get<0>(std::move(outcome_)); }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }
  const Error& error() const { return std::get<1>(outcome_); }

 private:
  std::variant<T, Error> outcome_;
};

template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Error error) : outcome_(std::move(error)) {}

  explicit operator bool() const { return outcome_.index() == 0; }
  const Error& error() const { return std::get<1>(outcome_); }

 private:
  std::variant<std::monostate, Error> outcome_;
};

}  // namespace rialto
