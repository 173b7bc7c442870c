// Erases people's data for good (rules.md 20): of a session, of a participant, or a session whole.
// Plain functions for who has the store to himself: no server runs on it. Each is one write, after
// which nobody reads the data any more; `finish_erasures` then takes the bytes out of the files.
// Guarantees: killed at any moment, either nothing was erased or the next `finish_erasures`
// completes it; the records of a redacted session stay, with their numbers. Limitations: sessions
// begun before personal data stood apart can only be deleted whole; snapshots hold such values,
// too: they are dropped and made again.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "storage/result.h"
#include "storage/store.h"

namespace rialto {

class RocksStore;

enum class OpenSessions : std::uint8_t { refuse, take };

struct Erasure {
  std::string session;       // its code
  std::uint64_t values = 0;  // values, messages and replies; of a whole session: 0
  std::uint64_t labels = 0;
};

// `now`: microseconds since 1970. `not_found` if there is no such session or participant;
// `conflict` if the session is open and this is not to be; `invalid` if it cannot be redacted.
Result<Erasure> redact_session(Store& store, const std::string& code, OpenSessions open,
                               std::int64_t now);
Result<Erasure> redact_participant(Store& store, const std::string& code, OpenSessions open,
                                   std::int64_t now);
Result<Erasure> delete_session(Store& store, const std::string& code, OpenSessions open);

// Takes out of the files what was erased and is still in them, and what there is of a session whose
// making has not come to its end. The codes of the sessions it was of.
Result<std::vector<std::string>> finish_erasures(RocksStore& store);

}  // namespace rialto
