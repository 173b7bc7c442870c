#include "actors/hook_names.h"

#include <exception>
#include <utility>

#include "actors/errors.h"

namespace rialto {
namespace {

template <class Result, class... Args>
void name(std::function<Result(Args...)>& hook, std::string title) {
  if (!hook) return;
  hook = [hook = std::move(hook), title = std::move(title)](Args... args) -> Result {
    try {
      return hook(std::forward<Args>(args)...);
    } catch (const BadMessage&) {
      throw;
    } catch (const std::exception& error) {
      throw AppError(title + ": " + error.what());
    }
  };
}

void name_hooks_of(FormFieldModel& field) {
  name(field.min_now, ".min of " + field.name);
  name(field.max_now, ".max of " + field.name);
  name(field.choices_now, ".choices of " + field.name);
  name(field.error_message, "error_message of " + field.name);
}

void name_hooks_of(PageModel& page) {
  name(page.is_displayed, "is_displayed");
  name(page.live, "live_method");
  name(page.js_vars, "js_vars");
  name(page.vars_for_template, "vars_for_template");
  for (FormFieldModel& field : page.form) name_hooks_of(field);
  name(page.form_fields, "form_fields");
  name(page.error_message, "error_message");
  name(page.before_next_page, "before_next_page");
  name(page.timeout, "timeout_now");
  name(page.on_timeout, "on_timeout");
  name(page.app_after_this_page, "app_after_this_page");
  name(page.after_all_players_arrive, "after_all_players_arrive");
  name(page.after_all_groups_arrive, "after_all_players_arrive");
  name(page.choose_group, "group_by_arrival_time_method");
}

}  // namespace

void name_hooks(AppModel& model) {
  name(model.creating_subsession, "creating_session");
  name(model.creating_session, "creating_session");
  name(model.on_drop, "on_drop");
  for (PageModel& page : model.pages) name_hooks_of(page);
}

}  // namespace rialto
