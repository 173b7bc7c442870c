#include "actors/hook_names.h"

#include <utility>

#include "actors/errors.h"
#include "actors/log_text.h"
#include "actors/running_slot.h"

namespace rialto {
namespace {

// Of one page, or of the app.
struct Place {
  const std::string& app;
  const std::string& page;

  template <class Result, class... Args>
  void name(std::function<Result(Args...)>& hook, std::string title) const {
    if (!hook) return;
    hook = [hook = std::move(hook),
            name = HookName{app, page, std::move(title)}](Args... args) -> Result {
      const RunningHook running(name);
      try {
        return hook(std::forward<Args>(args)...);
      } catch (const BadMessage&) {
        throw;
      } catch (...) {
        throw AppError(name.hook + ": " + visible_text(what_is_caught()));
      }
    };
  }
};

void name_hooks_of(FormFieldModel& field, const Place& place) {
  place.name(field.min_now, ".min of " + field.name);
  place.name(field.max_now, ".max of " + field.name);
  place.name(field.choices_now, ".choices of " + field.name);
  place.name(field.error_message, "error_message of " + field.name);
}

void name_hooks_of(PageModel& page, const Place& place) {
  place.name(page.is_displayed, "is_displayed");
  place.name(page.live, "live_method");
  place.name(page.js_vars, "js_vars");
  place.name(page.vars_for_template, "vars_for_template");
  for (FormFieldModel& field : page.form) name_hooks_of(field, place);
  place.name(page.form_fields, "form_fields");
  place.name(page.error_message, "error_message");
  place.name(page.before_next_page, "before_next_page");
  place.name(page.timeout, "timeout_now");
  place.name(page.on_timeout, "on_timeout");
  place.name(page.app_after_this_page, "app_after_this_page");
  place.name(page.after_all_players_arrive, "after_all_players_arrive");
  place.name(page.after_all_groups_arrive, "after_all_players_arrive");
  place.name(page.choose_group, "group_by_arrival_time_method");
}

}  // namespace

void name_hooks(AppModel& model) {
  const std::string of_the_app;
  const Place place{model.name, of_the_app};
  place.name(model.make_group, "constructor of Group");
  place.name(model.make_player, "constructor of Player");
  place.name(model.make_subsession, "constructor of Subsession");
  place.name(model.creating_subsession, "creating_session");
  place.name(model.creating_session, "creating_session");
  place.name(model.on_drop, "on_drop");
  for (PageModel& page : model.pages) name_hooks_of(page, {model.name, page.name});
}

}  // namespace rialto
