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
    Result<void> outcome;
    auto scanned = snapshot_.scan(from, to, [&](std::string_view key, std::string_view value) {
      append_size(piece_, key.size());
      append_size(piece_, value.size());
      piece_.append(key).append(value);
      if (piece_.size() >= large) outcome = flush();
      return bool{outcome};
    });
    return scanned ? outcome : scanned;
  }

  Result<void> flush() {
    auto taken = take_(piece_);
    piece_.clear();
    return taken;
  }

 private:
  const Reader& snapshot_;
  const std::function<Result<void>(std::string_view piece)>& take_;
  std::string piece_;
};

}  // namespace

Result<void> write_pieces(const Reader& snapshot, const std::vector<std::uint32_t>& sessions,
                          Personal personal,
                          const std::function<Result<void>(std::string_view piece)>& take) {
  PieceWriter writer(snapshot, take);
  for (const std::uint32_t session : sessions) {
    std::vector<std::pair<std::string, std::string>> ranges{
        {keys::session(session), keys::session(session) + '\0'},
        {keys::questions(session), keys::questions(session) + '\0'},
        {keys::records(UnitId::of(session, 0), 0),
         keys::records_end(UnitId::of(session, UINT32_MAX))},
        {keys::travels_begin(session), keys::travels_end(session)}};
    if (personal == Personal::include) {
      const keys::Range apart = keys::personal_of_session(session);
      ranges.emplace_back(apart.from, apart.to);
      ranges.emplace_back(keys::labels_begin(session), keys::labels_end(session));
      ranges.emplace_back(keys::redactions_begin(session), keys::redactions_end(session));
    }
    for (const auto& [from, to] : ranges) {
      if (auto written = writer.range(from, to); !written) return written;
    }
  }
  return writer.flush();
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
