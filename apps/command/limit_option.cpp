#include "apps/command/limit_option.h"

#include <array>
#include <charconv>
#include <chrono>
#include <cmath>
#include <sstream>
#include <variant>

namespace rialto::command {
namespace {

using Member =
    std::variant<std::size_t Limits::*, double Limits::*, std::chrono::seconds Limits::*,
                 std::chrono::milliseconds Limits::*, std::chrono::microseconds Limits::*>;

struct Named {
  const char* name;
  Member member;
  double most = 1e15;
};

constexpr auto all = std::to_array<Named>({
    {"connections", &Limits::connections},
    {"descriptors_kept", &Limits::descriptors_kept},
    {"newcomers", &Limits::newcomers},
    {"newcomers_behind", &Limits::newcomers_behind},
    {"header", &Limits::header},
    {"small_body", &Limits::small_body},
    {"discarded", &Limits::discarded},
    {"drain", &Limits::drain},
    {"ping", &Limits::ping},
    {"turn", &Limits::turn},
    {"windows", &Limits::windows},
    {"sends_per_second", &Limits::sends_per_second},
    {"sends_burst", &Limits::sends_burst},
    {"send_unit", &Limits::send_unit},
    {"requests_per_second", &Limits::requests_per_second},
    {"requests_burst", &Limits::requests_burst},
    {"request_unit", &Limits::request_unit},
    {"body", &Limits::body},
    {"pending", &Limits::pending},
    {"form_fields", &Limits::form_fields},
    {"draft", &Limits::draft},
    {"outbox", &Limits::outbox},
    {"frame", &Limits::frame},
    {"nesting", &Limits::nesting, Limits::most_nesting},
    {"sends_in_flight", &Limits::sends_in_flight},
    {"refused_senders", &Limits::refused_senders},
    {"history_piece", &Limits::history_piece},
    {"history_tail", &Limits::history_tail},
    {"batch_steps", &Limits::batch_steps},
    {"batch_bytes", &Limits::batch_bytes},
    {"senders_per_player", &Limits::senders_per_player},
    {"blocked_senders", &Limits::blocked_senders},
    {"latest_key", &Limits::latest_key},
    {"latest_marks", &Limits::latest_marks},
    {"chat_line", &Limits::chat_line},
    {"chat_shown", &Limits::chat_shown},
    {"snapshot_every", &Limits::snapshot_every},
    {"handler", &Limits::handler},
    {"hand_in", &Limits::hand_in},
    {"grace", &Limits::grace},
    {"grouping", &Limits::grouping},
    {"rest", &Limits::rest},
    {"room_visitors", &Limits::room_visitors},
    {"room_presence", &Limits::room_presence},
    {"log_what", &Limits::log_what},
    {"log_message", &Limits::log_message},
});

void set(std::size_t& bound, double value) { bound = static_cast<std::size_t>(value); }
void set(double& bound, double value) { bound = value; }
template <class Period>
void set(std::chrono::duration<std::int64_t, Period>& bound, double milliseconds) {
  bound = std::chrono::duration_cast<std::chrono::duration<std::int64_t, Period>>(
      std::chrono::duration<double, std::milli>(milliseconds));
}

double number(std::size_t bound) { return static_cast<double>(bound); }
double number(double bound) { return bound; }
template <class Period>
double number(std::chrono::duration<std::int64_t, Period> bound) {
  return std::chrono::duration<double, std::milli>(bound).count();
}

std::string names() {
  std::string text;
  for (const Named& each : all) text += (text.empty() ? "" : ", ") + std::string(each.name);
  return text;
}

}  // namespace

Result<void> set_limit(Limits& limits, const std::string& assignment) {
  const std::size_t equals = assignment.find('=');
  const std::string name = assignment.substr(0, equals);
  const std::string digits = equals == std::string::npos ? "" : assignment.substr(equals + 1);
  double value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc() || end != digits.data() + digits.size() ||
      !(value > 0 && value < 1e15)) {
    return Error{ErrorKind::invalid, "--limit wants NAME=NUMBER, not " + assignment};
  }
  for (const Named& each : all) {
    if (name != each.name) continue;
    if (value > each.most) {
      return Error{ErrorKind::invalid,
                   "--limit " + name + " is at most " + std::to_string(std::lround(each.most))};
    }
    std::visit([&](auto member) { set(limits.*member, value); }, each.member);
    return {};
  }
  return Error{ErrorKind::invalid, "there is no limit " + name + "; there are: " + names()};
}

std::string describe(const Limits& limits) {
  std::ostringstream text;
  text.precision(15);
  for (const Named& each : all) {
    const double value =
        std::visit([&](auto member) { return number(limits.*member); }, each.member);
    text << each.name << '=' << value << '\n';
  }
  return text.str();
}

}  // namespace rialto::command
