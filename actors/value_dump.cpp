// Value -> JSON text. Numbers and what is special in texts by nlohmann's serializer: shortest
// numbers, UTF-8 left as it is.
#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "actors/stored_value.h"

namespace rialto {

// Lists and objects that are not yet written to their end stand on a stack of its own, so that
// depth costs no stack of the thread.
class ValueWriter {
 public:
  ValueWriter(std::string& out, std::size_t deepest) : out_(out), deepest_(deepest) {}

  void write(const Value& value) {
    begin(value);
    while (!open_.empty()) {
      Open& open = open_.back();
      if (open.next == open.size) {
        out_ += open.items != nullptr ? ']' : '}';
        open_.pop_back();
        continue;
      }
      const std::size_t index = open.next++;
      if (index > 0) out_ += ',';
      if (open.items != nullptr) {
        begin((*open.items)[index]);
      } else {
        const Value::Member& member = (*open.members)[index];
        put(member.key);
        out_ += ':';
        begin(member.value);
      }
    }
  }

 private:
  struct Open {
    const Value::List* items;  // null: an object's
    const Value::Members* members;
    std::size_t size;
    std::size_t next = 0;
  };

  void begin(const Value& value) {
    std::visit([this](const auto& data) { put(data); }, value.data_);
  }

  void put(std::monostate) { out_ += "null"; }
  void put(bool truth) { out_ += truth ? "true" : "false"; }
  void put(std::int64_t number) { out_ += std::to_string(number); }
  void put(double number) {
    if (!std::isfinite(number)) throw AppError("NaN and infinity cannot be sent or stored");
    out_ += nlohmann::json(number).dump();
  }
  void put(Money amount) {
    // With more decimals, JSON has exponents: 1e-05.
    if (Money::decimals() > 4) return begin(Value::number_of(amount));
    out_ += amount.text();
  }
  void put(Payment paid) { begin(Value::number_of(paid)); }
  void put(const std::string& text) {
    const auto plain = [](char c) {
      return c != '"' && c != '\\' && static_cast<unsigned char>(c) - 0x20U < 0x60U;  // ASCII
    };
    if (std::all_of(text.begin(), text.end(), plain)) {
      out_.append(1, '"').append(text).append(1, '"');
      return;
    }
    try {
      out_ += nlohmann::json(text).dump();
    } catch (const nlohmann::json::type_error&) {
      throw AppError("a text that is not UTF-8 cannot be sent or stored");
    }
  }
  void put(const Value::List& items) {
    open('[');
    open_.push_back({&items, nullptr, items.size()});
  }
  void put(const Value::Members& members) {
    open('{');
    open_.push_back({nullptr, &members, members.size()});
  }

  void open(char bracket) {
    if (open_.size() == deepest_) {
      throw AppError("a value nested more than " + std::to_string(deepest_) +
                     " deep cannot be sent or stored");
    }
    out_ += bracket;
  }

  std::string& out_;
  const std::size_t deepest_;
  std::vector<Open> open_;
};

std::string Value::dump() const {
  std::string text;
  dump_to(text);
  return text;
}

void Value::dump_to(std::string& out) const {
  ValueWriter(out, std::numeric_limits<std::size_t>::max()).write(*this);
}

std::string stored_text(const Value& value) {
  std::string text;
  ValueWriter(text, deepest_stored).write(value);
  return text;
}

}  // namespace rialto
