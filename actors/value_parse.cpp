// JSON text -> Value, by nlohmann's parser: nothing that a browser's JSON.parse would refuse.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "actors/limits.h"
#include "actors/stored_value.h"

namespace rialto {

// Builds a Value from the parser's events. The open lists and objects stand on a stack of its own,
// so that depth costs no stack of the thread.
class ValueParser final : public nlohmann::json::json_sax_t {
 public:
  explicit ValueParser(std::size_t max_nesting) : max_nesting_(max_nesting) {}

  Value take() { return std::move(root_); }
  const std::string& refusal() const { return refusal_; }

  bool null() override { return put(Value()); }
  bool boolean(bool truth) override { return put(Value(truth)); }
  bool number_integer(number_integer_t number) override { return put(Value(number)); }
  bool number_unsigned(number_unsigned_t number) override { return put(Value(number)); }
  bool number_float(number_float_t number, const string_t&) override { return put(Value(number)); }
  bool string(string_t& text) override { return put(Value(std::move(text))); }
  bool binary(binary_t&) override { return false; }

  bool start_array(std::size_t) override { return open(Value::empty_list()); }
  bool end_array() override { return close(); }
  bool start_object(std::size_t) override { return open(Value::object()); }
  bool key(string_t& name) override {
    open_.back().key = std::move(name);
    return true;
  }
  bool end_object() override {
    keep_last_of_each(std::get<Value::Members>(open_.back().value.data_));
    return close();
  }

  // Says where, not what: the bytes there need not be text that can be said.
  bool parse_error(std::size_t position, const std::string&,
                   const nlohmann::json::exception&) override {
    refusal_ = "this is not JSON: it makes no sense at byte " + std::to_string(position);
    return false;
  }

 private:
  bool open(Value empty) {
    if (open_.size() == max_nesting_) {
      refusal_ = "this is nested too deeply";
      return false;
    }
    open_.push_back({{}, std::move(empty)});
    return true;
  }

  bool close() {
    Value done = std::move(open_.back().value);
    open_.pop_back();
    return put(std::move(done));
  }

  bool put(Value value) {
    if (open_.empty()) {
      root_ = std::move(value);
      return true;
    }
    Value::Member& parent = open_.back();
    if (auto* items = std::get_if<Value::List>(&parent.value.data_)) {
      items->push_back(std::move(value));
    } else {
      std::get<Value::Members>(parent.value.data_)
          .push_back({std::move(parent.key), std::move(value)});
    }
    return true;
  }

  // Of members with one key the last counts, in the place of the first, as in browsers.
  static void keep_last_of_each(Value::Members& members) {
    std::vector<std::size_t> order(members.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    if (members.size() > 1) {
      std::stable_sort(order.begin(), order.end(), [&members](std::size_t a, std::size_t b) {
        return members[a].key < members[b].key;
      });
    }
    std::vector<std::size_t> repeats;
    for (std::size_t i = 0; i < order.size();) {
      std::size_t last = i;
      while (last + 1 < order.size() && members[order[last + 1]].key == members[order[i]].key)
        ++last;
      if (last > i) members[order[i]].value = std::move(members[order[last]].value);
      repeats.insert(repeats.end(), order.begin() + static_cast<std::ptrdiff_t>(i) + 1,
                     order.begin() + static_cast<std::ptrdiff_t>(last) + 1);
      i = last + 1;
    }
    if (repeats.empty()) return;
    std::sort(repeats.begin(), repeats.end());
    std::size_t index = 0;
    std::erase_if(members, [&](const Value::Member&) {
      return std::binary_search(repeats.begin(), repeats.end(), index++);
    });
  }

  const std::size_t max_nesting_;
  std::vector<Value::Member>
      open_;  // lists and objects not yet closed; `key`: of their next member
  Value root_;
  std::string refusal_;
};

Value read_stored(std::string_view json) {
  return Value::parse(json, std::numeric_limits<std::size_t>::max());
}

Value Value::parse(std::string_view json) { return parse(json, Limits{}.nesting); }

Value Value::parse(std::string_view json, std::size_t max_nesting) {
  ValueParser parser(max_nesting);
  if (!nlohmann::json::sax_parse(json, &parser)) throw BadMessage(parser.refusal());
  return parser.take();
}

}  // namespace rialto
