#include "storage/export_columns.h"

#include <utility>

namespace rialto::export_columns {
namespace {

using Columns = std::vector<ExportColumn>;

const ExportColumn session{"session", "text", "code of the session", ""};
const ExportColumn participant{"participant", "text", "code of the participant", ""};
const ExportColumn app{"app", "text", "the game", ""};
const ExportColumn group{"group", "integer", "number of the group in the session, from 1", ""};
const ExportColumn round{"round", "integer", "round of the game, from 1", ""};
const ExportColumn seat{"id_in_group", "integer", "number of the player in the group, from 1", ""};
const ExportColumn record{"record", "integer",
                          "step of the group that it belongs to, from 1: the group's order", ""};

// A moment has two columns: for people and for programs.
Columns moment(const std::string& name, const std::string& meaning) {
  return {{name, "time", meaning, "ISO 8601, UTC"},
          {name + "_epoch", "decimal", meaning, "seconds since 1970"}};
}

Columns joined(std::vector<Columns> parts) {
  Columns all;
  for (Columns& part : parts) {
    for (ExportColumn& column : part) all.push_back(std::move(column));
  }
  return all;
}

}  // namespace

Columns groups() {
  return joined({{session, app, group, round, {"records", "integer", "steps of the group", ""}},
                 moment("created", "when the group was made"),
                 moment("updated", "when its newest step happened")});
}

Columns players() {
  return {session,
          participant,
          app,
          group,
          round,
          seat,
          {"page", "text", "the page the player is on; empty past the last one", ""},
          {"done", "boolean", "is the player past the last page?", ""}};
}

Columns pages() {
  return joined(
      {{session,
        participant,
        {"participant_id_in_session", "integer", "number of the participant, from 1", ""},
        app,
        group,
        round,
        seat,
        {"page", "text", "name of the page", ""},
        {"page_index", "integer", "place of the page in its round, from 1", ""}},
       moment("arrived", "when the page first spoke to the server; empty: never, or no live page"),
       moment("left", "when the player left it; empty if not yet"),
       {{"left_by", "text",
         "submitted: by its form; timeout: its time was up; moved: by the game or another player",
         ""}}});
}

Columns messages() {
  return joined(
      {{session, group, round, record},
       moment("time", "when it was handled"),
       {{"direction", "text", "in: from a browser; out: to browsers", ""},
        {"kind", "text", "what was handled: live, refused, submitted, event", ""},
        {"id_in_group", "integer", "the player who sent what was handled; empty: nobody", ""},
        {"number", "integer", "the browser's own count of what it sent", ""},
        {"receivers", "text", "numbers of the players it went to, or all", ""},
        {"page", "text", "name of the page it is from or for", ""},
        {"code", "text", "why it was refused, or what event it was", ""},
        {"data", "json", "what was sent, as it was sent", ""}}});
}

Columns log(LogOf owner) {
  const Columns player = owner == LogOf::player ? Columns{participant, seat} : Columns{};
  return joined(
      {{session}, player, {group, round, record}, moment("time", "when the row was added")});
}

Columns codebook() {
  return {{"table", "text", "name of the file, without .csv", ""},
          {"column", "text", "name of the column", ""},
          {"type", "text", "integer, decimal, number, text, boolean (0 or 1), time, json", ""},
          {"meaning", "text", "what it holds", ""},
          {"unit", "text", "unit of measurement or format", ""}};
}

}  // namespace rialto::export_columns
