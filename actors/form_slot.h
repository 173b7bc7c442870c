// A page's `.form`: which fields of the player or the group it asks for, as `&Player::offer` or
// `{&Player::offer, {.max = offer_max}}` with what depends on the player. Compile time, then a
// FormFieldModel. Guarantee: a field of another class, or a function of another shape, is refused
// where it is written.
#pragma once

#include <concepts>
#include <functional>
#include <limits>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "actors/advice.h"
#include "actors/field.h"
#include "actors/field_type.h"
#include "actors/form_field.h"
#include "actors/hooks.h"

namespace rialto {

namespace detail {
template <class T>
concept FormColumn =
    std::same_as<T, bool> || std::same_as<T, int> || std::same_as<T, std::int64_t> ||
    std::same_as<T, double> || std::same_as<T, std::string> || std::same_as<T, Money>;

template <class T>
constexpr FormType form_type() {
  if constexpr (std::same_as<T, bool>) return FormType::boolean;
  if constexpr (WholeNumber<T>) return FormType::whole;
  if constexpr (std::same_as<T, double>) return FormType::real;
  if constexpr (std::same_as<T, Money>) return FormType::money;
  return FormType::text;
}

template <class T>
Value form_bound(const Bound<T>& bound, bool zero_unless_said) {
  if (bound.limit()) return Value(*bound.limit());
  const bool number = form_type<T>() != FormType::text && form_type<T>() != FormType::boolean;
  return number && zero_unless_said && !bound.said() ? Value(0) : Value();
}

template <class T>
std::vector<FormChoice> form_choices(const Choices<T>& choices) {
  std::vector<FormChoice> all;
  for (const Choice<T>& choice : choices.all())
    all.push_back({Value(choice.value()), choice.label()});
  return all;
}
}  // namespace detail

// What of a field depends on the player, each as a function.
template <class Player, class T>
struct FormHooks {
  ByName by_name = ByName();
  Hook<Bound<T>(const Player&)> min = {};
  Hook<Bound<T>(const Player&)> max = {};
  Hook<Choices<T>(const Player&)> choices = {};
  Hook<std::string(Player&, const T&)> error_message = {};
};

template <class Group, class Player>
class FormFieldOf {
  template <class Owner>
  static constexpr bool of_player = std::derived_from<Player, Owner>;
  template <class Owner>
  static constexpr bool of_us = of_player<Owner> || std::derived_from<Group, Owner>;

 public:
  FormFieldOf() = default;
  template <detail::FormColumn T, class Owner>
  requires of_us<Owner> FormFieldOf(Field<T> Owner::*field)
      : describe_([=](const Group& group, const Player& player) {
          return described(field, FormHooks<Player, T>(), group, player);
        }) {}
  // clang-format off
  template <detail::FormColumn T, class Owner>
    requires of_us<Owner>
  FormFieldOf(Field<T> Owner::*field, FormHooks<Player, T> hooks)  // as offer_max is: Money offer_max(const Player& player)
      : describe_([=](const Group& group, const Player& player) {
          return described(field, hooks, group, player);
        }) {}
  template <class T, class Owner, Text advice = "a form asks for fields of its own Player or Group, of bool, a number, Money or std::string">
    requires(!of_us<Owner> || !detail::FormColumn<T>)
  FormFieldOf(Field<T> Owner::*) = delete;  // a form asks for fields of its own Player or Group, of bool, a number, Money or std::string
  template <class Other, Text advice = "a form names its fields: .form = {&Player::offer, {&Player::share, {.max = share_max}}}">
    requires(!std::same_as<Other, FormFieldOf>)
  FormFieldOf(const Other&) = delete;  // a form names its fields: .form = {&Player::offer, {&Player::share, {.max = share_max}}}
  // clang-format on

  explicit operator bool() const { return static_cast<bool>(describe_); }
  // Of a group and a player as new.
  FormFieldModel model(const Group& group, const Player& player) const {
    return describe_(group, player);
  }

 private:
  template <class Owner>
  static Owner& owner(PlayerBase& player) {
    if constexpr (of_player<Owner>) {
      return static_cast<Player&>(player);
    } else {
      return static_cast<Group&>(player.group_base());
    }
  }
  template <class Owner>
  static const Owner& owner(const PlayerBase& player) {
    if constexpr (of_player<Owner>) {
      return static_cast<const Player&>(player);
    } else {
      return static_cast<const Group&>(player.group_base());
    }
  }
  static const Player& own(const PlayerBase& player) { return static_cast<const Player&>(player); }

  template <class T, class Owner>
  static FormFieldModel described(Field<T> Owner::*member, const FormHooks<Player, T>& hooks,
                                  const Group& new_group, const Player& new_player) {
    const Owner& declared = [&]() -> const Owner& {
      if constexpr (of_player<Owner>) {
        return new_player;
      } else {
        return new_group;
      }
    }();
    const Field<T>& field = declared.*member;
    FormFieldModel model;
    model.name = field.name();
    model.type = detail::form_type<T>();
    if constexpr (WholeNumber<T>) {
      model.lowest = std::numeric_limits<T>::min();
      model.highest = std::numeric_limits<T>::max();
    }
    add_options(model, field.options() ? *field.options() : FieldOptions<T>{});
    add_hooks(model, hooks);
    model.read = [member](const PlayerBase& player) {
      return (owner<Owner>(player).*member).or_null();
    };
    model.assign = [member](PlayerBase& player, const Value& value) {
      Field<T>& column = owner<Owner>(player).*member;
      if (value.is_null()) {
        column = nullptr;
      } else {
        column = FromStored<T>::read(value);
      }
    };
    return model;
  }

  template <class T>
  static void add_options(FormFieldModel& model, const FieldOptions<T>& options) {
    model.widget = options.widget;
    model.label = options.label;
    model.help_text = options.help_text;
    model.blank = options.blank;
    model.personal = options.personal;
    model.max_length = options.max_length;
    model.decimals = options.decimals;
    model.min = detail::form_bound(options.min, true);
    model.max = detail::form_bound(options.max, false);
    if (options.choices.said()) model.choices = detail::form_choices(options.choices);
  }

  template <class T>
  static void add_hooks(FormFieldModel& model, const FormHooks<Player, T>& hooks) {
    if (hooks.min) {
      model.min_now = [hook = hooks.min](const PlayerBase& player) {
        return detail::form_bound(hook(own(player)), false);
      };
    }
    if (hooks.max) {
      model.max_now = [hook = hooks.max](const PlayerBase& player) {
        return detail::form_bound(hook(own(player)), false);
      };
    }
    if (hooks.choices) {
      model.choices_now = [hook = hooks.choices](const PlayerBase& player) {
        return detail::form_choices(hook(own(player)));
      };
    }
    if (hooks.error_message) {
      model.error_message = [hook = hooks.error_message](PlayerBase& player, const Value& value) {
        return hook(static_cast<Player&>(player), FromStored<T>::read(value));
      };
    }
  }

  std::function<FormFieldModel(const Group&, const Player&)> describe_;
};

// Of one page; more do not compile.
inline constexpr std::size_t max_form_fields = 64;

}  // namespace rialto
