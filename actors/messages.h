// What gateways, units and the directory say to each other. Plain values without CAF, so that all
// of the gateway can use them; the actors wrap them in CAF messages. Moved or shared, never copied
// on the hot path. Guarantee: everything in a message from a unit was committed before the message
// left (G2).
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "actors/chat.h"
#include "actors/value.h"
#include "storage/record.h"
#include "storage/unit_id.h"

namespace rialto {

// The wire's names of page instances: "1-0" is round 1, first page.
std::string to_string(PageRef page);
// The page instance named by "1-0" or "app/1-0"; false if the text names none.
bool parse_page(std::string_view text, PageRef& page);
// What stands before it: "app", or "" if nothing does.
std::string_view app_of(std::string_view page);

// Names a connection of this process: the gateway's number in the upper 16 bits, so that each
// gateway knows its own. Never used twice; 0 is none.
using ConnectionId = std::uint64_t;

// -- gateway -> directory -> unit
// ------------------------------------------------------------------ `request` comes back in the
// answer; the gateway chooses it.

// The current page of a participant, to be rendered.
struct OpenPage {
  std::uint64_t request = 0;
  std::string participant;
  std::string label = {};  // as the link says; counts if the participant has none. Empty: none
};

// A send that a page left behind, done before the submit that carries it (rules.md 4).
struct PendingSend {
  std::string sender;
  std::uint64_t number = 0;
  std::string page;  // "app/round-position"
  Value data;
};

struct SubmitPage {
  std::uint64_t request = 0;
  std::string participant;
  std::string app;  // of the page instance the form belongs to
  PageRef page;
  std::vector<PendingSend> pending;  // in order
  Value values;                      // object of form fields, all strings
  bool timed_out = false;            // the page says that its time was up
  // Not 0: nothing is submitted, this is what is written so far; of several the highest is newest.
  std::uint64_t draft = 0;
};

// A live page's WebSocket has said hello.
struct Join {
  ConnectionId connection = 0;
  std::string participant;
  std::string app;
  PageRef page;
  std::string lineage;
  std::uint64_t rendered = 0;  // the record this load of the page was rendered at
  std::uint64_t after = 0;     // the newest record this load has seen
  // A record that this load knows, and its time in milliseconds since 1970: by both it is told from
  // another that has its number, after a loss. 0: none is named.
  std::uint64_t known = 0;
  std::int64_t known_time = 0;
};

// -- unit <-> directory
// ------------------------------------------------------------------------------

// A unit has let a participant go, durably. Sent again until `taken` comes back.
struct HandOver {
  UnitId unit;
  std::uint32_t player = 0;
  std::string to_app;
  Value baggage;  // as Unit::baggage gives it
};

// A unit has written into its session, durably: keys::session_write has it until that is in the
// session's values.
struct SessionWritten {
  UnitId unit;
  std::uint64_t record = 0;
  std::string writes;  // JSON, as session_board.h reads them
};

// A request that came to a unit whose player has gone on: for the unit where he is now.
template <class Message>
struct Forwarded {
  Message message;
  UnitId from;
};

// A participant comes to a unit, with what he brings.
struct Enter {
  std::uint32_t player = 0;
  Value baggage;
};

// Where is everybody? Asked by the directory.
struct DescribeUnit {};

// Answers it. `players`: of those who are here, by seat, {"player","page","instance",
// "position","round","group"?,"id_in_group"?,"since"(us),"present","away"?,"not_come"?,"finished"?,"dropped"?,"waits_for"?:
// [seat, …] (at most ten),"waits_for_group"?}. `stuck`:
// [{"page","round","group"?,"player"?,"why"?}, …].
struct UnitDescribed {
  UnitId unit;
  Value players;
  Value stuck;
};

// A session was closed from one moment to another, microseconds since 1970.
struct Closure {
  std::int64_t from = 0;
  std::int64_t until = 0;
};

// A participant is known under this label from now on.
struct Labelled {
  std::uint32_t player = 0;
  std::string label;
};

// A participant has gone on past the unit's app without playing it.
struct PassBy {
  std::uint32_t player = 0;
};

// -- gateway -> unit
// -------------------------------------------------------------------------------

struct LiveInput {
  ConnectionId connection = 0;
  std::uint32_t player = 0;
  PageRef page;
  std::string sender;
  std::uint64_t number = 0;
  Value data;
};

// All sends of one turn of an I/O thread for one unit, in the order they were read.
struct Inputs {
  std::vector<LiveInput> inputs;
};

// More history for a connection that is catching up: records above `after`.
struct PullHistory {
  ConnectionId connection = 0;
  std::uint32_t player = 0;
  PageRef page;
  std::uint64_t rendered = 0;  // transient replies are given only above this record
  std::uint64_t after = 0;
};

struct Leave {
  ConnectionId connection = 0;
  std::uint32_t player = 0;
};

// -- unit -> gateway
// -------------------------------------------------------------------------------

enum class PageStatus {
  page,       // `view` is the current page
  finished,   // past the last page
  not_found,  // no such participant
  closed,     // the session is closed
  dropped,    // the experimenter has taken the participant out of it
  failed,     // a hook of the game failed; logged; the participant is told to call someone
  busy,       // not now; try again
};

// Until a time on a page is up, in microseconds. `own`: the player's, at whose end the page is
// submitted; or else the group's, at whose end the server moves everyone on.
struct TimeLeft {
  std::int64_t left = 0;
  bool own = false;
  bool operator==(const TimeLeft&) const = default;
};

struct PageView {
  std::string app;
  std::string page;
  PageRef ref;
  bool live = false;
  bool replay = true;
  std::uint64_t record = 0;  // newest committed record it was computed from
  std::int64_t time = 0;     // of that record, microseconds
  Value js_vars;
  Value vars;                    // what its template may name; vars_for_template's among them
  Value form;                    // describe_form (form.h); null: the page asks nothing
  std::string form_error;        // why a submit was refused, in one line
  bool wait = false;             // a wait page: no HTML of its own is needed
  std::string title_text;        // of a wait page
  std::string body_text;         // of a wait page
  PageChats chats;               // what {{ chat }} may show
  std::string timer_text;        // before the countdown
  bool bereft = false;           // somebody of the group was dropped
  bool timed = false;            // the page may have a time that runs out
  std::optional<TimeLeft> left;  // how much of it is left; none: it does not run (yet)
};

// Answers OpenPage and SubmitPage (the page the participant is on now).
struct PageAnswer {
  std::uint64_t request = 0;
  PageStatus status = PageStatus::page;
  PageView view;
};

// Answers Join; `unit_player` is the seat, for LiveInput. The unit's own address comes with the
// message.
struct Joined {
  ConnectionId connection = 0;
  PageStatus status = PageStatus::page;
  bool stale = false;         // the player is on another page: tell the tab to move on
  bool history_lost = false;  // the cursor is of another lineage, or of what is there no more
  UnitId unit;
  std::uint32_t player = 0;
  std::string lineage;
  std::uint64_t head = 0;         // newest committed record
  double sends_per_second = 0;    // the app's own limit; 0: Limits'
  std::size_t message_bytes = 0;  // the same of one frame; 0: Limits'
  std::optional<TimeLeft> left;   // on the page
};

// A piece of history: whole `message` frames' payloads, in order. `at_head`: nothing committed is
// missing. `failed`: it cannot be read, and the unit cannot be played any more.
struct HistoryPiece {
  struct Message {
    std::uint64_t record;
    std::int64_t time;    // microseconds
    std::string payload;  // JSON text
  };
  ConnectionId connection = 0;
  std::vector<Message> messages;
  std::uint64_t upto = 0;  // everything up to here is in this piece or before it
  bool at_head = false;
  std::int64_t time = 0;  // where it is at the head: of the record `upto`, microseconds
  bool failed = false;
};

// A reply on its way to the connections of one unit. A gateway builds its frame once and appends
// the bytes to each connection that gets it.
struct Delivery {
  std::uint64_t record = 0;
  std::int64_t time = 0;  // microseconds since 1970
  PageRef page;
  std::vector<std::uint32_t> receivers;  // id_in_group, ascending; empty: everyone
  Retention retention = Retention::log;
  std::string key;      // of a `latest` reply
  std::string payload;  // JSON text
};

// The end of one send: acknowledged, or refused with a code.
struct Outcome {
  ConnectionId connection = 0;
  std::string sender;
  std::uint64_t number = 0;
  std::string code;     // empty: acknowledged
  std::string message;  // for the participant
};

// A group's time on a page was set anew.
struct TimeSet {
  PageRef page;
  std::vector<std::uint32_t> receivers;  // seats, ascending; empty: everyone
  std::int64_t left = 0;                 // microseconds
};

// What left a unit with one commit, in order. One object (a shared_ptr<const Release>) goes to all
// gateways that have connections of the unit.
struct Release {
  UnitId unit;
  std::uint64_t upto = 0;  // newest record of the commit
  std::int64_t time = 0;   // of that record, microseconds since 1970
  std::vector<Delivery> deliveries;
  std::vector<Outcome> outcomes;      // of connections of this gateway and others; ids decide
  std::vector<PageMove> moves;        // players who are on another page now
  std::vector<TimeSet> times;         // the newest of each group and page
  std::vector<std::uint32_t> bereft;  // seats: somebody of their group was dropped
};

// The unit's session is closed: nothing comes from it any more.
struct UnitClosed {
  UnitId unit;
};

// -- command line and demo page <-> directory
// ------------------------------------------------------

struct CreateSession {
  std::uint64_t request = 0;
  std::string config;              // its name; an app's, for the app by itself
  std::uint32_t participants = 0;  // 0: one for each label, or as many as the config's demo wants
  bool demo = false;
  std::string key;  // idempotency key: the same key gives the same session again; may be empty
  Value values;     // an object: what replaces values of the config
  std::vector<std::string> labels;  // of the first participants
  std::string room = {};            // whose visitors play it; empty: none
  bool bots = false;                // will play it, not people
  std::uint64_t seed = 0;           // of all that is drawn in it, its codes too; 0: by chance
};

// Do directory and disk still work? Answered behind a commit.
struct AskHealth {
  std::uint64_t request = 0;
};

// Describes one session, or (empty code) some of all, newest first: a list, empty when there are no
// more.
struct DescribeSessions {
  std::uint64_t request = 0;
  std::string code;
  bool demo_only = false;
  bool places = false;     // of one session: also where everybody is, which its units are asked
  std::string after = {};  // of all: those that are older than the session of this code
};

// Gives the next free participant of a session to somebody who came by the session-wide link; under
// a label always the same one.
struct ClaimSeat {
  std::uint64_t request = 0;
  std::string session;
  std::string label = {};    // empty: none
  std::string visitor = {};  // who asks twice under this name has one seat; empty: not known
};

// Somebody is at a room's door.
struct VisitRoom {
  std::uint64_t request = 0;
  std::string room;
  std::string visitor = {};      // counted as present while the room waits; empty: not counted
  std::string label = {};        // empty: none
  std::string participant = {};  // as the browser remembers; empty: nothing
  bool enter = false;            // takes a seat, if the room has a session
};

// Takes a room's session out of it.
struct ClearRoom {
  std::uint64_t request = 0;
  std::string room;
};

// What is going on in the rooms.
struct DescribeRooms {
  std::uint64_t request = 0;
};

struct CloseSession {
  std::uint64_t request = 0;
  std::string code;
};

// Goes on where it was closed, with all times as they stood.
struct ReopenSession {
  std::uint64_t request = 0;
  std::string code;
};

// What the experimenter does about somebody who does not go on.
struct MoveParticipant {
  enum class How : std::uint8_t {
    advance,  // his page is left as if its time were up
    drop,     // he is taken out of the session
  };
  std::uint64_t request = 0;
  std::string session;
  std::string participant;
  How how = How::advance;
  std::string page = {};  // only from there ("app/1-0"); empty: from wherever he is
};

// Lets the wait pages of a session whose hooks have failed try them again.
struct RetrySession {
  std::uint64_t request = 0;
  std::string code;
};

// Answers all eleven. A session is described as {"code","config","title","demo","bots","closed",
// "created"(us),"apps":[{"app","first_unit","group_size"}, …],"values":{…},
// "participants":[{"code","app","unit","player","claimed","label"?}, …],
// "stuck":[{"app","group"(from 1)}, …],"room"?}: where each is now, and the groups that wait for a
// retry. With `places`, each participant has what UnitDescribed says of him ("waits_for": codes),
// or "unknown": true where his unit did not answer; "stuck" what it says there, too. ClaimSeat
// answers {"participant": code}, or {"closed": true}; MoveParticipant {"participant",
// "app","page","round","did": "begun", "advanced", "dropped" or "nothing","why"?}; RetrySession
// adds "retried", a number of groups; VisitRoom answers {"open": is there a session,"participant"?:
// code,"full"?: true}; DescribeRooms {ROOM: {"session"?: code,"present": [visitor, …]}, …} of the
// rooms in which there is something.
struct SessionAnswer {
  std::uint64_t request = 0;
  std::string error;  // empty: done; otherwise a sentence
  Value result;
};

}  // namespace rialto
