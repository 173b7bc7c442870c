// The workloads of `rialto-bench` that play pages: surveys beside oTree's own server, everyone who
// loads a live page at once, everyone who arrives at once, bots in process.
// Plain functions, on one thread. Guarantee: as workloads.h says.
#pragma once

#include "tests/bench/workloads.h"

namespace rialto::bench {

Workload pages_workload();
Workload storm_workload();
Workload arrive_workload();
Workload bots_workload();

}  // namespace rialto::bench
