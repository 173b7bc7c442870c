#include "storage/compaction_watch.h"

#include <doctest/doctest.h>

namespace rialto {
namespace {

using Reason = rocksdb::BackgroundErrorReason;

TEST_CASE("tables that cannot be joined end no write, and are not tried again") {
  CompactionWatch watch;
  rocksdb::Status status = rocksdb::Status::Corruption("a block");
  watch.OnBackgroundError(Reason::kCompaction, &status);
  CHECK(status.ok());
  CHECK(watch.take_failure());
  CHECK_FALSE(watch.take_failure());
}

TEST_CASE("tables that a full disk has no room for are joined once there is room again") {
  CompactionWatch watch;
  rocksdb::Status status = rocksdb::Status::NoSpace();
  watch.OnBackgroundError(Reason::kCompaction, &status);
  CHECK(status.ok());
  CHECK_FALSE(watch.take_failure());
}

TEST_CASE("a table that cannot be written for good ends all writes") {
  CompactionWatch watch;
  rocksdb::Status status = rocksdb::Status::IOError("a flush");
  watch.OnBackgroundError(Reason::kFlush, &status);
  CHECK_FALSE(status.ok());
  CHECK_FALSE(watch.take_failure());
}

}  // namespace
}  // namespace rialto
