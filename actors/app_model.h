// What an app is at run time: names, pages, hooks, how to make a group. The one door through which
// apps come in, whatever language they are written in; App<Group, Player> (app.h) fills it in.
// Immutable once made, shared by all units of the app, read on any thread.
// Guarantee: hooks get only objects made by `make_group` of the same model.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "actors/bot.h"
#include "actors/bot_player.h"
#include "actors/form_field.h"
#include "actors/form_refusal.h"
#include "actors/live_call.h"
#include "actors/model.h"
#include "actors/reply.h"
#include "actors/subsession_base.h"
#include "actors/value.h"

namespace rialto {

enum class History {
  replay,  // a page that loads gets all that was said to its player on this page instance
  none,    // a page that loads gets only what is said from now on (as oTree's pages expect)
};

struct PageModel {
  std::string name;
  std::string template_name;  // the file of its HTML; empty: NAME.html
  // The words that its template reads of player, group and the others, told by who has read the
  // template; none: not known, so that everything is computed for it.
  std::optional<std::set<std::string, std::less<>>> template_words;
  // Does the player see the page? Const; asked when the player comes to it, inside the step.
  std::function<bool(const PlayerBase&)> is_displayed;
  History history = History::replay;
  // A live page has exactly this hook. Runs in a step; what it throws rolls the step back.
  std::function<Reply(PlayerBase&, const Value&)> live;
  // What the page asks for; which of these fields, if not all, by name. Const: runs in no step.
  std::vector<FormFieldModel> form;
  std::function<std::vector<std::string>(const PlayerBase&)> form_fields;
  // May the player leave the page with these form values? Empty: yes. Runs in the step of the
  // submit; what it writes stays, also if it refuses.
  std::function<FormRefusal(PlayerBase&, const Value&)> error_message;
  // Runs in the step of the submit, before the player is on the next page; was it the time's end?
  std::function<void(PlayerBase&, bool)> before_next_page;
  // The player's time on the page, from when it is first shown; none: no limit. Const.
  std::function<std::optional<std::chrono::microseconds>(const PlayerBase&)> timeout;
  std::string timer_text;
  // What the page's JavaScript and its template may use: objects. Const.
  std::function<Value(const PlayerBase&)> js_vars;
  std::function<Value(const PlayerBase&)> vars_for_template;
  // From when all are on the page; runs `on_timeout`, then everyone in the group moves on.
  std::optional<std::chrono::microseconds> group_timeout;
  std::function<void(GroupBase&)> on_timeout;
  // The app that the player goes to after this page, of those that follow, whose names it gets; "":
  // on in this one. Const.
  std::function<std::string(const PlayerBase&, const std::vector<std::string>&)>
      app_after_this_page;
  // Of a wait page: it is left when all of the group have come and the hook has run.
  bool wait = false;
  std::string title_text;
  std::string body_text;
  std::function<void(GroupBase&)> after_all_players_arrive;
  // All of the subsession wait for each other; then this hook runs.
  bool wait_for_all_groups = false;
  std::function<void(SubsessionBase&)> after_all_groups_arrive;
  // Who comes is put into groups here, as `choose_group` says: seats of those who are to be one, of
  // those who wait, in order of arrival; none: not yet. Without it, the first players_per_group.
  bool group_by_arrival_time = false;
  bool every_round = false;  // each round makes its own
  std::function<std::vector<const PlayerBase*>(const SubsessionBase&,
                                               const std::vector<const PlayerBase*>&)>
      choose_group;
  // Who has waited so long for a group goes to the exit page, and from there on to the next app.
  std::optional<std::chrono::microseconds> max_wait;
  std::string exit_page;
};

// What becomes of the times that run while no server does (rules.md 13).
enum class Outage {
  stops_time,    // they end later by its length
  time_goes_on,  // they end when they would have, or at once
};

// A browser keeps so much until it is answered (gateway/browser/rialto.js).
inline constexpr std::size_t max_message_bytes = 1'000'000;

struct AppModel {
  std::string name;           // a C++ identifier; also the folder of its pages
  std::string display_name;   // for people; empty: the name
  std::string doc;            // one or two sentences
  std::string build;          // of the program or library it is in: 40 hex digits; empty: not known
  int players_per_group = 0;  // 0: the whole session is one group
  int rounds = 1;
  std::vector<std::string> roles;     // by id_in_group
  Value constants = Value::object();  // `C` of templates
  int demo_participants = 0;          // 0: one group's worth (2 if that is the whole session)
  std::vector<PageModel> pages;
  std::function<std::unique_ptr<GroupBase>()> make_group;
  std::function<std::unique_ptr<PlayerBase>()> make_player;
  std::function<std::unique_ptr<SubsessionBase>()>
      make_subsession;  // may be empty: it has no columns
  // In the first step, for each round: the whole subsession, then each of its groups.
  std::function<void(SubsessionBase&)> creating_subsession;
  std::function<void(GroupBase&)> creating_session;
  // A player was dropped and comes back no more; in the step that takes him off his page.
  std::function<void(PlayerBase&)> on_drop;
  Outage outage = Outage::stops_time;
  // How bots play it; all may be empty. Strategies of live pages; what a bot does on each page
  // (`bot_wants_player`: called with the player, otherwise with null); what plays a live page in
  // place of the strategies; and the cases bots know.
  BotStrategy bot;
  std::function<void(Bot&, const PlayerBase*)> play_round;
  bool bot_wants_player = false;
  std::function<void(const GroupBase&, const LiveCall&)> call_live_method;
  std::vector<std::string> cases;
  double sends_per_second = 0;    // rate limit of a participant, 0: Limits' default
  std::size_t message_bytes = 0;  // of one live message with its envelope, 0: Limits' frame

  // What people read: the display name, or the name as words ("quick_counter": "Quick counter").
  std::string title() const;
  // Is the app one unit with all of its groups (rules.md 10), because a hook sees them all or their
  // members are not known beforehand?
  bool whole() const;
  bool groups_by_arrival() const;
  // Is the page shown only to those whom a wait page sends there?
  bool is_exit(const std::string& page) const;
  // Participants of a demo session, and of one created without a number.
  int demo_size() const;
};

// An app as main.cpp and the tests hand it around.
using AnyApp = std::shared_ptr<const AppModel>;

}  // namespace rialto
