#include "actors/unit_history.h"

#include <algorithm>

#include "storage/keys.h"
#include "storage/personal_part.h"

namespace rialto {

void UnitHistory::remember(std::shared_ptr<const Release> release) {
  if (index_.upto() == remembered_) {
    for (const Delivery& said : release->deliveries) {
      index_.add(said.record, said.page, said.receivers);
    }
    index_.reach(release->upto);
  }
  remembered_ = release->upto;
  if (release->deliveries.empty()) return;
  std::size_t bytes = 0;
  for (const Delivery& delivery : release->deliveries) bytes += delivery.payload.size() + 64;
  tail_bytes_ += bytes;
  tail_.emplace_back(std::move(release), bytes);
  while (tail_bytes_ > limits_.history_tail && tail_.size() > 1) {
    tail_after_ = tail_.front().first->upto;
    tail_bytes_ -= tail_.front().second;
    tail_.pop_front();
  }
}

Result<HistoryPiece> UnitHistory::read(const PullHistory& pull, std::uint64_t committed) {
  HistoryPiece piece;
  piece.connection = pull.connection;
  piece.upto = committed;
  Result<void> done;
  if (pull.after >= tail_after_) {
    read_tail(pull, committed, piece);
  } else if (pull.after >= index_.upto() && committed - pull.after <= records_per_piece) {
    done = read_newest(pull, committed, piece);
  } else if (done = extend_index(committed); done) {
    done = read_log(pull, std::min(index_.upto(), committed), piece);
    piece.upto = std::max(piece.upto, pull.after);  // of an index that is still behind: ask again
  }
  if (!done) return done.error();
  piece.at_head = piece.upto >= committed;
  return piece;
}

Result<bool> UnitHistory::has(std::uint64_t record, std::int64_t time) const {
  Result<bool> found = false;
  const auto visit = [&](std::string_view, std::string_view block) {
    const Result<std::vector<Record>> records = decode_records(block);
    if (!records) found = records.error();
    if (records) {
      found = std::ranges::any_of(*records, [&](const Record& each) {
        return each.sequence == record && each.time / 1000 == time;
      });
    }
    return false;
  };
  const Result<void> scanned =
      store_.scan(keys::records(unit_.id(), record), keys::records_end(unit_.id()), visit);
  if (!scanned) return scanned.error();
  return found;
}

// By so many records at most that the group is not held up.
Result<void> UnitHistory::extend_index(std::uint64_t committed) {
  if (index_.upto() >= committed) return {};
  std::size_t read = 0;
  return scan(index_.upto() + 1, [&](const std::vector<Record>& records) {
    for (const Record& record : records) {
      if (record.sequence <= index_.upto()) continue;
      if (record.sequence > committed) return false;
      for (const StoredReply& reply : record.replies) {
        index_.add(record.sequence, reply.page, reply.receivers);
      }
      index_.reach(record.sequence);
      ++read;
    }
    return read < records_per_piece;
  });
}

bool UnitHistory::wanted(const PullHistory& pull, const Delivery& delivery) const {
  if (delivery.record <= pull.after || delivery.page != pull.page) return false;
  if (!delivery.receivers.empty() &&
      !std::binary_search(delivery.receivers.begin(), delivery.receivers.end(), pull.player)) {
    return false;
  }
  if (delivery.retention == Retention::transient) return delivery.record > pull.rendered;
  if (delivery.retention == Retention::log) return true;
  const bool ended = delivery.payload == "null";  // the key is over: nothing to replay
  return !ended && !unit_.superseded(delivery.page, delivery.key, pull.player, delivery.record);
}

void UnitHistory::read_tail(const PullHistory& pull, std::uint64_t committed,
                            HistoryPiece& piece) const {
  const auto older = [](const auto& entry, std::uint64_t record) {
    return entry.first->upto <= record;
  };
  std::size_t bytes = 0;
  for (auto entry = std::lower_bound(tail_.begin(), tail_.end(), pull.after, older);
       entry != tail_.end() && entry->first->upto <= committed; ++entry) {
    for (const Delivery& delivery : entry->first->deliveries) {
      if (!wanted(pull, delivery)) continue;
      piece.messages.push_back({delivery.record, delivery.time, delivery.payload});
      bytes += delivery.payload.size();
    }
    if (bytes < limits_.history_piece) continue;
    piece.upto = entry->first->upto;
    return;
  }
}

// Who lacks so few needs no index: after a restart it would be made of the whole log.
Result<void> UnitHistory::read_newest(const PullHistory& pull, std::uint64_t committed,
                                      HistoryPiece& piece) const {
  std::size_t bytes = 0;
  return scan(pull.after + 1, [&](const std::vector<Record>& records) {
    for (const Record& record : records) {
      if (record.sequence <= committed) take(pull, record, piece, bytes);
    }
    const std::uint64_t last = records.back().sequence;
    if (bytes < limits_.history_piece || last >= committed) return last < committed;
    piece.upto = last;
    return false;
  });
}

Result<void> UnitHistory::read_log(const PullHistory& pull, std::uint64_t upto,
                                   HistoryPiece& piece) const {
  piece.upto = upto;
  std::size_t bytes = 0;
  std::size_t read = 0;
  std::uint64_t at = index_.next(pull.page, pull.player, pull.after);
  while (at != 0 && at <= upto) {
    const Result<void> scanned = scan(at, [&](const std::vector<Record>& records) {
      for (const Record& record : records) {
        if (record.sequence <= upto) take(pull, record, piece, bytes);
      }
      read += records.size();
      const std::uint64_t last = records.back().sequence;
      at = index_.next(pull.page, pull.player, last);
      const bool is_full = bytes >= limits_.history_piece || read >= records_per_piece;
      if (is_full && last < upto) {
        piece.upto = last;
        at = 0;
      }
      return at == last + 1;
    });
    if (!scanned) return scanned;
  }
  return {};
}

void UnitHistory::take(const PullHistory& pull, const Record& record, HistoryPiece& piece,
                       std::size_t& bytes) const {
  for (const StoredReply& reply : record.replies) {
    if (reply.payload.empty()) continue;  // redacted
    const Delivery delivery{record.sequence, record.time, reply.page,   reply.receivers,
                            reply.retention, reply.key,   reply.payload};
    if (!wanted(pull, delivery)) continue;
    piece.messages.push_back({record.sequence, record.time, reply.payload});
    bytes += reply.payload.size();
  }
}

Result<void> UnitHistory::scan(
    std::uint64_t from,
    const std::function<bool(const std::vector<Record>& records)>& visit) const {
  Result<void> outcome;
  const auto read = [&](std::string_view, std::string_view value) {
    const Result<std::vector<Record>> records = read_records(store_, unit_.id(), value);
    if (!records) outcome = records.error();
    return records && visit(*records);
  };
  const Result<void> scanned =
      store_.scan(keys::records(unit_.id(), from), keys::records_end(unit_.id()), read);
  return scanned ? outcome : scanned;
}

}  // namespace rialto
