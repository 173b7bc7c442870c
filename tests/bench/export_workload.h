// How long `rialto export` takes on a large session while another one is being played, and what the
// players of the other one notice of it. A free function, on one thread and one beside it.
// Guarantee: the bids' p99 without an export was measured on the same server, a moment before.
#pragma once

#include "tests/bench/workloads.h"

namespace rialto::bench {

Workload export_workload();

}  // namespace rialto::bench
