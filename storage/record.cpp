// record   := [sequence kind time player page sender number input code failed
//              [change*] [row*] [reply*] [move*] [deadline*] ([let_go+] | [let_go*] true)]
// page     := round position                (two elements of the array that holds it)
// change   := [object field value]
// row      := [object log values]
// reply    := [page [receiver*] retention key payload]
// move     := [player page]
// deadline := [player page at]
// let_go   := [player to_app]
// Everything is msgpack: arrays, integers in their shortest form, str, bool. Where a text is
// personal there is nil: in records that end in `true` the input and the payloads, and some values.
#include "storage/record.h"

#include <limits>
#include <msgpack.hpp>

#include "storage/personal_part.h"

namespace rialto {
namespace {

constexpr std::uint32_t record_size = 16;  // where nobody is let go, as nearly always
constexpr std::uint32_t letting_record_size = 17;
constexpr std::uint32_t personal_record_size = 18;
constexpr std::size_t deepest = 4;  // record > list > reply > receivers

// What msgpack::packer writes to.
struct Appender {
  std::string& out;
  void write(const char* bytes, std::size_t size) { out.append(bytes, size); }
};

class Encoder {
 public:
  explicit Encoder(std::string& out) : appender_{out}, packer_(appender_) {}

  void put(const Record& record) {
    const auto plain_size = record.let_go.empty() ? record_size : letting_record_size;
    packer_.pack_array(record.personal ? personal_record_size : plain_size);
    put(record.sequence);
    put(static_cast<std::uint8_t>(record.kind));
    put(record.time);
    put(record.player);
    put(record.page);
    put(record.sender);
    put(record.number);
    has_personal_input(record) ? put_nil() : put(record.input);
    put(record.code);
    put(record.failed);
    put(record.changes);
    put(record.rows);
    says_personal_ = record.personal;
    put(record.replies);
    put(record.moves);
    put(record.deadlines);
    if (record.personal || !record.let_go.empty()) put(record.let_go);
    if (record.personal) put(true);
  }

 private:
  void put_nil() { packer_.pack_nil(); }
  void put(bool value) { value ? packer_.pack_true() : packer_.pack_false(); }
  void put(std::uint8_t value) { packer_.pack_uint8(value); }
  void put(std::uint16_t value) { packer_.pack_uint16(value); }
  void put(std::uint32_t value) { packer_.pack_uint32(value); }
  void put(std::uint64_t value) { packer_.pack_uint64(value); }
  void put(std::int64_t value) { packer_.pack_int64(value); }

  void put(const std::string& text) {
    const auto size = static_cast<std::uint32_t>(text.size());
    packer_.pack_str(size);
    packer_.pack_str_body(text.data(), size);
  }

  void put(PageRef page) {
    put(page.round);
    put(page.position);
  }

  void put(const Change& change) {
    packer_.pack_array(3);
    put(change.object);
    put(change.field);
    change.personal_of ? put_nil() : put(change.value);
  }

  void put(const LogRow& row) {
    packer_.pack_array(3);
    put(row.object);
    put(row.log);
    put(row.values);
  }

  void put(const StoredReply& reply) {
    packer_.pack_array(6);
    put(reply.page);
    put(reply.receivers);
    put(static_cast<std::uint8_t>(reply.retention));
    put(reply.key);
    says_personal_ ? put_nil() : put(reply.payload);
  }

  void put(const PageMove& move) {
    packer_.pack_array(3);
    put(move.player);
    put(move.page);
  }

  void put(const Deadline& deadline) {
    packer_.pack_array(4);
    put(deadline.player);
    put(deadline.page);
    put(deadline.at);
  }

  void put(const LetGo& gone) {
    packer_.pack_array(2);
    put(gone.player);
    put(gone.to_app);
  }

  template <class Element>
  void put(const std::vector<Element>& elements) {
    packer_.pack_array(static_cast<std::uint32_t>(elements.size()));
    for (const Element& element : elements) put(element);
  }

  Appender appender_;
  msgpack::packer<Appender> packer_;
  bool says_personal_ = false;  // the replies that are put now
};

// What stands in the bytes is msgpack, but not of the grammar above.
struct NotARecord {};

// Reads the elements of one msgpack array in their order.
class Decoder {
 public:
  Decoder(const msgpack::object& object, std::uint32_t size, bool personal = false)
      : personal_(personal) {
    if (object.type != msgpack::type::ARRAY || object.via.array.size != size) throw NotARecord{};
    next_ = object.via.array.ptr;
  }

  // The elements of an array of any length.
  static const msgpack::object_array& list(const msgpack::object& object) {
    if (object.type != msgpack::type::ARRAY) throw NotARecord{};
    return object.via.array;
  }

  void get(bool& value) {
    const msgpack::object& object = *next_++;
    if (object.type != msgpack::type::BOOLEAN) throw NotARecord{};
    value = object.via.boolean;
  }

  template <std::unsigned_integral Integer>
  void get(Integer& value) {
    value = unsigned_integer<Integer>(*next_++);
  }

  void get(std::int64_t& value) {
    const msgpack::object& object = *next_++;
    if (object.type == msgpack::type::NEGATIVE_INTEGER) {
      value = object.via.i64;
    } else if (object.type == msgpack::type::POSITIVE_INTEGER &&
               object.via.u64 <= std::uint64_t{std::numeric_limits<std::int64_t>::max()}) {
      value = static_cast<std::int64_t>(object.via.u64);
    } else {
      throw NotARecord{};
    }
  }

  void get(std::string& text) {
    const msgpack::object& object = *next_++;
    if (object.type != msgpack::type::STR) throw NotARecord{};
    text.assign(object.via.str.ptr, object.via.str.size);
  }

  // A text that stands apart.
  void get_nil() {
    if (next_++->type != msgpack::type::NIL) throw NotARecord{};
  }
  bool is_nil() const { return next_->type == msgpack::type::NIL; }

  template <class Enumeration>
  void get(Enumeration& value, Enumeration last) {
    std::uint8_t number = 0;
    get(number);
    if (number > static_cast<std::uint8_t>(last)) throw NotARecord{};
    value = static_cast<Enumeration>(number);
  }

  void get(PageRef& page) {
    get(page.round);
    get(page.position);
  }

  void get(std::vector<std::uint32_t>& numbers) {
    const msgpack::object_array& array = list(*next_++);
    numbers.reserve(array.size);
    for (std::uint32_t i = 0; i < array.size; ++i) {
      numbers.push_back(unsigned_integer<std::uint32_t>(array.ptr[i]));
    }
  }

  template <class Element>
  void get(std::vector<Element>& elements) {
    const msgpack::object_array& array = list(*next_++);
    elements.resize(array.size);
    for (std::uint32_t i = 0; i < array.size; ++i) read(array.ptr[i], elements[i], personal_);
  }

 private:
  template <std::unsigned_integral Integer>
  static Integer unsigned_integer(const msgpack::object& object) {
    if (object.type != msgpack::type::POSITIVE_INTEGER ||
        object.via.u64 > std::numeric_limits<Integer>::max()) {
      throw NotARecord{};
    }
    return static_cast<Integer>(object.via.u64);
  }

  static void read(const msgpack::object& object, Change& change, bool personal) {
    Decoder in(object, 3);
    in.get(change.object);
    in.get(change.field);
    if (personal && in.is_nil()) {
      change.personal_of = 0;
    } else {
      in.get(change.value);
    }
  }

  static void read(const msgpack::object& object, LogRow& row, bool) {
    Decoder in(object, 3);
    in.get(row.object);
    in.get(row.log);
    in.get(row.values);
  }

  static void read(const msgpack::object& object, StoredReply& reply, bool personal) {
    Decoder in(object, 6);
    in.get(reply.page);
    in.get(reply.receivers);
    in.get(reply.retention, Retention::transient);
    in.get(reply.key);
    personal ? in.get_nil() : in.get(reply.payload);
  }

  static void read(const msgpack::object& object, PageMove& move, bool) {
    Decoder in(object, 3);
    in.get(move.player);
    in.get(move.page);
  }

  static void read(const msgpack::object& object, Deadline& deadline, bool) {
    Decoder in(object, 4);
    in.get(deadline.player);
    in.get(deadline.page);
    in.get(deadline.at);
  }

  static void read(const msgpack::object& object, LetGo& gone, bool) {
    Decoder in(object, 2);
    in.get(gone.player);
    in.get(gone.to_app);
  }

  const msgpack::object* next_ = nullptr;
  bool personal_;  // the record is
};

void read(const msgpack::object& object, Record& record) {
  const std::uint32_t size = Decoder::list(object).size;
  record.personal = size == personal_record_size;
  const bool lets_go = size == letting_record_size || record.personal;
  Decoder in(object, lets_go ? size : record_size, record.personal);
  in.get(record.sequence);
  in.get(record.kind, RecordKind::described);
  in.get(record.time);
  in.get(record.player);
  in.get(record.page);
  in.get(record.sender);
  in.get(record.number);
  has_personal_input(record) ? in.get_nil() : in.get(record.input);
  in.get(record.code);
  in.get(record.failed);
  in.get(record.changes);
  in.get(record.rows);
  in.get(record.replies);
  in.get(record.moves);
  in.get(record.deadlines);
  if (lets_go) in.get(record.let_go);
  bool marked = record.personal;
  if (record.personal) in.get(marked);
  if (marked != record.personal) throw NotARecord{};
}

// Strings are read where they stand; they are copied once, into the record.
bool refer_to_strings(msgpack::type::object_type, std::size_t, void*) { return true; }

}  // namespace

void encode(const Record& record, std::string& out) { Encoder(out).put(record); }

Result<std::vector<Record>> decode_records(std::string_view bytes) {
  std::vector<Record> records;
  std::size_t offset = 0;
  // An array of n elements takes n bytes at least: a larger count is a lie and would cost memory.
  const msgpack::unpack_limit limit(bytes.size(), 0, bytes.size(), 0, 0, deepest);
  try {
    msgpack::zone zone;
    while (offset < bytes.size()) {
      bool referenced = false;
      const msgpack::object object = msgpack::unpack(zone, bytes.data(), bytes.size(), offset,
                                                     referenced, refer_to_strings, nullptr, limit);
      read(object, records.emplace_back());
      zone.clear();
    }
  } catch (const msgpack::unpack_error& error) {
    return Error{ErrorKind::corrupt, "no record at byte " + std::to_string(offset) + " of " +
                                         std::to_string(bytes.size()) + ": " + error.what()};
  } catch (const NotARecord&) {
    return Error{ErrorKind::corrupt, "not a record: what ends at byte " + std::to_string(offset) +
                                         " of " + std::to_string(bytes.size())};
  }
  return records;
}

}  // namespace rialto
