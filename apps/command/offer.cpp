#include "apps/command/offer.h"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <utility>

#include "apps/command/game_check.h"
#include "apps/command/project_games.h"
#include "apps/command/say.h"

namespace rialto::command {
namespace {

bool is_same_file(const std::string& one, const std::string& other) {
  std::error_code error;
  return std::filesystem::equivalent(one, other, error);
}

// The libraries that are there to be taken; notes what is left out.
class Libraries {
 public:
  Libraries(const std::vector<std::string>& named, Offering offering)
      : named_(named), offering_(offering) {}

  void add_games(const std::vector<std::filesystem::path>& games) {
    for (const std::filesystem::path& game : games) {
      const std::string library = library_of(game);
      seen_.push_back(library);
      if (is_named(library)) {
        add_named(library);
      } else if (offering_ == Offering::as_built || is_built(game)) {
        if (loads(library)) all_.push_back(library);
      }
    }
  }
  void add_those_named() {
    for (const std::string& library : named_) {
      const auto is_same = [&](const auto& other) { return is_same_file(other, library); };
      if (std::ranges::none_of(seen_, is_same)) add_named(library);
    }
  }
  const std::vector<std::string>& all() const { return all_; }
  std::vector<LeftOut> take_left_out() { return std::move(left_out_); }

 private:
  bool is_named(const std::string& library) const {
    return std::ranges::any_of(named_,
                               [&](const auto& other) { return is_same_file(other, library); });
  }
  // What was named must load, but where others play already.
  void add_named(const std::string& library) {
    if (offering_ == Offering::anew || loads(library)) all_.push_back(library);
  }
  bool is_built(const std::filesystem::path& game) {
    const Result<void> built = bring_up_to_date(game);
    if (!built) leave_out(library_of(game), built.error());
    return static_cast<bool>(built);
  }
  bool loads(const std::string& library) {
    // Where people wait for a server to be there again, a game that hangs does not keep them long.
    const std::chrono::seconds longest(offering_ == Offering::as_built ? 2 : 10);
    const Result<void> tried = try_game(library, longest);
    if (!tried) leave_out(library, tried.error());
    return static_cast<bool>(tried);
  }
  void leave_out(const std::filesystem::path& library, const Error& why) {
    left_out_.push_back({library.stem(), why.message});
  }

  const std::vector<std::string>& named_;
  const Offering offering_;
  std::vector<std::string> seen_;  // of the project
  std::vector<std::string> all_;
  std::vector<LeftOut> left_out_;
};

}  // namespace

Result<Offer> read_offer(const std::string& project, const std::vector<std::string>& libraries,
                         Offering offering) {
  const auto file = project_file(project);
  if (!file) return file.error();
  const auto money = read_money(*file);
  if (!money) return money.error();
  Money::set_format(*money);
  const auto games = project_games(*file);
  if (!games) return games.error();
  Libraries found(libraries, offering);
  found.add_games(*games);
  found.add_those_named();
  Offer offer;
  offer.left_out = found.take_left_out();
  auto apps = offered_apps(found.all());
  if (!apps) return apps.error();
  offer.apps = *std::move(apps);
  // Nobody plays a game of ours in the place of one of his own.
  for (const LeftOut& each : offer.left_out) {
    std::erase_if(offer.apps, [&](const OfferedApp& app) { return app.app->name == each.name; });
  }
  auto read = read_project(*file, models_of(offer.apps), offer.left_out);
  if (!read) return read.error();
  offer.project = *std::move(read);
  return offer;
}

void tell_left_out(const Offer& offer) {
  for (const LeftOut& each : offer.left_out) {
    say_lines_aside("rialto: ", each.why);
    say_aside("rialto: the game {} is left out; all others are there\n", each.name);
  }
  for (const auto& [config, why] : offer.project.unplayable) {
    say_aside("rialto: no session of {} can be made: its {} is left out\n", config, why.name);
  }
}

}  // namespace rialto::command
