// One participant's pages in a load test: what is filled in on each, by the game's play_round where
// it takes the bot alone, by chance otherwise, as the page's form has it. Knows HTML, no socket.
// Owned by its LoadConnection, on the engine's thread. Guarantee: what is submitted holds the
// form's hidden inputs, and of the rest what a browser would send.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "apps/load/load_options.h"
#include "apps/load/page_form.h"

namespace rialto::load {

class PagePlayer {
 public:
  PagePlayer(std::size_t index, const LoadOptions& options);

  // A page has come: the same one again where what was filled in was refused. False: it cannot be
  // submitted (no form, no button), and somebody else moves the participant on, or it is the end.
  bool show(std::string_view path, std::string_view html);
  // The body of the next POST; nothing if the page refuses whatever is filled in.
  std::optional<std::string> fill_in();
  // Is the answer a page that was meant to be refused?
  bool refusal_was_meant() const { return meant_to_fail_; }
  // "app/Page", of the page that is shown.
  std::string page_name() const;

 private:
  void plan(std::string_view html);
  std::string encoded(const Value& values) const;

  const Seat& seat_;
  const LoadOptions& options_;
  BotPlayer chance_;
  std::string path_;
  PageForm form_;
  std::vector<BotAction> plan_;
  std::size_t next_ = 0;
  int tries_ = 0;  // by chance, on this page
  bool meant_to_fail_ = false;
};

}  // namespace rialto::load
