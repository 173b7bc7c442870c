// The named workloads of `rialto-bench` and what one of them came to.
// Plain values and functions, on one thread. Guarantee: a figure is the median of at least three
// runs (unless a run lasts minutes), and its limit was measured in the same run.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "storage/result.h"

namespace rialto::bench {

struct Settings {
  std::string server;  // path of the program that is measured
  std::string self;    // path of this program
  std::string folder;  // on a real disk; data folders are made in it
  double seconds = 5;  // of one run
  int runs = 3;
  int server_core = 0;
  int generator_core = 1;
};

struct Figure {
  double value = 0;
  std::string unit;
  double limit = 0;   // the same, of the peer or probe in the same run; 0: none
  double lowest = 0;  // of the runs
  double highest = 0;
  double p50_ms = 0;
  double p99_ms = 0;
  std::map<std::string, double> more;  // refused calls/s and the like
};

struct Workload {
  std::string name;
  std::string about;
  std::function<Result<Figure>(const Settings&)> run;
};

const std::vector<Workload>& workloads();

// The middle one of some values; there is at least one.
double median(std::vector<double> values);

}  // namespace rialto::bench
