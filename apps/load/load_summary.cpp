#include "apps/load/load_summary.h"

#include <cstdarg>
#include <cstdio>

namespace rialto::load {
namespace {

[[gnu::format(printf, 1, 2)]] std::string print(const char* format, ...) {
  char text[256];
  std::va_list arguments;
  va_start(arguments, format);
  std::vsnprintf(text, sizeof text, format, arguments);
  va_end(arguments);
  return text;
}

}  // namespace

std::string to_text(const LoadReport& report) {
  const Tally& tally = report.tally;
  const auto rate = [&](const char* name, std::uint64_t count) {
    return print("%-12s %12.1f calls/s  %12llu\n", name, report.per_second(count),
                 static_cast<unsigned long long>(count));
  };
  std::string text = print("%zu players, %.1f s\n", report.players, report.seconds);
  text += rate("offered", tally.offered) + rate("accepted", tally.accepted()) +
          rate("refused", tally.refused);
  text += print("%-12s %12llu\n", "unanswered",
                static_cast<unsigned long long>(tally.offered - tally.answered));
  text += print("%-12s %12.1f frames/s %12llu\n", "received", report.per_second(tally.received),
                static_cast<unsigned long long>(tally.received));
  text += print("latency      p50 %.3f ms, p99 %.3f ms, p99.9 %.3f ms, max %.3f ms\n",
                tally.latency.quantile_ms(0.5), tally.latency.quantile_ms(0.99),
                tally.latency.quantile_ms(0.999), tally.latency.max_ms());
  if (tally.pages > 0) {
    text += print("%-12s %12.1f pages/s  %12llu\n", "pages", report.per_second(tally.pages),
                  static_cast<unsigned long long>(tally.pages));
    text +=
        print("a page       p50 %.3f ms, p99 %.3f ms, max %.3f ms; %llu refused; %llu finished\n",
              tally.page_latency.quantile_ms(0.5), tally.page_latency.quantile_ms(0.99),
              tally.page_latency.max_ms(), static_cast<unsigned long long>(tally.refused_pages),
              static_cast<unsigned long long>(tally.finished));
  }
  text += print("pushed back  %llu, reconnects %llu\n",
                static_cast<unsigned long long>(tally.pushed_back),
                static_cast<unsigned long long>(tally.reconnects));
  if (tally.errors.empty()) text += "errors       none\n";
  for (const auto& [code, count] : tally.errors) {
    text += print("error        %s: %llu\n", code.c_str(), static_cast<unsigned long long>(count));
  }
  return text;
}

Value to_json(const LoadReport& report) {
  const Tally& tally = report.tally;
  Value errors = Value::object();
  for (const auto& [code, count] : tally.errors) errors.set(code, count);
  return {{"players", report.players},
          {"seconds", report.seconds},
          {"offered", tally.offered},
          {"accepted", tally.accepted()},
          {"refused", tally.refused},
          {"unanswered", tally.offered - tally.answered},
          {"offered_per_second", report.per_second(tally.offered)},
          {"accepted_per_second", report.per_second(tally.accepted())},
          {"refused_per_second", report.per_second(tally.refused)},
          {"received", tally.received},
          {"received_per_second", report.per_second(tally.received)},
          {"p50_ms", tally.latency.quantile_ms(0.5)},
          {"p99_ms", tally.latency.quantile_ms(0.99)},
          {"p99_9_ms", tally.latency.quantile_ms(0.999)},
          {"max_ms", tally.latency.max_ms()},
          {"pushed_back", tally.pushed_back},
          {"reconnects", tally.reconnects},
          {"pages", tally.pages},
          {"pages_per_second", report.per_second(tally.pages)},
          {"page_p50_ms", tally.page_latency.quantile_ms(0.5)},
          {"page_p99_ms", tally.page_latency.quantile_ms(0.99)},
          {"refused_pages", tally.refused_pages},
          {"finished", tally.finished},
          {"errors", std::move(errors)}};
}

}  // namespace rialto::load
