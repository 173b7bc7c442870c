// log      := block*                       (32 KiB each, the last may be shorter)
// block    := fragment* trailer            (trailer: the last up to 6 bytes, unused)
// fragment := checksum:u32 length:u16 type:u8 payload      (little endian; never spans blocks)
// record   := full | first middle* last    (types 1, 2, 3, 4)
// checksum := rotate_right(crc32c(type payload), 15) + 0xa282ead8
// (RocksDB's "Write Ahead Log File Format"; recycled logs have further types and are not used.)
#include "storage/wal_check.h"

#include <algorithm>
#include <bit>
#include <boost/crc.hpp>
#include <utility>

#include "storage/file_bytes.h"

namespace rialto {
namespace {

using Crc32c = boost::crc_optimal<32, 0x1EDC6F41, 0xFFFFFFFF, 0xFFFFFFFF, true, true>;

constexpr std::size_t block_size = 32 * 1024;
constexpr std::size_t header_size = 7;
enum FragmentType : unsigned char { full = 1, first = 2, middle = 3, last = 4 };

struct Fragment {
  std::uint32_t checksum;
  std::size_t length;
  unsigned char type;
};

std::size_t left_in_block(std::size_t offset) { return block_size - offset % block_size; }

// The bytes of a log, and what stands where in them.
class Log {
 public:
  explicit Log(std::string bytes) : bytes_(std::move(bytes)) {}

  std::size_t size() const { return bytes_.size(); }

  // How many bytes a fragment that begins at `offset` could have, without its header.
  std::size_t room_at(std::size_t offset) const {
    const std::size_t left = std::min(left_in_block(offset), size() - offset);
    return left < header_size ? 0 : left - header_size;
  }

  // `offset` must have room for a header.
  Fragment header_at(std::size_t offset) const {
    const auto byte = [&](std::size_t i) {
      return std::uint32_t{static_cast<unsigned char>(bytes_[offset + i])};
    };
    return {byte(0) | byte(1) << 8U | byte(2) << 16U | byte(3) << 24U, byte(4) | byte(5) << 8U,
            static_cast<unsigned char>(byte(6))};
  }

  bool checksum_fits(std::size_t offset, std::size_t length) const {
    Crc32c crc;
    crc.process_bytes(bytes_.data() + offset + header_size - 1, length + 1);
    return header_at(offset).checksum == std::rotr(crc.checksum(), 15) + 0xa282ead8U;
  }

  bool valid_at(std::size_t offset) const {
    if (std::min(left_in_block(offset), size() - offset) < header_size) return false;
    const Fragment fragment = header_at(offset);
    return fragment.type >= full && fragment.type <= last && fragment.length <= room_at(offset) &&
           checksum_fits(offset, fragment.length);
  }

  std::string_view payload_at(std::size_t offset) const {
    return std::string_view(bytes_).substr(offset + header_size, header_at(offset).length);
  }

 private:
  std::string bytes_;
};

// Reads up to the first fragment that is not as it should be, and judges that one.
class Check {
 public:
  explicit Check(const Log& log) : log_(log) { state_.size = log.size(); }

  WalState run() {
    while (offset_ < log_.size() && state_.kind == WalState::Kind::whole) {
      if (left_in_block(offset_) < header_size) {
        offset_ += left_in_block(offset_);
      } else {
        check_fragment();
      }
    }
    if (state_.kind == WalState::Kind::whole && in_record_) {
      bad(WalState::Kind::torn, "the record goes on after the end of the file");
    }
    if (state_.kind == WalState::Kind::whole) state_.offset = state_.size;
    return state_;
  }

 private:
  void check_fragment() {
    if (log_.size() - offset_ < header_size) return torn();
    const Fragment fragment = log_.header_at(offset_);
    if (fragment.length > left_in_block(offset_) - header_size) {
      return damaged("a length is impossible");
    }
    if (fragment.length > log_.room_at(offset_)) return torn();
    if (!log_.valid_at(offset_)) return damaged("a checksum does not match");
    const bool begins = fragment.type == full || fragment.type == first;
    if (begins == in_record_) return damaged("a part of a record is missing");
    if (begins) record_ = offset_;
    in_record_ = fragment.type == first || fragment.type == middle;
    if (!in_record_) ++state_.records;
    offset_ += header_size + fragment.length;
  }

  // The fragment at offset_ runs past the end of the file: a tail that was torn, unless it was
  // whole once and only says otherwise now.
  void torn() {
    if (log_.size() - offset_ >= header_size &&
        log_.checksum_fits(offset_, log_.room_at(offset_))) {
      return damaged("a length is wrong");
    }
    for (std::size_t i = offset_ + 1; i < log_.size(); ++i) {
      if (log_.valid_at(i)) return damaged("a length is wrong, for a valid record follows");
    }
    bad(WalState::Kind::torn, "the record runs past the end of the file");
  }

  void damaged(const char* reason) { bad(WalState::Kind::damaged, reason); }

  void bad(WalState::Kind kind, const char* reason) {
    state_.kind = kind;
    state_.offset = in_record_ ? record_ : offset_;
    state_.reason = reason;
  }

  const Log& log_;
  WalState state_;
  std::size_t offset_ = 0;
  std::size_t record_ = 0;  // where the record that is being read began
  bool in_record_ = false;
};

Result<Log> read_log(const std::filesystem::path& file) {
  auto bytes = bytes_of(file);
  if (!bytes) return bytes.error();
  return Log(std::move(*bytes));
}

}  // namespace

Result<WalState> check_wal(const std::filesystem::path& file) {
  const auto log = read_log(file);
  if (!log) return log.error();
  return Check(*log).run();
}

Result<void> salvage_wal(const std::filesystem::path& file,
                         const std::function<void(std::string_view record)>& visit) {
  const auto log = read_log(file);
  if (!log) return log.error();
  std::string record;
  std::size_t expected = 0;  // where the next fragment of a record must begin
  bool in_record = false;
  for (std::size_t offset = 0; offset < log->size();) {
    if (!log->valid_at(offset)) {
      ++offset;
      continue;
    }
    const auto type = log->header_at(offset).type;
    const auto payload = log->payload_at(offset);
    if (type == full || type == first) {
      record.clear();
      in_record = true;
    } else if (offset != expected) {
      in_record = false;  // what stood between is lost, and so is the record
    }
    if (in_record) record.append(payload);
    if (in_record && (type == full || type == last)) {
      visit(record);
      in_record = false;
    }
    offset += header_size + payload.size();
    if (left_in_block(offset) < header_size) offset += left_in_block(offset);
    expected = offset;
  }
  return {};
}

}  // namespace rialto
