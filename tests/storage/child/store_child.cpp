// A process of its own that works on a store, for tests that end it or stand in its way.
//   store_child hold FOLDER
//     opens the store, says "open", waits for the end of input
//   store_child write FOLDER synced|buffered
//     appends records until it is killed, says the number of each once it may be taken for durable
//   store_child read FOLDER
//     opens the store to read only, says the number of its last record
#include <cstdio>
#include <cstring>
#include <string>

#include "storage/keys.h"
#include "storage/record.h"
#include "storage/rocks_store.h"

namespace {

using namespace std::string_literals;

constexpr rialto::UnitId unit{1};

std::uint64_t last_sequence(const rialto::Store& store) {
  std::uint64_t last = 0;
  (void)store.scan(rialto::keys::records(unit, 0), rialto::keys::records_end(unit),
                   [&](std::string_view key, std::string_view) {
                     last = rialto::keys::sequence_of(key);
                     return true;
                   });
  return last;
}

// Small and large ones, so that memtables fill and are flushed while the test runs.
std::string input_of(std::uint64_t sequence) {
  return std::string(sequence % 8 == 0 ? 400'000 : 10 + sequence % 5'000, 'x');
}

int write(rialto::Store& store, rialto::Durability durability) {
  for (std::uint64_t sequence = last_sequence(store) + 1;; ++sequence) {
    rialto::Record record;
    record.sequence = sequence;
    record.input = input_of(sequence);
    rialto::Write write{rialto::keys::records(unit, sequence)};
    encode(record, write.value);
    if (const auto written = store.write({&write, 1}, durability); !written) {
      std::fprintf(stderr, "%s\n", written.error().message.c_str());
      return 1;
    }
    std::printf("%llu\n", static_cast<unsigned long long>(sequence));
    std::fflush(stdout);
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) return 2;
  rialto::RocksStore::Options options;
  if (argv[1] == "read"s) options.access = rialto::Access::read_only;
  auto store = rialto::RocksStore::open(argv[2], options);
  if (!store) {
    std::fprintf(stderr, "%s\n", store.error().message.c_str());
    return 2;
  }
  if (argv[1] == "write"s) {
    return write(**store,
                 argv[3] == "synced"s ? rialto::Durability::synced : rialto::Durability::buffered);
  }
  if (argv[1] == "read"s) {
    std::printf("%llu\n", static_cast<unsigned long long>(last_sequence(**store)));
    return 0;
  }
  std::puts("open");
  std::fflush(stdout);
  while (std::getchar() != EOF) {
  }
  return 0;
}
