#include "apps/load/page_player.h"

#include <algorithm>
#include <charconv>

#include "gateway/forms.h"

namespace rialto::load {
namespace {

constexpr int most_tries = 20;  // of a form that refuses what chance fills in

// ".../p/CODE/APP/PAGE/1-0" -> APP, PAGE, 1-0
std::vector<std::string> last_parts(std::string_view path) {
  std::vector<std::string> parts(3);
  for (std::size_t part = 3; part-- > 0;) {
    const std::size_t slash = path.rfind('/');
    if (slash == path.npos) return std::vector<std::string>(3);
    parts[part] = path.substr(slash + 1);
    path = path.substr(0, slash);
  }
  return parts;
}

void append_pair(std::string& out, std::string_view name, std::string_view value) {
  if (!out.empty()) out.push_back('&');
  out += encode_percent(name) + '=' + encode_percent(value);
}

std::string text_of(const Value& value) {
  if (value.is_null()) return {};
  return value.is_string() ? value.as<std::string>() : value.dump();
}

const AppModel* find_app(const std::vector<AnyApp>& apps, std::string_view name) {
  for (const AnyApp& each : apps) {
    if (each->name == name) return each.get();
  }
  return nullptr;
}

}  // namespace

PagePlayer::PagePlayer(std::size_t index, const LoadOptions& options)
    : seat_(options.seats[index]),
      options_(options),
      chance_(seat_.id_in_group, seat_.players_in_group,
              (options.seed + 1) * 0x9E3779B97F4A7C15ULL + index * 0xD1B54A32D192ED03ULL) {}

bool PagePlayer::show(std::string_view path, std::string_view html) {
  auto form = read_page_form(html);
  form_ = form ? *std::move(form) : PageForm();
  if (path_ != path) {
    path_ = path;
    tries_ = 0;
    next_ = 0;
    plan_.clear();
    plan(html);
  }
  return form_.has_button;
}

// Only what is submitted: messages are the strategy's, and time is real.
void PagePlayer::plan(std::string_view html) {
  const auto parts = last_parts(path_);
  const AppModel* const app = find_app(options_.apps, parts[0]);
  if (!app || !app->play_round || app->bot_wants_player) return;
  Bot::Shown shown;
  shown.app = app->name;
  shown.page = parts[1];
  for (const PageModel& each : app->pages) shown.pages.push_back(each.name);
  shown.cases = app->cases;
  shown.case_name = app->cases.empty() ? "" : app->cases.front();
  shown.html = html;
  shown.id_in_group = seat_.id_in_group;
  if (std::cmp_less_equal(seat_.id_in_group, app->roles.size())) {
    shown.role = app->roles[static_cast<std::size_t>(seat_.id_in_group) - 1];
  }
  std::from_chars(parts[2].data(), parts[2].data() + parts[2].size(), shown.round_number);
  shown.seed = chance_.draw();
  Bot bot(std::move(shown));
  app->play_round(bot, nullptr);
  for (const BotAction& action : bot.actions()) {
    if (action.kind == BotAction::Kind::submit || action.kind == BotAction::Kind::must_fail) {
      plan_.push_back(action);
    }
  }
}

std::optional<std::string> PagePlayer::fill_in() {
  meant_to_fail_ = false;
  if (next_ < plan_.size()) {
    const BotAction& action = plan_[next_++];
    meant_to_fail_ = action.kind == BotAction::Kind::must_fail;
    return encoded(action.values);
  }
  if (!plan_.empty() && plan_.back().kind == BotAction::Kind::submit) return std::nullopt;
  if (++tries_ > most_tries) return std::nullopt;
  return encoded(chance_values(form_, [this] { return chance_.draw(); }));
}

std::string PagePlayer::encoded(const Value& values) const {
  std::string body;
  for (const PageInput& input : form_.inputs) {
    if (input.kind == PageInput::Kind::hidden && !values.contains(input.name)) {
      append_pair(body, input.name, input.value);
    }
  }
  for (const auto& [name, value] : values.members()) append_pair(body, name, text_of(value));
  return body;
}

std::string PagePlayer::page_name() const {
  const auto parts = last_parts(path_);
  return parts[0] + "/" + parts[1];
}

}  // namespace rialto::load
