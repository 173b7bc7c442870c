// All that the site is made of and that does not change while the server runs: links, page files,
// pieces, words. Owned by the Gateway, read by the Site of each I/O thread.
// Immutable once made. Guarantee: each function gives a whole HTML document, in the language of the
// session, where it is of one, or of the project.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "actors/messages.h"
#include "gateway/assets.h"
#include "gateway/links.h"
#include "gateway/page_files.h"
#include "gateway/room_query.h"
#include "gateway/site_app.h"
#include "gateway/site_config.h"
#include "gateway/site_room.h"
#include "gateway/welcome_pages.h"
#include "gateway/words.h"

namespace rialto {

enum class DemoPage { shown, absent };

class SiteContent {
 public:
  struct Parts {
    std::vector<SiteApp> apps;
    std::vector<SiteConfig> configs;
    PageFiles files;
    std::string lineage;  // of the store
    DemoPage demo = DemoPage::absent;
    std::size_t frame = 64 * 1024;  // bytes of a message, where the app says nothing else
    std::string news = {};          // path of a file that pages look into; empty: none
    std::vector<SiteRoom> rooms = {};
    WelcomePages welcome = {};  // of these rooms
    Words words = {};
    std::string language = "en";  // the project's; a session may have another
  };

  SiteContent(Parts parts, Links links);

  const Links& links() const { return links_; }
  const Assets& assets() const { return assets_; }
  const SiteApp* app(std::string_view name) const;
  const SiteConfig* config(std::string_view name) const;
  // What the file of news says now; empty: pages look into none.
  std::string news() const;
  const SiteRoom* room(std::string_view name) const;
  bool has_demo() const { return parts_.demo == DemoPage::shown; }
  // Bytes of one live message to the app, envelope included.
  std::size_t message_bytes(std::string_view app) const;
  // PREFIX + path, HTML-safe as it is.
  std::string url(std::string_view path) const { return links_.url().prefix + std::string(path); }

  // The games' own; null if there is none.
  const StaticFiles::File* static_file(std::string_view path) const {
    return parts_.files.static_files().find(path);
  }

  // -- documents --------------------------------------------------------------------------------
  // The participant's current page. It must exist. Throws RenderError, whose text is for the log.
  std::string page(const std::string& participant, const PageView& view) const;
  // A page that says only `name`_heading and `name`_text of words.json: "finished", "closed",
  // "full", "not_found", "forbidden", "failed", "busy", "personal".
  std::string message(std::string_view name) const;
  // The same with a sentence of our own for a text.
  std::string message(std::string_view name, std::string_view sentence) const;
  // "finished", in the language of the session of `view`.
  std::string finished(const PageView& view) const;
  std::string join(std::string_view action) const;
  // -- of a room ----
  enum class RoomState { waiting, open };
  // On which one waits until the room has a session, and from which one then goes on by itself.
  // `action` takes a seat; `state` says whether there is one to be had.
  std::string room(const SiteRoom& room, RoomState is, std::string_view action,
                   std::string_view state) const;
  // Its page of welcome, from which one goes on to it; nothing if it has none. Throws RenderError.
  std::optional<std::string> welcome(const SiteRoom& room, const RoomQuery& said) const;
  // Asks for a label; `refused` is one that was not on the list, or "".
  std::string room_label(const SiteRoom& room, std::string_view refused) const;
  std::string demo() const;
  // `session` as SessionAnswer describes it.
  std::string demo_session(const Value& session) const;

 private:
  std::string document(const Words::Language& language, std::string_view title, std::string head,
                       std::string_view body_class, std::string content) const;
  Words::Language project_language() const { return parts_.words.pick(parts_.language); }
  // What the session's config says under "language"; otherwise the project's.
  Words::Language language_of(const PageView& view) const;
  std::string message(std::string_view name, std::string_view sentence,
                      const Words::Language& language) const;
  std::string wait_page(const PageView& view, const Words::Language& language,
                        std::string head) const;
  // What stands in the head of a participant's page.
  std::string head(const std::string& participant, const PageView& view,
                   const Words::Language& language) const;
  // Where a page cannot do without scripts: says so to who has none.
  std::string no_script(const PageView& view, const Words::Language& language) const;
  std::string timer(const PageView& view, const Words::Language& language) const;
  Value live_config(const std::string& participant, const PageView& view,
                    const Words::Language& language) const;

  std::string label_input(const Words::Language& language, std::string_view value) const;

  Parts parts_;
  Links links_;
  Assets assets_;
};

}  // namespace rialto
