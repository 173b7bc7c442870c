#include "storage/message_table.h"

#include "storage/chat_table.h"
#include "storage/personal_part.h"

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

// A reply of a whole app may go to players of several groups, so their places in the session tell
// who they are; of a group their numbers in it do.
std::string receivers_of(const ExportedSession& session, const FoldedUnit& unit,
                         const StoredReply& reply) {
  std::string text;
  for (const std::uint32_t receiver : reply.receivers) {
    std::int64_t number = receiver;
    if (unit.description().whole && receiver > 0 && receiver <= unit.players()) {
      number = session.number_of(unit.participant(receiver)).value_or(0);
    }
    text += (text.empty() ? "" : " ") + std::to_string(number);
  }
  return text.empty() ? "all" : text;
}

Cell or_nothing(std::uint64_t number) {
  return number == 0 ? Cell() : cell::number(static_cast<std::int64_t>(number));
}

}  // namespace

Result<void> MessageTable::add(const ExportedSession& session, const FoldedUnit& unit,
                               const Record& record) {
  const bool is_message = record.kind == RecordKind::live || record.kind == RecordKind::refused ||
                          record.kind == RecordKind::submitted;
  if (is_message) {
    begin(session, unit, record, "in");
    table_.put({});
    if (auto done = end(unit, record, record.page, record.input); !done) return done;
  }
  for (const StoredReply& reply : record.replies) {
    begin(session, unit, record, "out");
    table_.put(cell::text(receivers_of(session, unit, reply)));
    if (auto done = end(unit, record, reply.page, reply.payload); !done) return done;
  }
  return {};
}

void MessageTable::begin(const ExportedSession& session, const FoldedUnit& unit,
                         const Record& record, const char* direction) {
  const bool has_sender = record.player > 0 && record.player <= unit.players();
  // Who sits where is a matter of the round; what nobody sent is of the one group there is.
  auto seat = unit.seating(record.page.round, has_sender ? record.player : 1);
  if (!has_sender && unit.description().whole) seat.reset();
  table_.put(cell::text(session.description().code));
  table_.put(cell::text(unit.description().app));
  table_.put(seat ? cell::number(seat->group) : Cell());
  table_.put(cell::number(record.page.round));
  table_.put(cell::number(static_cast<std::int64_t>(record.sequence)));
  table_.put_moment(record.time);
  table_.put(cell::text(direction));
  table_.put(cell::text(name_of(record.kind)));
  table_.put(has_sender ? cell::text(unit.participant(record.player)) : Cell());
  table_.put(has_sender && seat ? cell::number(seat->id_in_group) : Cell());
  table_.put(or_nothing(record.number));
}

Result<void> MessageTable::end(const FoldedUnit& unit, const Record& record, PageRef page,
                               const std::string& data) {
  table_.put(cell::text(unit.page_name(page)));
  table_.put(cell::text_or_null(record.code));
  const bool leave_out = personal_ == Personal::leave_out;
  const bool is_personal =
      has_personal_input(record) || (record.personal && !record.replies.empty());
  const bool withheld = leave_out && (is_personal || is_of_chat(record));
  const bool is_redacted = is_personal && data.empty();
  table_.put(withheld || is_redacted ? Cell() : cell::text(data));
  return table_.end_row();
}

}  // namespace rialto
