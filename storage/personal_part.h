// What is personal in a record stands apart from it, under a key of its own, so that it can be left
// out and erased (rules.md 20): the value of each personal change, and of a step that had to do
// with something personal also the message and the replies. Plain functions; who reads records
// reads them with `read_records`. Guarantees: a record and its part put together are the record
// that was written; a part, or a text of it, that was erased reads as null or nothing, and is
// counted.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/record.h"
#include "storage/store.h"
#include "storage/unit_id.h"

namespace rialto {

struct PersonalPart {
  struct OwnedValue {
    std::uint32_t seat = 0;  // whose; 0: the group's
    std::optional<std::string> value;
    bool operator==(const OwnedValue&) const = default;
  };

  std::vector<std::uint32_t> concerns;               // whose the input and the payloads are
  std::optional<std::string> input;                  // nothing: the record has it, or it was erased
  std::vector<std::optional<std::string>> payloads;  // one a reply
  std::vector<OwnedValue> values;                    // one a personal change, in their order
  bool operator==(const PersonalPart&) const = default;

  // How many texts it still holds.
  std::uint32_t size() const;
};

// Of events and descriptions the input is the server's own.
inline bool has_personal_input(const Record& record) {
  return record.personal && record.kind != RecordKind::event &&
         record.kind != RecordKind::created && record.kind != RecordKind::described;
}
// Is anything of the record to stand apart? Of nearly all records one bool says no.
bool holds_personal(const Record& record);

PersonalPart personal_part_of(const Record& record);
std::string encode(const PersonalPart& part);
// `corrupt` of bytes that are no part.
Result<PersonalPart> decode_personal_part(std::string_view bytes);
// What keeps the part of a record that holds one.
Write personal_write(UnitId unit, const Record& record);

// Puts the part back into the record it was taken from; null: it was erased. `corrupt` if it is of
// another record.
Result<void> join(Record& record, const PersonalPart* part);

// The records of a block (keys::records), with what is personal in them.
Result<std::vector<Record>> read_records(const Reader& reader, UnitId unit, std::string_view block);

}  // namespace rialto
