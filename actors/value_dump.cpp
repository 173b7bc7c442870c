// Value -> JSON text, by nlohmann's serializer: shortest numbers, UTF-8 left as it is.
#include <cmath>
#include <nlohmann/json.hpp>

#include "actors/value.h"

namespace rialto {

// nlohmann's json with the members of objects in the order they were set.
class ValueWriter {
 public:
  using Json = nlohmann::ordered_json;

  static Json convert(const Value& value) {
    return std::visit([](const auto& data) { return convert_data(data); }, value.data_);
  }

 private:
  static Json convert_data(std::monostate) { return nullptr; }
  static Json convert_data(bool truth) { return truth; }
  static Json convert_data(std::int64_t number) { return number; }
  static Json convert_data(const std::string& text) { return text; }
  static Json convert_data(double number) {
    if (!std::isfinite(number)) throw AppError("NaN and infinity cannot be sent or stored");
    return number;
  }
  static Json convert_data(Money amount) { return convert(Value::number_of(amount)); }
  static Json convert_data(Payment paid) { return convert(Value::number_of(paid)); }
  static Json convert_data(const Value::List& items) {
    Json list = Json::array();
    for (const Value& item : items) list.push_back(convert(item));
    return list;
  }
  static Json convert_data(const Value::Members& members) {
    Json object = Json::object();
    auto& entries = object.get_ref<Json::object_t&>();
    entries.reserve(members.size());
    for (const auto& [key, value] : members) entries.Container::emplace_back(key, convert(value));
    return object;
  }
};

std::string Value::dump() const {
  try {
    return ValueWriter::convert(*this).dump();
  } catch (const nlohmann::json::type_error&) {
    throw AppError("a text that is not UTF-8 cannot be sent or stored");
  }
}

void Value::dump_to(std::string& out) const {
  if (const auto* whole = std::get_if<std::int64_t>(&data_)) {
    out += std::to_string(*whole);  // what is sent most; the same text, without its detours
  } else if (is_money() && Money::decimals() <= 4) {  // with more, JSON has exponents: 1e-05
    out += std::get<Money>(data_).text();
  } else {
    out += dump();
  }
}

}  // namespace rialto
