#include "gateway/templates/python_text.h"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>

#include "actors/utf8.h"
#include "gateway/templates/problem.h"

namespace rialto::templates {
namespace {

// Shortest digits that read back the same; exponents from 1e16 and below 1e-4, as Python's repr.
std::string real_text(double number) {
  if (std::isnan(number)) return "nan";
  if (std::isinf(number)) return number < 0 ? "-inf" : "inf";
  std::array<char, 400> buffer{};
  const double size = std::abs(number);
  const bool fixed = number == 0 || (size >= 1e-4 && size < 1e16);
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number,
                                 fixed ? std::chars_format::fixed : std::chars_format::scientific);
  std::string text(buffer.data(), end.ptr);
  if (fixed && text.find('.') == std::string::npos) text += ".0";
  return text;
}

std::string number_text(const Value& value) {
  if (value.is_whole()) return std::to_string(value.stored_whole());
  return real_text(value.as<double>());
}

void append_quoted(std::string& out, std::string_view text) {
  const bool has_single = text.find('\'') != text.npos;
  const char quote = has_single && text.find('"') == text.npos ? '"' : '\'';
  out += quote;
  for (const char c : text) {
    if (c == quote || c == '\\') {
      out += '\\';
      out += c;
    } else if (c == '\n') {
      out += "\\n";
    } else if (c == '\r') {
      out += "\\r";
    } else if (c == '\t') {
      out += "\\t";
    } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) {
      constexpr std::string_view digits = "0123456789abcdef";
      out += "\\x";
      out += digits[static_cast<unsigned char>(c) >> 4U];
      out += digits[static_cast<unsigned char>(c) & 15U];
    } else {
      out += c;
    }
  }
  out += quote;
}

}  // namespace

std::string printed(const Value& value) {
  const MoneyFormat& format = Money::format();
  if (value.is_string()) return std::string(value.text());
  if (value.is_money()) return format.format(value.as<Money>());
  if (value.is_payment()) return format.format(value.as<Payment>());
  if (value.is_bool()) return value.as<bool>() ? "1" : "0";  // as oTree, whose numbers they are
  if (value.is_number()) return format.localized(number_text(value));
  std::string out;
  append_repr(out, value);
  return out;
}

void append_repr(std::string& out, const Value& value) {
  if (value.is_null()) {
    out += "None";
  } else if (value.is_bool()) {
    out += value.as<bool>() ? "True" : "False";
  } else if (value.is_money()) {
    out += Money::format().digits(value.as<Money>()) + "cu";
  } else if (value.is_payment()) {
    out += MoneyFormat::digits(value.as<Payment>()) + "cu";
  } else if (value.is_number()) {
    out += number_text(value);
  } else if (value.is_string()) {
    append_quoted(out, value.text());
  } else if (value.is_list()) {
    out += '[';
    bool first = true;
    for (const Value& item : value) {
      if (!first) out += ", ";
      first = false;
      append_repr(out, item);
    }
    out += ']';
  } else {
    out += '{';
    bool first = true;
    for (const auto& [key, member] : value.members()) {
      if (!first) out += ", ";
      first = false;
      append_quoted(out, key);
      out += ": ";
      append_repr(out, member);
    }
    out += '}';
  }
}

std::string printed_with_places(const Value& value, int places) {
  if (value.is_money()) return Money::format().format(value.as<Money>(), places);
  if (value.is_payment()) return Money::format().format(value.as<Payment>(), places);
  if (!value.is_number() && !value.is_bool()) {
    throw Failure("only a number can be printed with " + std::to_string(places) + " decimals");
  }
  const double number = value.is_bool() ? (value.as<bool>() ? 1 : 0) : value.as<double>();
  std::array<char, 400> buffer{};
  const int size = std::snprintf(buffer.data(), buffer.size(), "%.*f", places, number);
  return Money::format().localized({buffer.data(), static_cast<std::size_t>(size)});
}

std::size_t length_of(const Value& value) {
  if (value.is_string()) return characters(value.text()).size();
  if (value.is_list() || value.is_object()) return value.size();
  throw Failure("only a text, a list or an object has a length");
}

std::vector<std::string_view> characters(std::string_view text) {
  std::vector<std::string_view> made;
  while (!text.empty()) {
    const std::size_t length = std::max<std::size_t>(utf8_length(text), 1);
    made.push_back(text.substr(0, length));
    text.remove_prefix(length);
  }
  return made;
}

}  // namespace rialto::templates
