#include "storage/export_pieces.h"

#include <string>
#include <utility>

#include "storage/keys.h"
#include "storage/unit_id.h"

namespace rialto {
namespace {

constexpr std::size_t large = 256 * 1024;  // bytes

void append_size(std::string& piece, std::size_t size) {
  for (int shift = 24; shift >= 0; shift -= 8) {
    piece.push_back(static_cast<char>(static_cast<unsigned char>(size >> shift)));
  }
}

std::size_t read_size(std::string_view bytes) {
  std::size_t size = 0;
  for (const char byte : bytes.substr(0, 4)) size = size << 8U | static_cast<unsigned char>(byte);
  return size;
}

class PieceWriter {
 public:
  PieceWriter(const Reader& snapshot,
              const std::function<Result<void>(std::string_view piece)>& take)
      : snapshot_(snapshot), take_(take) {}

  Result<void> range(const std::string& from, const std::string& to) {
    auto scanned = snapshot_.scan(from, to, visitor());
    return scanned ? outcome_ : scanned;
  }

  Result<void> units(std::uint32_t number, const SessionDescription& session,
                     std::string (*key_of)(UnitId unit, std::uint64_t sequence),
                     UnreadableUnits& unreadable) {
    auto scanned = scan_units(snapshot_, number, session, key_of, unreadable, visitor());
    return scanned ? outcome_ : scanned;
  }

  Result<void> flush() {
    auto taken = take_(piece_);
    piece_.clear();
    return taken;
  }

 private:
  Visitor visitor() {
    return [this](std::string_view key, std::string_view value) {
      append_size(piece_, key.size());
      append_size(piece_, value.size());
      piece_.append(key).append(value);
      if (piece_.size() >= large) outcome_ = flush();
      return bool{outcome_};
    };
  }

  const Reader& snapshot_;
  const std::function<Result<void>(std::string_view piece)>& take_;
  std::string piece_;
  Result<void> outcome_;
};

}  // namespace

Result<UnreadableUnits> write_pieces(
    const Reader& snapshot, const std::vector<std::uint32_t>& sessions, Personal personal,
    const std::function<Result<void>(std::string_view piece)>& take) {
  UnreadableUnits unreadable;
  PieceWriter writer(snapshot, take);
  for (const std::uint32_t number : sessions) {
    if (auto can = check_session(snapshot, number, personal); !can) {
      if (can.error().kind != ErrorKind::corrupt) return can.error();
      if (sessions.size() == 1) return cannot_be_read(can.error());
      unreadable.emplace(whole_session(number), can.error().message);
      continue;
    }
    const auto stored = snapshot.get(keys::session(number));
    if (!stored) return stored.error();
    const auto session = parse_session(*stored);
    if (!session) return session.error();
    if (personal == Personal::include) {
      auto apart = writer.units(number, *session, keys::personal, unreadable);
      if (!apart) return apart.error();
    }
    for (const keys::Range& range : ranges_beside_units(number, personal)) {
      if (auto written = writer.range(range.from, range.to); !written) return written.error();
    }
    auto records = writer.units(number, *session, keys::records, unreadable);
    if (!records) return records.error();
  }
  if (auto flushed = writer.flush(); !flushed) return flushed.error();
  return unreadable;
}

Result<void> read_piece(std::string_view piece, Store& into) {
  std::vector<Write> writes;
  while (!piece.empty()) {
    const Error cut{ErrorKind::corrupt, "a piece of the exported data is cut short"};
    if (piece.size() < 8) return cut;
    const std::size_t key = read_size(piece);
    const std::size_t value = read_size(piece.substr(4));
    if (piece.size() - 8 < key + value) return cut;
    writes.push_back(
        {std::string(piece.substr(8, key)), std::string(piece.substr(8 + key, value))});
    piece.remove_prefix(8 + key + value);
  }
  return into.write(writes);
}

}  // namespace rialto
