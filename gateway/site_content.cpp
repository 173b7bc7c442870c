#include "gateway/site_content.h"

#include <algorithm>
#include <cassert>
#include <fstream>
#include <sstream>
#include <utility>

#include "gateway/form_html.h"
#include "gateway/form_words.h"
#include "gateway/page_tags.h"
#include "gateway/page_titles.h"
#include "gateway/template.h"

namespace rialto {
namespace {

// How the project writes amounts, for the pages' function cu: what stands around the number of one
// and of many, its decimals, and what stands before them and between its thousands.
Value money_config() {
  const MoneyFormat& format = Money::format();
  const auto around = [&](int amount) {
    std::string text = format.format(Money(amount), 0);
    return text.replace(text.find(std::to_string(amount)), 1, "#");
  };
  return {{"one", around(1)},
          {"many", around(2)},
          {"decimals", Money::decimals()},
          {"point", std::string(1, format.decimal_separator())},
          {"thousands", format.thousands}};
}

}  // namespace

SiteContent::SiteContent(Parts parts, Links links)
    : parts_(std::move(parts)), links_(std::move(links)), assets_(links_.url().prefix) {
  for (SiteApp& each : parts_.apps) {
    if (each.title.empty()) each.title = each.name;
  }
}

const SiteApp* SiteContent::app(std::string_view name) const {
  const auto found = std::ranges::find(parts_.apps, name, &SiteApp::name);
  return found == parts_.apps.end() ? nullptr : &*found;
}

const SiteConfig* SiteContent::config(std::string_view name) const {
  const auto found = std::ranges::find(parts_.configs, name, &SiteConfig::name);
  return found == parts_.configs.end() ? nullptr : &*found;
}

std::string SiteContent::news() const {
  if (parts_.news.empty()) return {};
  std::ostringstream text;
  text << std::ifstream(parts_.news).rdbuf();
  return text.str();
}

const SiteRoom* SiteContent::room(std::string_view name) const {
  const auto found = std::ranges::find(parts_.rooms, name, &SiteRoom::name);
  return found == parts_.rooms.end() ? nullptr : &*found;
}

std::string SiteContent::head(const std::string& participant, const PageView& view,
                              const Words::Language& language) const {
  std::string head = Slots()
                         .json("config", live_config(participant, view, language))
                         .text("line_js", assets_.url("line.js"))
                         .text("rialto_js", assets_.url("rialto.js"))
                         .fill(embedded("live_head.html"));
  const bool may_end_unseen = view.left && view.left->own && !view.form.is_null();
  if (may_end_unseen) {
    head += Slots().text("draft_js", assets_.url("draft.js")).fill(embedded("draft_head.html"));
  }
  if (!parts_.news.empty()) {
    head += Slots().text("dev_js", assets_.url("dev.js")).fill(embedded("dev_head.html"));
  }
  return head + Slots()
                    .text("jquery", assets_.url("jquery.js"))
                    .json("js_vars", view.js_vars.is_null() ? Value::object() : view.js_vars)
                    .fill(embedded("page_head.html"));
}

std::string SiteContent::no_script(const PageView& view, const Words::Language& language) const {
  if (!view.live && !view.wait && !view.timed) return {};
  return Slots().text("text", language["no_script"]).fill(embedded("no_script.html"));
}

Words::Language SiteContent::language_of(const PageView& view) const {
  const Value* found = view.vars.is_object() ? view.vars.find("session") : nullptr;
  for (const char* const key : {"config", "language"}) {
    if (found != nullptr) found = found->is_object() ? found->find(key) : nullptr;
  }
  const bool known = found != nullptr && found->is_string() && parts_.words.has(found->text());
  return known ? parts_.words.pick(found->text()) : project_language();
}

std::string SiteContent::page(const std::string& participant, const PageView& view) const {
  const Words::Language language = language_of(view);
  const templates::Template* page = parts_.files.find(view.app, view.page);
  const SiteApp* known = app(view.app);
  const std::string title = known ? known->title : view.app;
  if (!page) return wait_page(view, language, head(participant, view, language));
  const bool has_form = !view.form.is_null();
  const Value form = has_form ? form_in_words(view.form, language) : Value::object();
  const FormHtml form_html(form, language["form_fix"]);
  std::string above = no_script(view, language) + timer(view, language);
  if (has_form) {
    above += form_html.page_errors();
  } else if (!view.form_error.empty()) {
    above += Slots().text("message", view.form_error).fill(embedded("page_error.html"));
  }
  const bool right_to_left = language.direction() == "rtl";
  const auto rendered = [&](const std::string& errors) {
    const Value layout = {
        {"language", language.name},
        {"direction", language.direction()},
        {"title", title},
        {"bootstrap_css", assets_.url(right_to_left ? "bootstrap.rtl.css" : "bootstrap.css")},
        {"bootstrap_js", assets_.url("bootstrap.js")},
        {"css", assets_.url("rialto.css")},
        {"head", head(participant, view, language)},
        {"body_class", view.live ? "live-page" : "page"},
        {"has_title", page->fills("title")},
        {"above", errors}};
    PageTags tags({language, parts_.files.static_files(), links_.url().prefix,
                   has_form ? &form_html : nullptr, view, participant, links_, assets_});
    return titled(
        page->render(view.vars, {{"rialto", layout}, {"js_vars", view.js_vars}, {"form", form}},
                     tags),
        title);
  };
  std::string html = rendered(above);
  if (!has_form) return html;
  const std::string untold = form_html.errors_untold_in(html);
  return untold.empty() ? html : rendered(above + untold);
}

// Of a wait page without HTML of its own.
std::string SiteContent::wait_page(const PageView& view, const Words::Language& language,
                                   std::string head) const {
  assert(view.wait);
  const std::string heading = view.title_text.empty() ? language["wait_heading"] : view.title_text;
  const std::string text = view.body_text.empty() ? language["wait_text"] : view.body_text;
  std::string waiting =
      Slots().text("heading", heading).text("text", text).fill(embedded("wait.html"));
  return document(language, heading, std::move(head), "wait-page",
                  Slots()
                      .html("above", no_script(view, language))
                      .html("fragment", std::move(waiting))
                      .text("bootstrap_js", assets_.url("bootstrap.js"))
                      .fill(embedded("page.html")));
}

std::string SiteContent::timer(const PageView& view, const Words::Language& language) const {
  if (!view.timed) return {};
  // oTree's name for it is that of a player's own time; it knows no time of a group.
  const bool own = view.left && view.left->own;
  return Slots()
      .text("class", own ? "otree-timer rialto-timer" : "rialto-timer")
      .text("text", view.timer_text.empty() ? language["time_left"] : view.timer_text)
      .text("left", view.left ? std::to_string(view.left->left / 1000) : "null")
      .text("own", own ? "true" : "false")
      .json("waker", assets_.url("waker.js"))
      .fill(embedded("timer.html"));
}

std::size_t SiteContent::message_bytes(std::string_view name) const {
  const SiteApp* const known = app(name);
  return known && known->message_bytes > 0 ? known->message_bytes : parts_.frame;
}

Value SiteContent::live_config(const std::string& participant, const PageView& view,
                               const Words::Language& language) const {
  return {{"version", 1},
          {"socket", url("/p/" + participant + "/live")},
          {"participant", participant},
          {"page", view.app + "/" + to_string(view.ref)},
          {"lineage", parts_.lineage},
          {"record", view.record},
          {"time", view.time / 1000},
          {"after", view.replay ? 0 : view.record},
          {"history", view.replay ? "replay" : "none"},
          {"live", view.live},
          {"money", money_config()},
          {"frame", message_bytes(view.app)},
          {"bereft", view.bereft},
          {"words", (*language.words)["line"]}};
}

std::string SiteContent::message(std::string_view name) const {
  return message(name, project_language()[std::string(name) + "_text"], project_language());
}

std::string SiteContent::message(std::string_view name, std::string_view sentence) const {
  return message(name, sentence, project_language());
}

std::string SiteContent::finished(const PageView& view) const {
  const Words::Language language = language_of(view);
  return message("finished", language["finished_text"], language);
}

std::string SiteContent::message(std::string_view name, std::string_view sentence,
                                 const Words::Language& language) const {
  const std::string heading = language[std::string(name) + "_heading"];
  return document(language, heading, {}, "notice-page",
                  Slots()
                      .text("kind", name == "finished" || name == "closed" ? "good" : "bad")
                      .text("heading", heading)
                      .text("text", sentence)
                      .fill(embedded("message.html")));
}

std::string SiteContent::join(std::string_view action) const {
  const Words::Language language = project_language();
  return document(language, language["join_heading"], {}, "notice-page",
                  Slots()
                      .text("heading", language["join_heading"])
                      .text("text", language["join_text"])
                      .text("action", action)
                      .text("start", language["start"])
                      .fill(embedded("join.html")));
}

std::string SiteContent::room(const SiteRoom& room, RoomState is, std::string_view action,
                              std::string_view state) const {
  const Words::Language language = project_language();
  const bool open = is == RoomState::open;
  const Value config = {{"open", open}, {"state", state}, {"worker", assets_.url("room.js")}};
  return document(language, room.title, std::string(embedded("room_head.html")), "wait-page",
                  Slots()
                      .text("heading", language[open ? "join_heading" : "wait_heading"])
                      .text("text", language[open ? "join_text" : "room_text"])
                      .text("action", action)
                      .html("hidden", open ? "" : "hidden")
                      .html("still", open ? "hidden" : "")
                      .text("start", language["start"])
                      .json("config", config)
                      .fill(embedded("room.html")));
}

namespace {

// Whatever a page of welcome has where its button is, the label is asked for above it.
class WelcomeTags final : public PageTags {
 public:
  WelcomeTags(Parts parts, std::string label_input)
      : PageTags(std::move(parts)), label_input_(std::move(label_input)) {}

  std::string next_button(std::string_view text_html) override {
    has_button_ = true;
    return label_input_ + PageTags::next_button(text_html);
  }
  bool has_button() const { return has_button_; }

 private:
  std::string label_input_;
  bool has_button_ = false;
};

std::string kept(std::string_view name, std::string_view value) {
  if (value.empty()) return {};
  return Slots().text("name", name).text("value", value).fill(embedded("room_kept.html"));
}

}  // namespace

std::string SiteContent::label_input(const Words::Language& language,
                                     std::string_view value) const {
  return Slots()
      .text("label", language["room_label"])
      .text("value", value)
      .fill(embedded("room_label_input.html"));
}

std::optional<std::string> SiteContent::welcome(const SiteRoom& room, const RoomQuery& said) const {
  const templates::Template* const page = parts_.welcome.find(room.name);
  if (page == nullptr) return std::nullopt;
  const Words::Language language = project_language();
  const bool asks = room.door == SiteRoom::Door::labelled && !room.labels.contains(said.label);
  const PageView nobody;
  const std::string no_participant;
  WelcomeTags tags({language, parts_.files.static_files(), links_.url().prefix, nullptr, nobody,
                    no_participant, links_, assets_},
                   asks ? label_input(language, said.label) : std::string());
  const Value names = {{"room", {{"name", room.name}, {"display_name", room.title}}}};
  std::string content = page->render(names, tags);
  return titled(
      document(
          language, room.title, {}, "page",
          Slots()
              .text("action", url("/room/" + room.name))
              .html("kept", asks ? std::string()
                                 : kept("participant_label", said.label) + kept("hash", said.hash))
              .html("content", std::move(content))
              .html("button", tags.has_button() ? std::string() : tags.next_button({}))
              .fill(embedded("room_welcome.html"))),
      room.title);
}

std::string SiteContent::room_label(const SiteRoom& room, std::string_view refused) const {
  const Words::Language language = project_language();
  std::string error;
  if (!refused.empty()) {
    error = Slots().text("message", language["room_unknown"]).fill(embedded("page_error.html"));
  }
  return document(language, room.title, {}, "notice-page",
                  Slots()
                      .text("heading", language["join_heading"])
                      .html("error", std::move(error))
                      .text("action", url("/room/" + room.name))
                      .html("kept", kept("welcome_page_ok", room.welcome.empty() ? "" : "1"))
                      .html("input", label_input(language, refused))
                      .text("next", language["next"])
                      .fill(embedded("room_label.html")));
}

std::string SiteContent::demo() const {
  std::string cards;
  for (const SiteConfig& config : parts_.configs) {
    const std::uint32_t players = config.participants;
    cards += Slots()
                 .text("action", url("/demo/" + config.name))
                 .text("title", config.title)
                 .text("doc", config.doc)
                 .text("players", std::to_string(players) + (players == 1 ? " player" : " players"))
                 .fill(embedded("demo_card.html"));
  }
  return document(parts_.words.pick("en"), "Rialto", {}, "demo-page",
                  Slots().html("cards", std::move(cards)).fill(embedded("demo.html")));
}

std::string SiteContent::demo_session(const Value& session) const {
  const auto code = session["code"].as<std::string>();
  std::string rows;
  std::string frames;
  int number = 0;
  for (const Value& participant : session["participants"]) {
    const auto participant_code = participant["code"].as<std::string>();
    const std::string path =
        "/p/" + participant_code + "/" + links_.participant_key(participant_code);
    const Slots slots = Slots().text("number", std::to_string(++number)).text("link", url(path));
    rows += slots.fill(embedded("session_row.html"));
    frames += slots.fill(embedded("session_frame.html"));
  }
  const auto title = session["title"].as<std::string>();
  return document(parts_.words.pick("en"), title, {}, "demo-page",
                  Slots()
                      .text("home", url("/"))
                      .text("title", title)
                      .text("session", code)
                      .html("rows", std::move(rows))
                      .html("frames", std::move(frames))
                      .text("session_link", url("/join/" + code + "/" + links_.session_key(code)))
                      .fill(embedded("session.html")));
}

std::string SiteContent::document(const Words::Language& language, std::string_view title,
                                  std::string head, std::string_view body_class,
                                  std::string content) const {
  return Slots()
      .text("language", language.name)
      .text("direction", language.direction())
      .text("title", title)
      .text("bootstrap_css",
            assets_.url(language.direction() == "rtl" ? "bootstrap.rtl.css" : "bootstrap.css"))
      .text("css", assets_.url("rialto.css"))
      .html("head", std::move(head))
      .text("body_class", body_class)
      .html("content", std::move(content))
      .fill(embedded("layout.html"));
}

}  // namespace rialto
