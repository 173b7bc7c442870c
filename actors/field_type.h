// Which C++ types a column may have, what they are called in the store, and how they become JSON
// and are read back. Compile time and free functions, any thread.
// Guarantee: what `stored_json` wrote, `from_stored` reads back equal.
#pragma once

#include <array>
#include <concepts>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "actors/advice.h"
#include "actors/stored_value.h"

namespace rialto {

// "bool", "int", "int64", "double", "string", "money", "value" or "list"; empty for other types.
template <class T>
inline constexpr std::string_view column_type = "";
template <>
inline constexpr std::string_view column_type<bool> = "bool";
template <>
inline constexpr std::string_view column_type<int> = "int";
template <>
inline constexpr std::string_view column_type<std::int64_t> = "int64";
template <>
inline constexpr std::string_view column_type<double> = "double";
template <>
inline constexpr std::string_view column_type<std::string> = "string";
template <>
inline constexpr std::string_view column_type<Money> = "money";
template <>
inline constexpr std::string_view column_type<Value> = "value";
template <class T>
inline constexpr std::string_view column_type<std::vector<T>> = column_type<T>.empty() ? ""
                                                                                       : "list";
template <class T, std::size_t size>
inline constexpr std::string_view column_type<std::array<T, size>> = column_type<T>.empty()
                                                                         ? ""
                                                                         : "list";

// `allowed` is what the compiler shows where T is none of them.
template <class T, Text allowed>
concept ColumnType = !column_type<T>.empty();

// AppError if it is nested too deeply to be stored.
template <class T>
std::string stored_json(const T& value) {
  return stored_text(Value(value));
}

template <class T>
struct FromStored {
  static T read(const Value& value) {
    if constexpr (std::same_as<T, std::int64_t>) {
      return value.stored_whole();
    } else {
      return value.as<T>();
    }
  }
};

template <class T>
struct FromStored<std::vector<T>> {
  static std::vector<T> read(const Value& value) {
    std::vector<T> items;
    items.reserve(value.size());
    for (const Value& item : value) items.push_back(FromStored<T>::read(item));
    return items;
  }
};

template <class T, std::size_t size>
struct FromStored<std::array<T, size>> {
  static std::array<T, size> read(const Value& value) {
    if (value.items().size() != size) throw std::runtime_error("the list has another length");
    std::array<T, size> items{};
    for (std::size_t i = 0; i < size; ++i) items[i] = FromStored<T>::read(value[i]);
    return items;
  }
};

// std::runtime_error if the JSON text is no such value.
template <class T>
T from_stored(std::string_view json) {
  return FromStored<T>::read(read_stored(json));
}

// The name of a column or log: a literal, since it is the contract with what is stored.
class ColumnName {
 public:
  template <std::size_t size>
  constexpr ColumnName(const char (&text)[size]) : text_(text, size - 1) {}
  constexpr operator std::string_view() const { return text_; }

 private:
  std::string_view text_;
};

}  // namespace rialto
