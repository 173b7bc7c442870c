#include "apps/load/latency_histogram.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <vector>

using rialto::load::LatencyHistogram;

TEST_CASE("a quantile is at most 0.8 % above the true one") {
  std::mt19937_64 random(7);
  std::lognormal_distribution<double> some_latencies(13, 3);
  std::vector<std::int64_t> durations;
  LatencyHistogram histogram;
  for (int i = 0; i < 100'000; ++i) {
    durations.push_back(static_cast<std::int64_t>(some_latencies(random)));
    histogram.add(std::chrono::nanoseconds(durations.back()));
  }
  std::sort(durations.begin(), durations.end());
  for (const double share : {0.001, 0.5, 0.9, 0.99, 0.999, 1.0}) {
    const auto place = static_cast<std::size_t>(share * 100'000 + 0.5) - 1;
    const double exact = static_cast<double>(durations[place]) / 1e6;
    CAPTURE(share);
    CHECK(histogram.quantile_ms(share) >= exact);
    CHECK(histogram.quantile_ms(share) <= exact * 1.008 + 1e-6);
  }
  CHECK(histogram.max_ms() == static_cast<double>(durations.back()) / 1e6);
}

TEST_CASE("an empty histogram says zero") {
  CHECK(LatencyHistogram().quantile_ms(0.99) == 0);
  CHECK(LatencyHistogram().max_ms() == 0);
}

TEST_CASE("two histograms merged count as one") {
  LatencyHistogram first;
  LatencyHistogram second;
  first.add(std::chrono::milliseconds(1));
  second.add(std::chrono::milliseconds(9));
  first.merge(second);
  CHECK(first.count() == 2);
  CHECK(first.max_ms() == 9);
  CHECK(first.quantile_ms(0.5) == doctest::Approx(1).epsilon(0.008));
}
