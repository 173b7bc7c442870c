// The one header a game includes. `App<Group, Player>{…}` declares a game: its name, its pages in
// order, which function takes their live messages; it becomes the AnyApp that `app()` returns.
// Made once when the program starts, immutable from then on.
// Guarantee: what makes no sense (two columns of one name, say) is a std::invalid_argument with a
// sentence when `app()` runs, or does not compile.
#pragma once

// Some for games alone, which count and sort.
#include <algorithm>
#include <chrono>
#include <cmath>
#include <concepts>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "actors/abi.h"
#include "actors/app_model.h"
#include "actors/bot.h"
#include "actors/bot_player.h"
#include "actors/entered.h"
#include "actors/errors.h"
#include "actors/expect.h"
#include "actors/field.h"
#include "actors/form_refusal.h"
#include "actors/form_slot.h"
#include "actors/group.h"
#include "actors/hooks.h"
#include "actors/live_call.h"
#include "actors/log.h"
#include "actors/money.h"
#include "actors/never_meant.h"
#include "actors/number_text.h"
#include "actors/print.h"
#include "actors/read_csv.h"
#include "actors/read_text.h"
#include "actors/reply.h"
#include "actors/rows.h"
#include "actors/session_values.h"
#include "actors/subsession.h"
#include "actors/value.h"
#include "actors/wait_page.h"

namespace rialto {

using std::chrono_literals::operator""s;
using std::chrono_literals::operator""ms;
using std::chrono_literals::operator""min;

// A page of the game, as `{.name = "Bid", .live_method = bid}`; what is left out is not used. The
// members are written in the order they have here: so C++ wants it ("designator order … does not
// match declaration order").
// Its HTML is the file NAME.html beside the game.
template <class Group, class Player>
struct PageOf {
  std::string name = {};
  // The file of its HTML, where several pages share one: "Decide.html"; "": NAME.html.
  std::string template_name = {};
  // Who does not see the page goes on to the next. Asked when the player comes to it.
  Hook<bool(const Player&), "is_displayed wants: bool f(const Player&)"> is_displayed = {};
  // What a message of this page's liveSend goes to: one function, or one for each data["type"].
  LiveMethod<Group, Player> live_method = {};
  LiveMethodOfType<Group, Player> live[max_live_types] = {};
  // What a page gets when it is loaded again: all that was said to it, or only what comes now.
  History history = History::replay;
  // An object the page's scripts find as `js_vars`, and one for its template.
  Hook<Value(const Player&), "js_vars wants: Value f(const Player&)"> js_vars = {};
  Hook<Value(const Player&), "vars_for_template wants: Value f(const Player&)"> vars_for_template =
      {};
  // The fields the page asks for: {&Player::offer, {&Player::share, {.max = share_max}}}; and which
  // of them, where that depends on the player.
  FormFieldOf<Group, Player> form[max_form_fields] = {};
  Hook<std::vector<std::string>(const Player&),
       "form_fields wants: std::vector<std::string> f(const Player&)">
      form_fields = {};
  // Why the player may not leave the page with these form values, as one text or an object of a
  // text for each field; "" if he may. One of `Player&` may count: what it writes stays.
  Hook<FormRefusal(Player&, const Value&),
       "error_message wants: std::string f(const Player&, const Value&)">
      error_message = {};
  // Runs when the player has submitted, before the next page; may ask whether the time was up.
  BeforeNextPage<Player> before_next_page = {};
  // Each player's own time on the page, from when it is first shown; then it is submitted with
  // what is written there. `timeout_now` depends on the player; Duration() is none.
  Duration timeout = {};
  Hook<Duration(const Player&), "timeout_now wants: Duration f(const Player&)"> timeout_now = {};
  std::string timer_text = {};  // before the countdown; "": "Time left", in the reader's language
  // Runs from when all of the group are on the page; then `on_timeout`, then everyone moves on.
  Duration group_timeout = {};
  Hook<void(Group&), "on_timeout wants: void f(Group&)"> on_timeout = {};
  // The app that the player goes to after this page: `std::string f(const Player&)`, or with the
  // names of the apps to come as a second argument, `const std::vector<std::string>&`; "": on here.
  NextApp<Player> app_after_this_page = {};
  // Of a wait page (wait_page.h).
  bool wait = false;
  WaitPage waiting = {};

  // Nothing is set: no page.
  bool is_blank() const {
    return name.empty() && template_name.empty() && !is_displayed && !live_method.function() &&
           live[0].type.empty() && !js_vars && !vars_for_template && !form[0] && !form_fields &&
           !error_message && !before_next_page && !timeout.length() && !timeout_now &&
           !group_timeout.length() && !on_timeout && !app_after_this_page && !wait;
  }
};

// Of one app; more do not compile.
inline constexpr std::size_t max_pages = 32;

namespace detail {
template <class Group, class Player, Text advice>
concept PlayTogether =
    std::derived_from<Group, GroupOf<Player>> && std::derived_from<Player, PlayerIn<Group>> &&
    std::default_initializable<Group> && std::default_initializable<Player>;

template <class Subsession, class Group, Text advice>
concept AllOf = std::derived_from<Subsession, SubsessionOf<Group>>;

// Checks the model and puts it on the heap; std::invalid_argument with a sentence.
AnyApp checked_app(AppModel model);
[[noreturn]] void refuse_app(const std::string& why);
}  // namespace detail

template <class Group, class Player, class Subsession = SubsessionOf<Group>>
requires detail::PlayTogether<Group, Player,
                              "App<Group, Player> wants: struct Group : GroupOf<struct Player>, "
                              "struct Player : PlayerIn<Group>"> &&
    detail::AllOf<Subsession, Group,
                  "App<Group, Player, Subsession> wants: struct Subsession : SubsessionOf<Group>">
struct App {
  // Written in this order, too.
  std::string name = {};          // the folder's, and the namespace's
  std::string display_name = {};  // for people; "": made of the name
  std::string doc = {};           // a sentence or two
  int players_per_group = 0;      // 0: the whole session is one group
  int rounds = 1;
  // The seats' names by id_in_group, as oTree's *_ROLE constants: {"Proposer", "Responder"}.
  std::vector<std::string> roles = {};
  // What templates find as C: {{"ENDOWMENT", 20}}; NAME_IN_URL, PLAYERS_PER_GROUP and NUM_ROUNDS
  // are there without.
  Value constants = Value::object();
  int demo_participants = 0;    // of a demo session; 0: one group
  double sends_per_second = 0;  // of one participant; 0: the server's limit (100)
  // Of one live message as JSON, with some 100 bytes around it; 0: the server's limit (64 KiB).
  // At most 1,000,000: a picture that is drawn, say, or some seconds of voice.
  std::size_t message_bytes = 0;
  // Page times and group times while no server runs: they end later by that, or go on.
  Outage outage = Outage::stops_time;
  // Runs when the session is made, round 1 first: `void f(Group&)` for each group, or `void
  // f(Subsession&)` once a round, which may also make the groups.
  CreatingSession<Group, Subsession> creating_session = {};
  PageOf<Group, Player> pages[max_pages] = {};
  // Runs when the experimenter has dropped a player (`rialto participant drop`), who is still on
  // his page: what the game needs of him is set here. What it throws changes nothing: he is then
  // not dropped until it is run again (`rialto session retry`).
  Hook<void(Player&), "on_drop wants: void f(Player&)"> on_drop = {};
  // How bots play the game (apps/README.md, "Bots"): what they send on live pages, what they do on
  // each page, what plays live pages in place of the former, and the cases they know.
  BotStrategy bot = {};
  PlayRound<Player> play_round = {};
  Hook<void(const Group&, const LiveCall&),
       "call_live_method wants: void f(const Group&, const LiveCall&)">
      call_live_method = {};
  std::vector<std::string> cases = {};

  operator AnyApp() const {
    AppModel model;
    model.name = name;
    model.display_name = display_name;
    model.display_name = model.title();
    model.doc = doc;
    model.players_per_group = players_per_group;
    model.rounds = rounds;
    model.roles = roles;
    model.constants = constants;
    model.creating_session = creating_session.of_group();
    model.creating_subsession = creating_session.of_all();
    model.demo_participants = demo_participants;
    model.sends_per_second = sends_per_second;
    model.message_bytes = message_bytes;
    model.outage = outage;
    if (on_drop) {
      model.on_drop = [hook = on_drop](PlayerBase& player) { hook(static_cast<Player&>(player)); };
    }
    std::size_t count = max_pages;
    while (count > 0 && pages[count - 1].is_blank()) --count;
    const Group group{};
    const Player player{};
    for (std::size_t i = 0; i < count; ++i) {
      model.pages.push_back(described(pages[i], group, player));
    }
    model.make_group = []() -> std::unique_ptr<GroupBase> { return std::make_unique<Group>(); };
    model.make_player = []() -> std::unique_ptr<PlayerBase> { return std::make_unique<Player>(); };
    model.make_subsession = []() -> std::unique_ptr<SubsessionBase> {
      return std::make_unique<Subsession>();
    };
    model.bot = bot;
    model.play_round = play_round.function();
    model.bot_wants_player = play_round.wants_player();
    if (call_live_method) {
      model.call_live_method = [hook = call_live_method](const GroupBase& whole,
                                                         const LiveCall& live) {
        hook(static_cast<const Group&>(whole), live);
      };
    }
    model.cases = cases;
    return detail::checked_app(std::move(model));
  }

 private:
  static PageModel described(const PageOf<Group, Player>& page, const Group& new_group,
                             const Player& new_player) {
    PageModel model;
    model.name = page.name;
    model.template_name = page.template_name;
    model.history = page.history;
    model.live = page.live_method.function();
    LiveDispatch by_type;
    for (const auto& [type, method] : page.live) {
      if (method.function()) by_type.add(type, method.function());
    }
    if (!by_type.empty()) {
      if (model.live) detail::refuse_app("page " + page.name + " has both .live_method and .live");
      model.live = std::move(by_type);
    }
    if (page.is_displayed) {
      model.is_displayed = [hook = page.is_displayed](const PlayerBase& player) {
        return hook(own(player));
      };
    }
    if (page.js_vars) {
      model.js_vars = [hook = page.js_vars](const PlayerBase& player) { return hook(own(player)); };
    }
    if (page.vars_for_template) {
      model.vars_for_template = [hook = page.vars_for_template](const PlayerBase& player) {
        return hook(own(player));
      };
    }
    for (const auto& field : page.form) {
      if (field) model.form.push_back(field.model(new_group, new_player));
    }
    if (page.form_fields) {
      model.form_fields = [hook = page.form_fields](const PlayerBase& player) {
        return hook(own(player));
      };
    }
    if (page.error_message) {
      model.error_message = [hook = page.error_message](PlayerBase& player, const Value& values) {
        return hook(static_cast<Player&>(player), values);
      };
    }
    if (page.before_next_page) {
      model.before_next_page = [hook = page.before_next_page](PlayerBase& player, bool timed_out) {
        hook(static_cast<Player&>(player), timed_out);
      };
    }
    if (page.timeout_now) {
      if (page.timeout.length()) {
        detail::refuse_app("page " + page.name + " has both .timeout and .timeout_now");
      }
      model.timeout = [hook = page.timeout_now](const PlayerBase& player) {
        return hook(own(player)).length();
      };
    } else if (page.timeout.length()) {
      model.timeout = [length = page.timeout.length()](const PlayerBase&) { return length; };
    }
    model.timer_text = page.timer_text;
    model.app_after_this_page = page.app_after_this_page.function();
    model.wait = page.wait;
    if (page.wait) page.waiting.describe(model, typeid(Subsession));
    if (page.on_timeout) {
      model.on_timeout = [hook = page.on_timeout](GroupBase& group) {
        hook(static_cast<Group&>(group));
      };
    }
    model.group_timeout = page.group_timeout.length();
    return model;
  }

  static const Player& own(const PlayerBase& player) { return static_cast<const Player&>(player); }
};

}  // namespace rialto
