// Sessions' data as tables that statistics programs read (rules.md 22; tables and columns are in
// storage/README.md). Free functions; used by whoever holds a snapshot, on its thread.
// Guarantee: everything is as of the snapshot's moment, while the sessions go on. Labels and
// fields marked personal are left out unless asked for (rules.md 20). Limitation: the values of one
// session are in memory at a time, all else is streamed.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "storage/export_table.h"
#include "storage/result.h"
#include "storage/store.h"
#include "storage/table_writer.h"
#include "storage/unreadable_units.h"

namespace rialto {

// Which sessions: the one that is named, or all, without those of demos and bots unless asked for.
struct ExportChoice {
  std::string code;  // empty: all
  bool demo = false;
  bool bots = false;
};

struct SessionReport {
  std::string code;
  std::string config;
  std::vector<std::string> apps;
  bool demo = false;
  bool bots = false;
  std::uint64_t participants = 0;
  std::uint64_t units = 0;  // that have records
  std::uint64_t records = 0;
  std::int64_t newest = 0;  // time of the newest record in microseconds since 1970; 0: none
};

struct ExportReport {
  std::vector<SessionReport> sessions;
  std::vector<ExportedTable> tables;
  std::vector<std::string> left_out;  // what could not be read or written, in sentences
};

// Their numbers; `not_found` with a sentence if there is no such session, or none at all.
Result<std::vector<std::uint32_t>> chosen_sessions(const Reader& reader,
                                                   const ExportChoice& choice);

// Which sessions "all" leaves out, and how they are asked for: one sentence, or "" if none are.
Result<std::string> sessions_left_out(const Reader& reader, const ExportChoice& choice);

// Writes and finishes the tables of the sessions of these numbers: `not_found` if one is missing.
// Units that cannot be read, those in `unreadable` among them, are left out; the report says so.
Result<ExportReport> export_sessions(const Reader& snapshot,
                                     const std::vector<std::uint32_t>& sessions, Personal personal,
                                     TableWriter& writer, UnreadableUnits unreadable = {});

}  // namespace rialto
