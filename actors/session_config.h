// What a session is made of: which apps in which order, and values that all of them may read. What
// oTree knows as a session config. Plain values, made when the server starts, read on any thread.
// Guarantee: what `offered_configs` gives has one config of each name and, for each app, one of the
// app's own name.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "actors/app_model.h"
#include "actors/payment.h"
#include "actors/value.h"
#include "storage/result.h"

namespace rialto {

struct SessionConfig {
  std::string name;
  std::string display_name;       // for people; empty: the name as words
  std::string doc;                // one or two sentences
  std::vector<std::string> apps;  // in order, none twice
  int demo_participants = 0;      // 0: as few as the apps can be played with
  Payment participation_fee;
  double real_world_currency_per_point = 1;  // of the currency, a unit of Money
  Value values = Value::object();            // the author's own keys

  std::string title() const;
  // What hooks and templates read as the session's config: the author's keys, and the config's own
  // under oTree's names.
  Value all_values() const;
};

// `invalid` with a sentence if the fee has more decimals than the currency, or is below 0.
Result<Payment> read_fee(const Value& number);
// `invalid` with a sentence if a point would be worth nothing or less.
Result<double> read_rate(const Value& number);

const AnyApp* find_app(const std::vector<AnyApp>& apps, const std::string& name);
const SessionConfig* find_config(const std::vector<SessionConfig>& configs,
                                 const std::string& name);

// All configs there are: these, and each app by itself, as `single` says beside name and apps,
// unless one of these has its name.
std::vector<SessionConfig> offered_configs(std::vector<SessionConfig> configs,
                                           const std::vector<AnyApp>& apps,
                                           const SessionConfig& single = {});

// How many participants a session may have: any multiple of this. Its apps must be known.
std::uint32_t participants_step(const SessionConfig& config, const std::vector<AnyApp>& apps);
// `invalid` with a sentence that names the app and the number, if this many cannot play.
Result<void> check_participants(const SessionConfig& config, const std::vector<AnyApp>& apps,
                                std::uint32_t participants);
// Participants of a demo session, and of one created without a number.
std::uint32_t demo_size(const SessionConfig& config, const std::vector<AnyApp>& apps);

// The config with some values replaced, as a session is created with: own keys, the language, the
// fee, the rate.
// A text for what is a number or a truth is read as one. `invalid` names the keys there are, or the
// type a value must have.
Result<SessionConfig> with_values(SessionConfig config, const Value& replaced);

}  // namespace rialto
