#include "actors/record_difference.h"

#include <algorithm>
#include <vector>

#include "actors/messages.h"
#include "actors/model.h"

namespace rialto {
namespace {

constexpr std::size_t shown = 200;  // bytes of a value
constexpr std::string_view names[] = {"created",   "handled", "refused",
                                      "submitted", "event",   "described"};  // by RecordKind

std::string text_of(const Change& change, const Roster& roster) {
  const Model* const object = roster.find(change.object);
  const bool named = object != nullptr && change.field < object->columns().size();
  const std::string name =
      named ? std::string(object->columns()[change.field]->name()) : std::to_string(change.field);
  return name + " of object " + std::to_string(change.object) + " = " + change.value;
}

std::string text_of(const LogRow& row, const Roster& roster) {
  const Model* const object = roster.find(row.object);
  const bool named = object != nullptr && row.log < object->logs().size();
  const std::string name = named ? object->logs()[row.log]->name() : std::to_string(row.log);
  return name + " of object " + std::to_string(row.object) + " + " + row.values;
}

std::string text_of(const StoredReply& reply, const Roster&) {
  std::string to;
  for (const std::uint32_t seat : reply.receivers) to += " " + std::to_string(seat);
  return "to" + (to.empty() ? " all" : to) + " on page " + to_string(reply.page) + ": " +
         reply.payload;
}

std::string text_of(const PageMove& move, const Roster&) {
  return "player " + std::to_string(move.player) + " to page " + to_string(move.page);
}

std::string text_of(const Deadline& deadline, const Roster&) {
  return "of " + std::to_string(deadline.player) + " on page " + to_string(deadline.page) + " at " +
         std::to_string(deadline.at);
}

std::string text_of(const LetGo& let_go, const Roster&) {
  return "player " + std::to_string(let_go.player) + " to " + let_go.to_app;
}

std::string between(std::string_view what, std::string stored, std::string anew) {
  stored.resize(std::min(stored.size(), shown));
  anew.resize(std::min(anew.size(), shown));
  return std::string(what) + ": stored is " + (stored.empty() ? "nothing" : stored) +
         ", played again it is " + (anew.empty() ? "nothing" : anew);
}

// The first place where two lists differ; empty: nowhere.
template <class Item>
std::string between(std::string_view what, const std::vector<Item>& stored,
                    const std::vector<Item>& anew, const Roster& roster) {
  for (std::size_t index = 0; index < std::max(stored.size(), anew.size()); ++index) {
    if (index < stored.size() && index < anew.size() && stored[index] == anew[index]) continue;
    return between(what, index < stored.size() ? text_of(stored[index], roster) : std::string(),
                   index < anew.size() ? text_of(anew[index], roster) : std::string());
  }
  return {};
}

std::string first_difference(const Record& stored, const Record& anew, const Roster& roster) {
  if (stored.redacted > 0) return "something personal in it is missing, and was not redacted";
  if (anew.sequence == 0) return "stored is what came of it, played again there is nothing to do";
  if (stored.kind != anew.kind || stored.code != anew.code || stored.failed != anew.failed) {
    const auto outcome = [](const Record& record) {
      std::string text(names[static_cast<std::size_t>(record.kind)]);
      if (!record.code.empty()) text += " (" + record.code + ")";
      return text + (record.failed ? ", failed" : "");
    };
    return between("outcome", outcome(stored), outcome(anew));
  }
  for (std::string text : {between("change", stored.changes, anew.changes, roster),
                           between("row", stored.rows, anew.rows, roster),
                           between("reply", stored.replies, anew.replies, roster),
                           between("move", stored.moves, anew.moves, roster),
                           between("deadline", stored.deadlines, anew.deadlines, roster),
                           between("hand-over", stored.let_go, anew.let_go, roster)}) {
    if (!text.empty()) return text;
  }
  if (stored.input != anew.input) return between("input", stored.input, anew.input);
  const auto mark = [](const Record& record) {
    return record.personal ? "one that has to do with something personal" : "an ordinary one";
  };
  return between("step", mark(stored), mark(anew));
}

}  // namespace

std::string difference_of(const Record& stored, const Record& anew, const Roster& roster) {
  return "record " + std::to_string(stored.sequence) +
         (stored.player != 0 ? ", by player " + std::to_string(stored.player) : std::string()) +
         ", page " + to_string(stored.page) + ": " + first_difference(stored, anew, roster);
}

}  // namespace rialto
