// A whole experiment, with the server killed after each commit in turn: forms, wait pages of every
// kind, live pages, times, hand-overs.
#include "tests/actor/whole_experiment.h"

#include <doctest/doctest.h>

#include <algorithm>

namespace rialto::test {
namespace {

// Sanitizers are slow: they get one moment of ten.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr int stride = 10;
#else
constexpr int stride = 1;
#endif

std::string differences(const std::vector<std::string>& rows,
                        const std::vector<std::string>& expected) {
  std::string all;
  for (std::size_t i = 0; i < std::max(rows.size(), expected.size()); ++i) {
    const std::string row = i < rows.size() ? rows[i] : "no row";
    const std::string other = i < expected.size() ? expected[i] : "no row";
    if (row != other) all += "\n" + row + " instead of " + other;
  }
  return all;
}

}  // namespace

TEST_CASE("wherever the server is killed in a whole experiment, the tables are the same") {
  WholeExperiment whole(-1);
  REQUIRE(whole.play());
  CHECK_FALSE(whole.has_died());
  const auto expected = whole.tables();
  int commits = 0;
  for (;; commits += stride) {
    CAPTURE(commits);
    WholeExperiment killed(commits);
    REQUIRE(killed.play());
    CHECK(killed.problems().empty());
    const auto tables = killed.tables();
    for (const auto& [name, rows] : expected) {
      CAPTURE(name);
      CHECK(differences(tables.at(name), rows) == "");
    }
    if (!killed.has_died()) break;
  }
  CHECK(commits >= 50);
}

}  // namespace rialto::test
