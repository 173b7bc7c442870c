#include "actors/session_config.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <numeric>
#include <optional>
#include <string_view>

namespace rialto {
namespace {

constexpr std::string_view fee_key = "participation_fee";
constexpr std::string_view rate_key = "real_world_currency_per_point";

Error refuse(std::string sentence) { return {ErrorKind::invalid, std::move(sentence)}; }

std::string type_name(const Value& value) {
  if (value.is_bool()) return "true or false";
  if (value.is_whole()) return "a whole number";
  if (value.is_number()) return "a number";
  return "a text";
}

template <class Number>
std::optional<Number> read_number(std::string_view text) {
  Number number = 0;
  const auto [end, wrong] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (wrong != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

// Text of a command line as what the config has under that key: a number, a truth, a text.
Value read_like(const Value& known, const Value& given) {
  if (!given.is_string() || known.is_string()) return given;
  const std::string_view text = given.text();
  if (known.is_bool() && (text == "true" || text == "false")) return text == "true";
  if (!known.is_number()) return given;
  if (const auto whole = read_number<std::int64_t>(text)) return *whole;
  const auto number = read_number<double>(text);
  return number && std::isfinite(*number) ? Value(*number) : given;
}

// May the value stand where `known` stood?
bool has_type_of(const Value& known, const Value& given) {
  if (known.is_whole()) return given.is_whole();
  return (known.is_bool() && given.is_bool()) || (known.is_number() && given.is_number()) ||
         (known.is_string() && given.is_string());
}

Result<void> replace(SessionConfig& config, const std::string& key, const Value& known,
                     const Value& given) {
  if (known.is_list() || known.is_object() || known.is_null()) {
    return refuse("\"" + key + "\" is no number, text or truth: change it in the config itself");
  }
  const Value value = read_like(known, given);
  if (!has_type_of(known, value)) {
    return refuse("\"" + key + "\" of the config " + config.name + " is " + type_name(known) +
                  ", not " + given.dump());
  }
  if (key == rate_key) {
    const auto rate = read_rate(value);
    if (!rate) return rate.error();
    config.real_world_currency_per_point = *rate;
  } else if (key == fee_key) {
    const auto fee = read_fee(value);
    if (!fee) return fee.error();
    config.participation_fee = *fee;
  } else {
    config.values.set(key, value);
  }
  return {};
}

std::uint32_t group_size(const AnyApp& app) {
  return app->players_per_group == 0 ? 1 : static_cast<std::uint32_t>(app->players_per_group);
}

}  // namespace

std::string SessionConfig::title() const {
  AppModel words;
  words.name = name;
  words.display_name = display_name;
  return words.title();
}

Value SessionConfig::all_values() const {
  Value all = values;
  all.set("name", name);
  all.set("display_name", title());
  all.set("app_sequence", Value(apps));
  all.set(fee_key, participation_fee);
  all.set(rate_key, real_world_currency_per_point);
  return all;
}

Result<double> read_rate(const Value& number) {
  const auto rate = number.as<double>();
  if (rate > 0 && std::isfinite(rate)) return rate;
  return refuse("\"real_world_currency_per_point\" is what a point is worth, more than 0, not " +
                number.dump());
}

Result<Payment> read_fee(const Value& number) {
  const int decimals = Payment::usual_decimals();
  if (number.as<double>() < 0) {
    return refuse("\"participation_fee\" is what everyone is paid for coming, 0 or more, not " +
                  number.dump());
  }
  try {
    const auto fee = Payment::rounded(number.as<double>(), decimals);
    if (fee.to_double() == number.as<double>()) return fee;
  } catch (const AppError& too_large) {
    return refuse("\"participation_fee\": " + std::string(too_large.what()));
  }
  return refuse("\"participation_fee\" has at most the decimals of the currency, " +
                std::to_string(decimals) + ", not " + number.dump() +
                "; [money] may say currency_decimals = 2");
}

const AnyApp* find_app(const std::vector<AnyApp>& apps, const std::string& name) {
  const auto same = [&](const AnyApp& each) { return each->name == name; };
  const auto found = std::find_if(apps.begin(), apps.end(), same);
  return found == apps.end() ? nullptr : &*found;
}

const SessionConfig* find_config(const std::vector<SessionConfig>& configs,
                                 const std::string& name) {
  const auto found = std::ranges::find(configs, name, &SessionConfig::name);
  return found == configs.end() ? nullptr : &*found;
}

std::vector<SessionConfig> offered_configs(std::vector<SessionConfig> configs,
                                           const std::vector<AnyApp>& apps,
                                           const SessionConfig& single) {
  for (const AnyApp& app : apps) {
    if (find_config(configs, app->name) != nullptr) continue;
    SessionConfig config = single;
    config.name = app->name;
    config.display_name = app->title();
    config.doc = app->doc;
    config.apps = {app->name};
    configs.push_back(std::move(config));
  }
  return configs;
}

std::uint32_t participants_step(const SessionConfig& config, const std::vector<AnyApp>& apps) {
  std::uint32_t step = 1;
  for (const std::string& name : config.apps)
    step = std::lcm(step, group_size(*find_app(apps, name)));
  return step;
}

Result<void> check_participants(const SessionConfig& config, const std::vector<AnyApp>& apps,
                                std::uint32_t participants) {
  for (const std::string& name : config.apps) {
    const std::uint32_t size = group_size(*find_app(apps, name));
    if (participants % size == 0 && participants != 0) continue;
    return refuse(name + " is played in groups of " + std::to_string(size) + ", and " +
                  std::to_string(participants) + " participants are no multiple of that" +
                  (config.apps.size() == 1 ? ""
                                           : "; " + config.name + " takes any multiple of " +
                                                 std::to_string(participants_step(config, apps))));
  }
  return {};
}

std::uint32_t demo_size(const SessionConfig& config, const std::vector<AnyApp>& apps) {
  if (config.demo_participants != 0) return static_cast<std::uint32_t>(config.demo_participants);
  const std::uint32_t step = participants_step(config, apps);
  std::uint32_t wanted = 1;
  for (const std::string& name : config.apps) {
    wanted = std::max(wanted, static_cast<std::uint32_t>((*find_app(apps, name))->demo_size()));
  }
  return (wanted + step - 1) / step * step;
}

Result<SessionConfig> with_values(SessionConfig config, const Value& replaced) {
  if (replaced.is_null()) return config;
  const Value known = [&] {
    Value all = config.values;
    if (!all.contains("language")) all.set("language", "");  // otherwise the project's
    all.set(fee_key, config.participation_fee);
    all.set(rate_key, config.real_world_currency_per_point);
    return all;
  }();
  for (const auto& [key, value] : replaced.members()) {
    const Value* const before = known.find(key);
    if (before == nullptr) {
      std::string names;
      for (const auto& each : known.members()) names += (names.empty() ? "" : ", ") + each.key;
      return refuse("the config " + config.name + " has no value \"" + key +
                    "\"; it has: " + names);
    }
    if (auto done = replace(config, key, *before, value); !done) return done.error();
  }
  return config;
}

}  // namespace rialto
