#include "storage/compaction_watch.h"

#include <spdlog/spdlog.h>

namespace rialto {

void CompactionWatch::OnBackgroundError(rocksdb::BackgroundErrorReason reason,
                                        rocksdb::Status* error) {
  if (reason != rocksdb::BackgroundErrorReason::kCompaction || error->IsShutdownInProgress()) {
    return;
  }
  if (!is_told_.exchange(true)) {
    spdlog::error(
        "tables of the store cannot be joined: {}. Nothing is lost by that; what stands in a "
        "damaged table cannot be played or exported, all else goes on. `rialto store salvage` "
        "makes a store of what can be read",
        error->ToString());
  }
  // A disk that is full will have room again.
  if (!error->IsNoSpace()) failed_ = true;
  *error = rocksdb::Status::OK();
}

}  // namespace rialto
