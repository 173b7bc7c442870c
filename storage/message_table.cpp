#include "storage/message_table.h"

#include "storage/csv.h"

namespace rialto {
namespace {

const char* name_of(RecordKind kind) {
  switch (kind) {
    case RecordKind::created:
      return "created";
    case RecordKind::live:
      return "live";
    case RecordKind::refused:
      return "refused";
    case RecordKind::submitted:
      return "submitted";
    case RecordKind::event:
      return "event";
    case RecordKind::described:
      return "described";
  }
  return "";
}

}  // namespace

void MessageTable::add(const FoldedUnit& unit, const Record& record) {
  const bool is_message = record.kind == RecordKind::live || record.kind == RecordKind::refused ||
                          record.kind == RecordKind::submitted;
  if (is_message) {
    begin(unit, record, "in");
    csv::empty(table_.row());
    end(unit, record, record.page, record.input);
  }
  for (const StoredReply& reply : record.replies) {
    begin(unit, record, "out");
    std::string receivers;
    for (const std::uint32_t receiver : reply.receivers) {
      receivers += (receivers.empty() ? "" : " ") + std::to_string(receiver);
    }
    csv::text(table_.row(), receivers.empty() ? "all" : receivers);
    end(unit, record, reply.page, reply.payload);
  }
}

void MessageTable::begin(const FoldedUnit& unit, const Record& record, const char* direction) {
  std::string& row = table_.row();
  csv::text(row, session_);
  csv::number(row, unit.number());
  csv::number(row, record.page.round);
  csv::number(row, static_cast<std::int64_t>(record.sequence));
  csv::time(row, record.time);
  csv::text(row, direction);
  csv::text(row, name_of(record.kind));
  record.player == 0 ? csv::empty(row) : csv::number(row, record.player);
  record.number == 0 ? csv::empty(row) : csv::number(row, static_cast<std::int64_t>(record.number));
}

void MessageTable::end(const FoldedUnit& unit, const Record& record, PageRef page,
                       const std::string& data) {
  std::string& row = table_.row();
  csv::text(row, unit.page_name(page));
  record.code.empty() ? csv::empty(row) : csv::text(row, record.code);
  csv::text(row, data);
  table_.end_row();
}

}  // namespace rialto
