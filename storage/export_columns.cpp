#include "storage/export_columns.h"

#include <utility>

namespace rialto::export_columns {
namespace {

// As oTree names them in its page times and chats.
const ExportColumn session{"session_code", "text", "code of the session", ""};
const ExportColumn participant{"participant_code", "text", "code of the participant", ""};
const ExportColumn app{"app", "text", "the game", ""};
const ExportColumn number{"participant_id_in_session", "integer",
                          "number of the participant in the session, from 1", ""};
const ExportColumn group{"group", "integer", "number of the group in its app, from 1", ""};
const ExportColumn round{"round", "integer", "round of the game, from 1", ""};
const ExportColumn seat{"id_in_group", "integer", "number of the player in the group, from 1", ""};
const ExportColumn record{"record", "integer",
                          "step of the group that it belongs to, from 1: the group's order", ""};

const ExportColumn finished{
    "finished", "boolean",
    "is the participant past the last page, or on it if there is nothing to do there?", ""};

const ExportColumn row_id{
    "id", "integer", "number of the row, from 1, which no other row of the same owner has", ""};

// Of a log and of rows that change: whose they are (storage/row_owner.cpp has the cells).
Columns of_owner(ObjectKind owner) {
  Columns whose{session};
  if (owner == ObjectKind::player) whose.insert(whose.end(), {participant, seat});
  if (owner == ObjectKind::participant) whose.push_back(participant);
  const bool in_round = owner != ObjectKind::participant;
  if (in_round && owner != ObjectKind::subsession) whose.push_back(group);
  if (in_round) whose.push_back(round);
  return whose;
}

// A moment has two columns: for people and for programs.
Columns moment(const std::string& name, const std::string& meaning) {
  return {{name, "time", meaning, "ISO 8601, UTC"},
          {name + "_epoch", "decimal", meaning, "seconds since 1970"}};
}

}  // namespace

Columns joined(std::vector<Columns> parts) {
  Columns all;
  for (Columns& part : parts) {
    for (ExportColumn& column : part) all.push_back(std::move(column));
  }
  return all;
}

Columns prefixed(const std::string& prefix, Columns columns) {
  for (ExportColumn& column : columns) column.name = prefix + column.name;
  return columns;
}

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
        number,
        app,
        group,
        round,
        seat,
        {"page", "text", "name of the page", ""},
        {"page_index", "integer", "place of the page in its round, from 1", ""}},
       moment("arrived", "when it was first shown; empty: never"),
       moment("left", "when the player left it; empty if not yet"),
       {{"left_by", "text",
         "submitted: by its form; timeout: its time was up; waited: a wait page, when all had "
         "come; "
         "moved: by the game or another player",
         ""}}});
}

Columns page_times() {
  return {session,
          number,
          participant,
          {"page_index", "integer", "place of the page in the whole experiment, from 1", ""},
          {"app_name", "text", "the game", ""},
          {"page_name", "text", "name of the page", ""},
          {"epoch_time_completed", "decimal", "when the page was left", "seconds since 1970"},
          {"round_number", "integer", "round of the game, from 1", ""},
          {"timeout_happened", "boolean", "was it left because its time was up?", ""},
          {"is_wait_page", "boolean", "was it left because all had come?", ""}};
}

Columns messages() {
  return joined(
      {{session, app, group, round, record},
       moment("time", "when it was handled"),
       {{"direction", "text", "in: from a browser; out: to browsers", ""},
        {"kind", "text", "what was handled: live, refused, submitted, event", ""},
        {"participant_code", "text", "code of who sent what was handled; empty: nobody", ""},
        {"id_in_group", "integer", "the player who sent what was handled; empty: nobody", ""},
        {"number", "integer", "the browser's own count of what it sent", ""},
        {"receivers", "text",
         "numbers (id_in_group) of the players it went to, or all; of an app that is played as "
         "one group of groups their places in the session",
         ""},
        {"page", "text", "name of the page it is from or for", ""},
        {"code", "text", "why it was refused, or what event it was", ""},
        {"data", "json",
         "what was sent, as it was sent; where it had to do with personal data only with "
         "--personal",
         ""}}});
}

Columns chat() {
  return joined(
      {{session, participant, number, app, group, round, seat, record},
       moment("time", "when it was said"),
       {{"channel", "text",
         "where it was said: 1.2 is group 2 in round 1, anything else the name of a channel", ""},
        {"nickname", "text", "under which name", ""},
        {"body", "text", "what was said", ""}}});
}

Columns log(ObjectKind owner) {
  return joined({of_owner(owner), {record}, moment("time", "when the row was added")});
}

Columns rows(ObjectKind owner) {
  Columns all = joined({of_owner(owner), {row_id}});
  for (const auto& [name, when] :
       {std::pair("added", "when the row was added"),
        std::pair("changed", "when the row was last changed; empty: never"),
        std::pair("erased", "when the row was erased; empty: it is there")}) {
    const std::string step = std::string("step of the group: ") + when;
    all = joined({all, {{name + std::string("_record"), "integer", step, ""}}, moment(name, when)});
  }
  return all;
}

Columns row_changes(ObjectKind owner) {
  return joined({of_owner(owner),
                 {row_id, record},
                 moment("time", "when the row was changed"),
                 {{"change", "text", "added, changed or erased; the row is as it was then", ""}}});
}

Columns sessions() {
  return joined({{session, {"config", "text", "name of the session's config", ""}},
                 moment("created", "when the session was made"),
                 {{"participants", "integer", "how many participants it has", ""},
                  {"app_sequence", "text", "its apps in the order in which they are played", ""},
                  {"room", "text", "the room whose session it is; empty: none", ""},
                  {"is_demo", "boolean", "is it a demo session?", ""},
                  {"is_bot", "boolean", "did bots play it?", ""},
                  {"is_closed", "boolean", "was it closed?", ""}}});
}

Columns participants() {
  return joined(
      {{session,
        participant,
        number,
        {"label", "text", "the experimenter's name for the participant (with --personal)", ""},
        {"is_bot", "boolean", "was it a bot?", ""}},
       moment("started", "when the first page was opened; empty: not yet"),
       {{"app", "text", "the game the participant is in", ""},
        {"page", "text", "the page the participant is on, or was on last", ""},
        finished,
        {"payoff", "decimal", "earned in all apps", "points or money"}}});
}

Columns payments() {
  return {session,
          {"is_demo", "boolean", "is it a demo session?", ""},
          {"is_bot", "boolean", "did bots play it?", ""},
          participant,
          number,
          {"label", "text", "the experimenter's name for the participant (with --personal)", ""},
          finished,
          {"payoff", "decimal", "earned in all apps", "points or money"},
          {"real_world_currency_per_point", "number", "money for a point", ""},
          {"payoff_in_real_world_currency", "decimal", "the payoff as it is paid", "money"},
          {"participation_fee", "decimal", "paid to everyone", "money"},
          {"total", "decimal", "payoff in money and the participation fee", "money"}};
}

Columns codebook() {
  return {{"table", "text", "name of the table", ""},
          {"column", "text", "name of the column", ""},
          {"type", "text", "integer, decimal, number, text, boolean (0 or 1), time, json", ""},
          {"meaning", "text", "what it holds", ""},
          {"unit", "text", "unit of measurement or format", ""},
          {"question", "text", "what a form asks for it", ""},
          {"values", "text", "what its values stand for, as VALUE = LABEL; …", ""}};
}

Columns of_participant() {
  return {{"id_in_session", "integer", "number of the participant in the session, from 1", ""},
          {"code", "text", "code of the participant", ""},
          {"label", "text", "the experimenter's name for the participant (with --personal)", ""},
          {"_is_bot", "boolean", "was it a bot?", ""},
          {"_index_in_pages", "integer", "place of the current page in the experiment; 0: none yet",
           ""},
          {"_max_page_index", "integer", "pages of the experiment; empty: not all known yet", ""},
          {"_current_app_name", "text", "the game the participant is in", ""},
          {"_current_page_name", "text", "the page the participant is on, or was on last", ""},
          {"time_started_utc", "time", "when the first page was opened", "ISO 8601, UTC"},
          {"time_started_epoch", "decimal", "the same", "seconds since 1970"},
          {"visited", "boolean", "has the participant come?", ""},
          {"payoff", "decimal", "earned in all apps", "points or money"}};
}

Columns of_session() {
  return {{"code", "text", "code of the session", ""},
          {"label", "text", "the experimenter's name for the session", ""},
          {"comment", "text", "the experimenter's note", ""},
          {"is_demo", "boolean", "is it a demo session?", ""}};
}

Columns of_player() {
  return {{"id_in_group", "integer", "number of the player in the group, from 1", ""},
          {"role", "text", "the player's role", ""},
          {"payoff", "decimal", "earned in this round", "points or money"}};
}

Columns of_group() {
  return {{"id_in_subsession", "integer", "number of the group in its app and round, from 1", ""}};
}

Columns of_subsession() { return {{"round_number", "integer", "round of the game, from 1", ""}}; }

}  // namespace rialto::export_columns
