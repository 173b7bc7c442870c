// part  := [[concern*] text [text*] [value*]]
// value := [seat text]
// text  := str | nil                         nil: the record has it itself, or it was erased
// Everything is msgpack: arrays, integers in their shortest form, str.
#include "storage/personal_part.h"

#include <algorithm>
#include <limits>
#include <msgpack.hpp>

#include "storage/keys.h"

namespace rialto {
namespace {

using Text = std::optional<std::string>;

struct NotAPart {};

void pack(msgpack::packer<msgpack::sbuffer>& packer, const Text& text) {
  text ? packer.pack(*text) : packer.pack_nil();
}

const msgpack::object_array& array_of(const msgpack::object& object) {
  if (object.type != msgpack::type::ARRAY) throw NotAPart{};
  return object.via.array;
}

std::uint32_t number_of(const msgpack::object& object) {
  if (object.type != msgpack::type::POSITIVE_INTEGER ||
      object.via.u64 > std::numeric_limits<std::uint32_t>::max()) {
    throw NotAPart{};
  }
  return static_cast<std::uint32_t>(object.via.u64);
}

Text text_of(const msgpack::object& object) {
  if (object.type == msgpack::type::NIL) return std::nullopt;
  if (object.type != msgpack::type::STR) throw NotAPart{};
  return std::string(object.via.str.ptr, object.via.str.size);
}

PersonalPart part_of(const msgpack::object& object) {
  const msgpack::object_array& elements = array_of(object);
  if (elements.size != 4) throw NotAPart{};
  PersonalPart part;
  for (const msgpack::object& seat : array_of(elements.ptr[0])) {
    part.concerns.push_back(number_of(seat));
  }
  part.input = text_of(elements.ptr[1]);
  for (const msgpack::object& text : array_of(elements.ptr[2])) {
    part.payloads.push_back(text_of(text));
  }
  for (const msgpack::object& value : array_of(elements.ptr[3])) {
    const msgpack::object_array& owned = array_of(value);
    if (owned.size != 2) throw NotAPart{};
    part.values.push_back({number_of(owned.ptr[0]), text_of(owned.ptr[1])});
  }
  return part;
}

Error of_another(const Record& record) {
  return {ErrorKind::corrupt,
          "the personal part of record " + std::to_string(record.sequence) + " is not its own"};
}

}  // namespace

std::uint32_t PersonalPart::size() const {
  std::uint32_t texts = input ? 1 : 0;
  for (const Text& payload : payloads) texts += payload ? 1 : 0;
  for (const OwnedValue& owned : values) texts += owned.value ? 1 : 0;
  return texts;
}

bool holds_personal(const Record& record) {
  if (!record.personal) return false;
  return has_personal_input(record) || !record.replies.empty() ||
         std::ranges::any_of(record.changes,
                             [](const Change& each) { return each.personal_of.has_value(); });
}

PersonalPart personal_part_of(const Record& record) {
  PersonalPart part;
  part.concerns = record.concerns;
  if (has_personal_input(record)) part.input = record.input;
  for (const StoredReply& reply : record.replies) part.payloads.emplace_back(reply.payload);
  for (const Change& change : record.changes) {
    if (change.personal_of) part.values.push_back({*change.personal_of, change.value});
  }
  return part;
}

std::string encode(const PersonalPart& part) {
  msgpack::sbuffer buffer;
  msgpack::packer<msgpack::sbuffer> packer(buffer);
  packer.pack_array(4);
  packer.pack(part.concerns);
  pack(packer, part.input);
  packer.pack_array(static_cast<std::uint32_t>(part.payloads.size()));
  for (const Text& payload : part.payloads) pack(packer, payload);
  packer.pack_array(static_cast<std::uint32_t>(part.values.size()));
  for (const PersonalPart::OwnedValue& owned : part.values) {
    packer.pack_array(2);
    packer.pack(owned.seat);
    pack(packer, owned.value);
  }
  return {buffer.data(), buffer.size()};
}

Result<PersonalPart> decode_personal_part(std::string_view bytes) {
  // part > list > value
  const msgpack::unpack_limit limit(bytes.size(), 0, bytes.size(), 0, 0, 3);
  try {
    std::size_t offset = 0;
    const auto handle =
        msgpack::unpack(bytes.data(), bytes.size(), offset, nullptr, nullptr, limit);
    if (offset == bytes.size()) return part_of(handle.get());
  } catch (const msgpack::unpack_error&) {
  } catch (const NotAPart&) {
  }
  return Error{ErrorKind::corrupt, "what is stored as personal data is none"};
}

Write personal_write(UnitId unit, const Record& record) {
  return {keys::personal(unit, record.sequence), encode(personal_part_of(record))};
}

Result<void> join(Record& record, const PersonalPart* part) {
  const auto changes = std::ranges::count_if(
      record.changes, [](const Change& each) { return each.personal_of.has_value(); });
  if (part != nullptr && (part->payloads.size() != record.replies.size() ||
                          std::cmp_not_equal(part->values.size(), changes))) {
    return of_another(record);
  }
  const auto take = [&](const Text* text, std::string& into, const char* otherwise) {
    const bool is_there = text != nullptr && *text;
    into = is_there ? **text : otherwise;
    if (!is_there) ++record.redacted;
  };
  if (part != nullptr) record.concerns = part->concerns;
  if (has_personal_input(record)) take(part ? &part->input : nullptr, record.input, "");
  for (std::size_t i = 0; i < record.replies.size(); ++i) {
    take(part ? &part->payloads[i] : nullptr, record.replies[i].payload, "");
  }
  std::size_t next = 0;
  for (Change& change : record.changes) {
    if (!change.personal_of) continue;
    const PersonalPart::OwnedValue* const owned = part ? &part->values[next++] : nullptr;
    if (owned != nullptr) change.personal_of = owned->seat;
    take(owned ? &owned->value : nullptr, change.value, "null");
  }
  return {};
}

Result<std::vector<Record>> read_records(const Reader& reader, UnitId unit,
                                         std::string_view block) {
  auto records = decode_records(block);
  if (!records) return records;
  for (Record& record : *records) {
    if (!holds_personal(record)) continue;
    const auto bytes = reader.get(keys::personal(unit, record.sequence));
    if (!bytes && bytes.error().kind != ErrorKind::not_found) return bytes.error();
    Result<void> joined;
    if (!bytes) {
      joined = join(record, nullptr);
    } else if (const auto part = decode_personal_part(*bytes)) {
      joined = join(record, &*part);
    } else {
      joined = part.error();
    }
    if (!joined) return joined.error();
  }
  return records;
}

}  // namespace rialto
