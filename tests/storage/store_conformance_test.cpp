// What every store must do, run over each of them.
#include <doctest/doctest.h>

#include <atomic>
#include <map>
#include <random>
#include <thread>

#include "storage/memory_store.h"
#include "storage/rocks_store.h"
#include "tests/storage/fault_store.h"
#include "tests/storage/temporary_folder.h"

namespace rialto {
namespace {

struct Memory {
  MemoryStore made;
  Store& store = made;
};

struct Fault {
  FaultStore made;
  Store& store = made;
};

struct Rocks {
  TemporaryFolder folder;
  std::unique_ptr<RocksStore> made = *RocksStore::open(folder.path());
  Store& store = *made;
};

using Entries = std::vector<std::pair<std::string, std::string>>;

Entries entries(const Reader& reader, std::string_view from = "a", std::string_view to = "m") {
  Entries found;
  const auto scanned = reader.scan(from, to, [&](std::string_view key, std::string_view value) {
    found.emplace_back(key, value);
    return true;
  });
  REQUIRE(scanned);
  return found;
}

void put(Store& store, std::vector<Write> writes) { REQUIRE(store.write(writes)); }

TEST_CASE_TEMPLATE("what was written is read back", Kind, Memory, Rocks, Fault) {
  Kind kind;
  const std::string bytes("\0\xff\r\n", 4);
  put(kind.store, {{"key", "value"}, {"empty", ""}, {bytes, bytes}});
  CHECK(*kind.store.get("key") == "value");
  CHECK(*kind.store.get("empty") == "");
  CHECK(*kind.store.get(bytes) == bytes);
}

TEST_CASE_TEMPLATE("a key that was never written or was erased is not found", Kind, Memory, Rocks,
                   Fault) {
  Kind kind;
  put(kind.store, {{"gone", "value"}});
  put(kind.store, {{"gone", "", true}, {"never there", "", true}});
  for (const char* key : {"gone", "never there", "unheard of"}) {
    const auto value = kind.store.get(key);
    REQUIRE_FALSE(value);
    CHECK(value.error().kind == ErrorKind::not_found);
  }
}

TEST_CASE_TEMPLATE("later writes win over earlier ones, also within one list and between lists",
                   Kind, Memory, Rocks, Fault) {
  Kind kind;
  put(kind.store,
      {{"a", "1"}, {"a", "2"}, {"b", "1"}, {"b", "", true}, {"c", "", true}, {"c", "3"}});
  CHECK(entries(kind.store) == Entries{{"a", "2"}, {"c", "3"}});
  const std::vector<Write> first{{"a", "first"}, {"d", "first"}};
  const std::vector<Write> second{{"a", "second"}, {"c", "", true}};
  const std::span<const Write> lists[] = {first, second};
  REQUIRE(kind.store.write_joined(lists, Durability::synced));
  CHECK(entries(kind.store) == Entries{{"a", "second"}, {"d", "first"}});
}

TEST_CASE_TEMPLATE("a scan visits the keys of its range in ascending order of bytes", Kind, Memory,
                   Rocks, Fault) {
  Kind kind;
  put(kind.store, {{"b", "2"}, {"a\xff", "1.5"}, {"a", "1"}, {"c", "3"}, {"b\x01", "2.5"}});
  CHECK(entries(kind.store) ==
        Entries{{"a", "1"}, {"a\xff", "1.5"}, {"b", "2"}, {"b\x01", "2.5"}, {"c", "3"}});
  CHECK(entries(kind.store, "a\x01", "b\x01") == Entries{{"a\xff", "1.5"}, {"b", "2"}});
  CHECK(entries(kind.store, "c", "c").empty());
  CHECK(entries(kind.store, "d", "e").empty());
}

TEST_CASE_TEMPLATE("a scan without an end goes on to the last key", Kind, Memory, Rocks, Fault) {
  Kind kind;
  put(kind.store, {{"x", "1"}, {"\xff\xff\xff", "2"}});
  CHECK(entries(kind.store, "x", "") == Entries{{"x", "1"}, {"\xff\xff\xff", "2"}});
}

TEST_CASE_TEMPLATE("a scan stops where its visitor says so", Kind, Memory, Rocks, Fault) {
  Kind kind;
  put(kind.store, {{"a", ""}, {"b", ""}, {"c", ""}});
  int visited = 0;
  REQUIRE(kind.store.scan("a", "m", [&](auto, auto) { return ++visited < 2; }));
  CHECK(visited == 2);
}

TEST_CASE_TEMPLATE("a visitor may read and write the store it is visiting, and sees none of it",
                   Kind, Memory, Rocks, Fault) {
  Kind kind;
  put(kind.store, {{"a", "1"}, {"b", "1"}});
  std::string seen;
  REQUIRE(kind.store.scan("a", "m", [&](std::string_view key, std::string_view value) {
    put(kind.store, {{"b", "2"}, {std::string(key) + "x", "new"}});
    CHECK(*kind.store.get("b") == "2");
    seen.append(key).append(value);
    return true;
  }));
  CHECK(seen == "a1b1");
}

TEST_CASE_TEMPLATE("a snapshot does not move while the store goes on", Kind, Memory, Rocks, Fault) {
  Kind kind;
  put(kind.store, {{"a", "1"}, {"b", "1"}});
  const auto before = kind.store.snapshot();
  put(kind.store, {{"a", "2"}, {"b", "", true}, {"c", "2"}});
  const auto between = kind.store.snapshot();
  put(kind.store, {{"a", "3"}});
  CHECK(entries(*before) == Entries{{"a", "1"}, {"b", "1"}});
  CHECK(*before->get("b") == "1");
  CHECK_FALSE(before->get("c"));
  CHECK(entries(*between) == Entries{{"a", "2"}, {"c", "2"}});
  CHECK(*kind.store.get("a") == "3");
}

TEST_CASE_TEMPLATE("no reader ever sees a part of a write", Kind, Memory, Rocks, Fault) {
  Kind kind;
  put(kind.store, {{"a", "0"}, {"b", "0"}});
  std::atomic<bool> done = false;
  std::thread writer([&] {
    for (int i = 1; i <= 300; ++i) {
      const std::string value = std::to_string(i);
      const Write writes[] = {{"a", value}, {"b", value}};
      (void)kind.store.write(writes, Durability::buffered);
    }
    done = true;
  });
  int torn = 0;
  while (!done) {
    std::string a;
    (void)kind.store.scan("a", "c", [&](std::string_view key, std::string_view value) {
      if (key == "a") a = value;
      if (key == "b" && a != value) ++torn;
      return true;
    });
  }
  writer.join();
  CHECK(torn == 0);
  CHECK(*kind.store.get("b") == "300");
}

TEST_CASE_TEMPLATE("any mix of writes leaves what a map would hold", Kind, Memory, Rocks, Fault) {
  Kind kind;
  std::mt19937_64 random(5);
  std::map<std::string, std::string> model;
  for (int i = 0; i < 200; ++i) {
    std::vector<Write> writes(random() % 20);
    for (Write& write : writes) {
      write = {"k" + std::to_string(random() % 50), std::to_string(random()), random() % 3 == 0};
      if (write.erase) {
        model.erase(write.key);
      } else {
        model[write.key] = write.value;
      }
    }
    REQUIRE(kind.store.write(writes, i % 2 == 0 ? Durability::synced : Durability::buffered));
  }
  CHECK(entries(kind.store) == Entries(model.begin(), model.end()));
}

TEST_CASE_TEMPLATE("a write of nothing succeeds", Kind, Memory, Rocks, Fault) {
  Kind kind;
  CHECK(kind.store.write({}));
  CHECK(kind.store.write_joined({}, Durability::synced));
}

TEST_CASE_TEMPLATE("a lineage is 16 hex digits and stays", Kind, Memory, Rocks, Fault) {
  Kind kind;
  const std::string lineage = kind.store.lineage();
  CHECK(lineage.size() == 16);
  CHECK(lineage.find_first_not_of("0123456789abcdef") == std::string::npos);
  put(kind.store, {{"a", "1"}});
  CHECK(kind.store.lineage() == lineage);
  CHECK(kind.store.has_room());
}

}  // namespace
}  // namespace rialto
