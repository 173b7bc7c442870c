// Says in a sentence what the first difference between two records of one step is. A plain
// function. Guarantee: records that differ in anything give a sentence that says in what.
#pragma once

#include <string>

#include "actors/roster.h"
#include "storage/record.h"

namespace rialto {

// `anew` without a sequence: there was no record at all. `roster`: for the names of columns.
std::string difference_of(const Record& stored, const Record& anew, const Roster& roster);

}  // namespace rialto
