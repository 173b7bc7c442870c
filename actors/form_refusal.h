// What a page's error_message returns: why the player may not leave the page with these values, as
// one text or as an object of a text for each field ("__all__": for the page). Empty: he may.
// A plain value. Guarantee: a function that returns anything else does not compile.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "actors/value.h"

namespace rialto {

class FormRefusal {
 public:
  FormRefusal() = default;
  FormRefusal(std::string text) : why_(std::move(text)) {}
  FormRefusal(std::string_view text) : why_(text) {}
  FormRefusal(const char* text) : why_(text) {}
  FormRefusal(Value why) : why_(std::move(why)) {}

  // Null, "" or an object without members: not refused.
  bool empty() const { return why_.empty(); }
  const Value& why() const { return why_; }
  operator std::string() const {
    return empty() ? "" : why_.is_string() ? why_.as<std::string>() : why_.dump();
  }

 private:
  Value why_;
};

}  // namespace rialto
