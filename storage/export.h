// A session's data as CSV files that statistics programs read (rules.md 22; the columns are in
// storage/README.md). A free function; used by whoever holds a snapshot, on its thread.
// Guarantee: everything is as of the snapshot's moment, while the session goes on. Labels and
// fields marked personal are left out (rules.md 20). Limitation: the fields of one group are in
// memory at a time, all else is streamed.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "storage/result.h"
#include "storage/store.h"

namespace rialto {

// Takes the files. Bytes of several files may come in turns.
class ExportSink {
 public:
  virtual ~ExportSink() = default;
  // Appends to the file of that name (a plain name, no folder); the first time it is new.
  virtual Result<void> append(const std::string& file, std::string_view bytes) = 0;
};

struct ExportedFile {
  std::string name;
  std::uint64_t rows = 0;  // without the header
};

// What was exported.
struct Manifest {
  std::string code;  // of the session
  std::uint64_t groups = 0;
  std::uint64_t records = 0;
  std::int64_t newest = 0;  // time of the newest record in microseconds since 1970
  std::vector<ExportedFile> files;
};

// Exports the session of that number: `not_found` if there is none.
Result<Manifest> export_session(const Reader& snapshot, std::uint32_t session, ExportSink& sink);

}  // namespace rialto
