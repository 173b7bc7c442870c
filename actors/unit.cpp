#include "actors/unit.h"

#include "actors/errors.h"

namespace rialto {
namespace {

// oTree believes a page that says its time is up so long before it is (clocks, the way).
constexpr std::int64_t believed_before = 2'000'000;

SessionFacts facts_of(const Unit::Setup& setup) {
  return {setup.session, setup.config, setup.participants, setup.ids_in_session,
          setup.labels,  setup.board,  setup.id.index()};
}

}  // namespace

Unit::Unit(AnyApp app, Setup setup)
    : app_(std::move(app)),
      setup_(std::move(setup)),
      roster_(make_roster()),
      pages_(players(), setup_.first_stage ? PageRef{} : PageRef{0, 0}),
      arrived_(players(), PageRef{0, 0}),
      begun_(players(), PageRef{0, 0}),
      let_go_(players()),
      waits_(players()),
      present_(players()),
      since_(players()),
      senders_(players(), setup_.limits->senders_per_player),
      chats_(*setup_.limits),
      timers_((roster_.whole() ? 2 : 1) * players() + 1) {
  has_personal_fields_ = has_personal_fields(roster_);
  for (std::uint32_t player = 1; player <= players(); ++player) {
    roster_.participant(player).set_here(setup_.first_stage);
  }
}

Unit::~Unit() = default;

// The constructors of a game's structs and the first values of their fields are its code, too.
Roster Unit::make_roster() {
  const bool is_made = setup_.made_as != 0;
  constexpr std::string_view what = "construction";
  const RunningSlots::Guard guard =
      guarded(is_made ? making(what, 0, 0) : running(0, {0, 0}, what));
  return {*app_, setup_.participants.size(), step_, facts_of(setup_)};
}

StepResult Unit::live(std::uint32_t player, PageRef page, const std::string& sender,
                      std::uint64_t number, const Value& data, std::int64_t now) {
  switch (senders_.standing(player, sender, number)) {
    case Senders::Standing::next:
      break;
    case Senders::Standing::repeated:
      return {std::nullopt, senders_.refusal(player, sender, number), {}, {}};
    case Senders::Standing::gap:
      return {std::nullopt,
              "number_gap",
              "send " + std::to_string(number) + " came before the ones it follows",
              {}};
    case Senders::Standing::too_many:
      return {std::nullopt,
              "too_many_senders",
              "this page was loaded too often; please ask the experimenter for help",
              {}};
  }
  // Nothing is consumed: the session may go on.
  if (closed_) return {std::nullopt, "closed", "the session is closed", {}};
  Record record = begin(RecordKind::live, player, page, now);
  record.sender = sender;
  record.number = number;
  data.dump_to(record.input);
  const PageModel* const model = page_model(page);
  if (model != nullptr && is_chat(data)) return say(std::move(record), data);
  if (model == nullptr || !model->live) {
    return consume_refused(std::move(record), "wrong_page", "that page takes no live messages");
  }
  if (page != page_of(player)) {
    return consume_refused(std::move(record), "stale_page", "you have moved on from that page");
  }
  return run(std::move(record), [&](Record& step) -> Refusal {
    PlayerBase& who = seat(player, page);
    const Reply reply = model->live(who, data);
    if (!reply.refusal().empty()) return {"bad_message", reply.refusal()};
    step.replies = replies(reply, who, page);
    return {};
  });
}

StepResult Unit::submit(std::uint32_t player, PageRef page, const Value& values, std::int64_t now,
                        bool timed_out) {
  const PageModel* const model = page_model(page);
  if (page != page_of(player) || model == nullptr || model->wait) return {};
  if (closed_) return {std::nullopt, "closed", "the session is closed", {}};
  const Timer& timer = timers_[player];
  const bool is_timed = timer.at != 0 && !is_in_grace(player);
  timed_out = timed_out && is_timed && now >= timer.at - believed_before;
  return hand_in(player, values, now, timed_out ? "timeout" : "");
}

StepResult Unit::hand_in(std::uint32_t player, const Value& values, std::int64_t now,
                         const char* code) {
  const PageRef page = page_of(player);
  const PageModel& model = *page_model(page);
  Record record = begin(RecordKind::submitted, player, page, now);
  record.code = code;
  const bool timed_out = !record.code.empty();
  values.dump_to(record.input);
  if (asks_personal(model)) record.concerns.push_back(player);
  FormErrors errors;
  StepResult result = run(std::move(record), [&](Record& step) -> Refusal {
    PlayerBase& who = seat(player, page);
    const FormOutcome form =
        timed_out ? form_on_timeout(model, who, values) : read_form(model, who, values);
    if (!form.accepted()) {
      errors = form.errors();
      return {"form_refused", errors.text(), true};
    }
    form.assign(who);
    if (model.before_next_page) model.before_next_page(who, timed_out);
    move(step, player);
    return {};
  });
  result.form_errors = std::move(errors);
  return result;
}

void Unit::keep_draft(std::uint32_t player, PageRef page, std::uint64_t number, Value values) {
  const PageModel* const model = page_model(page);
  if (closed_ || page != page_of(player) || model == nullptr || model->wait) return;
  Draft& draft = drafts_[player];
  if (number >= draft.number) draft = {number, std::move(values)};
}

Value Unit::draft(std::uint32_t player) const {
  const auto found = drafts_.find(player);
  return found == drafts_.end() ? Value::object() : found->second.values;
}

StepResult Unit::arrive(std::uint32_t player, PageRef page, std::int64_t now) {
  if (page != page_of(player) || arrived_[player - 1] == page || page_model(page) == nullptr ||
      closed_) {
    return {};
  }
  show_label(player);
  Record record = begin(RecordKind::event, player, page, now);
  record.code = "arrived";
  return run(std::move(record), [&](Record& step) -> Refusal {
    if (is_in_grace(player)) step.deadlines.push_back(Deadline{player, page, 0});
    if (begun_[player - 1] != page) start_timeouts(step, page);
    return {};
  });
}

void Unit::label(std::uint32_t player, const std::string& label) {
  setup_.late_labels.resize(players());
  setup_.late_labels[player - 1] = label;
}

void Unit::show_label(std::uint32_t player) {
  if (player > setup_.late_labels.size()) return;
  const std::string& label = setup_.late_labels[player - 1];
  if (!label.empty()) roster_.label(player, label);
}

StepResult Unit::enter(std::uint32_t player, const Value& baggage, std::int64_t now) {
  if (is_seated(player)) return {};
  show_label(player);
  Record record = begin(RecordKind::event, player, PageRef{}, now);
  record.code = "entered";
  baggage.dump_to(record.input);
  Participant& participant = roster_.participant(player);
  participant.set_here(true);
  StepResult result = run(std::move(record), [&](Record& step) -> Refusal {
    participant.take(baggage);
    move_to(step, player, shown_from(player, PageRef{}), {});
    return {};
  });
  if (!is_seated(player)) participant.set_here(false);
  return result;
}

StepResult Unit::pass_by(std::uint32_t player, std::int64_t now) {
  if (is_seated(player) || setup_.apps_after.empty()) return {};
  Record record = begin(RecordKind::event, player, PageRef{}, now);
  record.code = "passed_by";
  move_to(record, player, past_all(), {});
  finish(record);
  return {std::move(record), {}, {}, {}};
}

StepResult Unit::retry(std::int64_t now) {
  if (!is_stuck()) return {};
  Record record = begin(RecordKind::event, 0, {}, now);
  record.code = "retry";
  if (stuck_.empty()) {
    record.player = *failed_drops_.begin();
    record.page = page_of(record.player);
    if (setup_.slots != nullptr) {
      setup_.slots->forgive(running(record.player, record.page, "dropped", digest("")));
    }
  } else {
    record.page = stuck_.begin()->first;
    record.input = std::to_string(stuck_.begin()->second);
    if (setup_.slots != nullptr) forgive(stuck_.begin()->first, stuck_.begin()->second);
  }
  finish(record);
  return {std::move(record), {}, {}, {}};
}

// Who asks for another try gets one, also of a hook that crashed.
void Unit::forgive(PageRef page, Holder holder) const {
  const std::string group = holder == 0 ? "" : std::to_string(holder);
  setup_.slots->forgive(running(0, page, "all_arrived", digest(group)));
  if (!waiting_.contains(page)) return;
  const std::uint64_t waiting = digest(who_waits(page));
  setup_.slots->forgive(running(0, page, "choosing", waiting));
  setup_.slots->forgive(running(0, page, "grouped", waiting));
}

std::vector<Step::Printed> Unit::take_printed() { return std::exchange(printed_, {}); }

}  // namespace rialto
