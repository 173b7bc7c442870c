#include "apps/load/load_player.h"

#include <algorithm>
#include <exception>

#include "actors/stored_value.h"

namespace rialto::load {
namespace {

constexpr std::size_t most_unanswered = 256;  // as rialto.js; beyond it a call is not made

std::uint64_t mix(std::uint64_t seed) {  // splitmix64, Steele et al. 2014
  seed += 0x9E3779B97F4A7C15ULL;
  seed = (seed ^ (seed >> 30U)) * 0xBF58476D1CE4E5B9ULL;
  seed = (seed ^ (seed >> 27U)) * 0x94D049BB133111EBULL;
  return seed ^ (seed >> 31U);
}

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  for (std::size_t end = text.find('\n'); end != text.npos; end = text.find('\n')) {
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(end + 1);
  }
  return lines;
}

}  // namespace

LoadPlayer::LoadPlayer(std::size_t index, const LoadOptions& options, Tally& tally, FrameLog* log)
    : seat_(options.seats[index]),
      index_(index),
      options_(options),
      tally_(tally),
      log_(log),
      bot_(seat_.id_in_group, seat_.players_in_group, mix(options.seed + index)),
      random_(mix(mix(options.seed) + index) | 1U) {}

void LoadPlayer::enter(LivePage page) {
  page_ = std::move(page);
  record_ = page_.after;
  of_record_.clear();
  last_number_ = 0;
  held_back_ = false;
  silent_ = false;
  bot_ = BotPlayer(seat_.id_in_group, seat_.players_in_group, bot_.draw());
  newest_.reset();
  sender_.clear();
  for (int i = 0; i < 12; ++i) {
    sender_.push_back("abcdefghijklmnopqrstuvwxyz012345"[mask() & 31U]);
  }
}

void LoadPlayer::say_hello(std::string& out) {
  known_ = lines_of(of_record_);
  const std::uint64_t after = of_record_.empty() ? record_ : record_ - 1;
  append(out, R"({"type":"hello","version":1,"page":")" + page_.page + R"(","sender":")" + sender_ +
                  R"(","lineage":")" + page_.lineage + R"(","rendered":)" +
                  std::to_string(page_.record) + R"(,"after":)" + std::to_string(after) + "}");
}

Wish LoadPlayer::receive(std::string_view text, Time now, std::string& out) {
  const ServerFrame frame = read_server_frame(text);
  if (frame.kind == FrameKind::message && !is_news(frame, text)) return Wish::nothing;
  if (log_ != nullptr) log_->add(seat_.participant, sender_, "received", text);
  switch (frame.kind) {
    case FrameKind::message:
      take_message(frame, now);
      return Wish::nothing;
    case FrameKind::hello:
      greeted_ = true;
      resend(out);
      return Wish::nothing;
    case FrameKind::live:
      live_ = true;
      record_ = std::max(record_, frame.record);
      of_record_.clear();
      known_.clear();
      return Wish::nothing;
    case FrameKind::ack:
      answered(frame, now);
      return Wish::nothing;
    case FrameKind::error:
      return on_error(frame, now);
    case FrameKind::history_lost:
      ++tally_.errors["history_lost"];
      sends_.clear();
      return Wish::load_page;
    case FrameKind::moved:
    case FrameKind::reload:
      return Wish::load_page;
    case FrameKind::other:
      return Wish::nothing;
  }
  return Wish::nothing;
}

// Not what was asked for once more after a reconnect, because its record might have had more.
bool LoadPlayer::is_news(const ServerFrame& frame, std::string_view text) {
  const auto again = std::find(known_.begin(), known_.end(), text);
  if (again != known_.end()) {
    known_.erase(again);
    return false;
  }
  if (frame.record > record_) of_record_.clear();
  record_ = std::max(record_, frame.record);
  of_record_.append(text).push_back('\n');
  return true;
}

void LoadPlayer::take_message(const ServerFrame& frame, Time now) {
  ++tally_.received;
  if (newest_) bot_.saw(Value());  // one it did not get to look at
  newest_.emplace(frame.data);
  if (frame.data.starts_with(R"({"type":"error")")) ++tally_.refused;
  if (options_.on_message) options_.on_message(index_, frame.data, now);
}

Wish LoadPlayer::on_error(const ServerFrame& frame, Time now) {
  if (frame.number == 0) {
    ++tally_.errors[frame.code];
    return Wish::nothing;
  }
  if (is_again(frame.code)) {
    ++tally_.pushed_back;
    const bool first = !held_back_;
    held_back_ = true;
    return first ? Wish::resend_later : Wish::nothing;
  }
  if (frame.code != "bad_message") ++tally_.errors[frame.code];
  ++tally_.refused;
  answered(frame, now);
  return Wish::nothing;
}

void LoadPlayer::answered(const ServerFrame& frame, Time now) {
  const std::string_view sender = frame.sender.empty() ? sender_ : frame.sender;
  const auto done = [&](const Send& send) {
    if (send.sender != sender) return false;
    const bool covered =
        frame.kind == FrameKind::ack ? send.number <= frame.number : send.number == frame.number;
    if (!covered) return false;
    ++tally_.answered;
    tally_.latency.add(now - send.intended);
    return true;
  };
  while (!sends_.empty() && done(sends_.front())) sends_.pop_front();
  if (frame.kind == FrameKind::error) std::erase_if(sends_, done);
}

// The page is "app/1-0".
const BotStrategy& LoadPlayer::strategy() const {
  const std::string_view app = std::string_view(page_.page).substr(0, page_.page.find('/'));
  const auto known =
      std::ranges::find_if(options_.apps, [&](const AnyApp& each) { return each->name == app; });
  return known == options_.apps.end() ? options_.bot : (*known)->bot;
}

std::optional<std::string> LoadPlayer::ask_bot() {
  if (newest_) {
    try {
      bot_.saw(read_stored(*newest_));
    } catch (const BadMessage&) {
      ++tally_.errors["not_json"];
    }
    newest_.reset();
  }
  try {
    const BotStrategy& bot = strategy();
    const std::optional<Value> wanted = bot ? bot(bot_) : std::nullopt;
    if (wanted) return wanted->dump();
  } catch (const std::exception& failure) {
    ++tally_.errors[std::string("bot: ") + failure.what()];
  }
  return std::nullopt;
}

void LoadPlayer::act(Time now, std::string& out) {
  if (!page_.live) return;
  while (live_ && !held_back_ && sends_.size() < options_.outstanding) {
    std::optional<std::string> data = ask_bot();
    silent_ = !data;
    if (!data) return;
    make_call(std::move(*data), now, out);
  }
}

void LoadPlayer::call(Time intended, std::string& out) {
  if (sender_.empty() || !page_.live) return;
  std::optional<std::string> data = ask_bot();
  if (!data) return;
  if (sends_.size() >= most_unanswered) {
    ++tally_.offered;
    ++tally_.errors["too many unanswered"];
    return;
  }
  make_call(std::move(*data), intended, out);
}

void LoadPlayer::make_call(std::string data, Time intended, std::string& out) {
  ++tally_.offered;
  sends_.push_back({++last_number_, sender_, page_.page, std::move(data), intended});
  if (greeted_ && !held_back_) append_send(out, sends_.back());
}

void LoadPlayer::resend(std::string& out) {
  held_back_ = false;
  for (const Send& send : sends_) append_send(out, send);
}

void LoadPlayer::append_send(std::string& out, const Send& send) {
  std::string frame =
      R"({"type":"send","n":)" + std::to_string(send.number) + R"(,"data":)" + send.data;
  if (send.sender != sender_) {
    frame += R"(,"sender":")" + send.sender + R"(","page":")" + send.page + '"';
  }
  append(out, frame += '}');
}

void LoadPlayer::append(std::string& out, std::string_view frame) {
  if (log_ != nullptr) log_->add(seat_.participant, sender_, "sent", frame);
  append_frame(out, Opcode::text, frame, mask());
}

std::uint32_t LoadPlayer::mask() {
  random_ ^= random_ << 13U;
  random_ ^= random_ >> 7U;
  random_ ^= random_ << 17U;
  return static_cast<std::uint32_t>(random_ >> 16U);
}

}  // namespace rialto::load
