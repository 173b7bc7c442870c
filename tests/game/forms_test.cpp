#include <doctest/doctest.h>

#include <stdexcept>

#include "actors/form.h"
#include "actors/questions.h"
#include "tests/game/form_game.h"

using namespace form_game;

namespace {

Money half_price(const Player& player) { return player.group().price / 2; }
int ten(const Player&) { return 10; }
std::vector<std::pair<int, std::string>> levels(const Player& player) {
  return {{player.id_in_group(), "Own"}, {7, "Seven"}};
}
std::string not_odd(const Player&, const Money& value) {
  return value.minor() % 200 == 0 ? "" : "Please offer an even amount.";
}
std::vector<std::string> only_name(const Player&) { return {"name"}; }
std::vector<std::string> unknown(const Player&) { return {"nme"}; }

Bound<std::int64_t> no_end(const Player&) { return no_limit; }

// Of the page: wants the two values to be equal.
Value equal_values(const Player&, const Value& values) {
  if (values["age"].as<int>() == values["level"].as<int>()) return {};
  return {{"age", "Not the level."}, {"__all__", "They differ."}};
}

std::string sentence(auto&& act) {
  try {
    act();
  } catch (const std::exception& error) {
    return error.what();
  }
  return "nothing was thrown";
}

// A Player with one field of these options.
template <class T>
FieldOptions<T> odd_options;
template <class T>
struct OddPlayer;
template <class T>
struct OddGroup : GroupOf<OddPlayer<T>> {};
template <class T>
struct OddPlayer : PlayerIn<OddGroup<T>> {
  Field<T> odd{this, "odd", odd_options<T>};
};

// The sentence with which an app is refused that asks for it.
template <class T>
std::string refusal(FieldOptions<T> options) {
  odd_options<T> = std::move(options);
  return sentence([] {
    PageOf<OddGroup<T>, OddPlayer<T>> page{.name = "Ask", .form = {&OddPlayer<T>::odd}};
    const AnyApp app = App<OddGroup<T>, OddPlayer<T>>{.name = "odd", .pages = {std::move(page)}};
  });
}

bool contains(const std::string& text, std::string_view part) {
  return text.find(part) != text.npos;
}

}  // namespace

TEST_CASE("a form's values are typed and go to the columns of player and group") {
  World world{Page{.form = {&Player::age, &Player::share, &Player::name, &Group::price}}};
  const FormOutcome outcome = world.read(
      {{"age", "30"}, {"share", "0,5"}, {"name", "Ada"}, {"price", "1.005"}, {"x", "1"}});
  CHECK(outcome.errors().text() == "");
  CHECK(outcome.values() == Value{{"age", 30}, {"share", 0.5}, {"name", "Ada"}, {"price", 1.01}});
  outcome.assign(world.player());
  CHECK(world.player().age == 30);
  CHECK(world.player().share == 0.5);
  CHECK(world.player().name == "Ada");
  CHECK(world.group().price == Money::parse("1.01"));
}

TEST_CASE("of inputs with one name the first counts, and numbers and bools stand for their texts") {
  World world{Page{.form = {&Player::age, &Player::sure}}};
  CHECK(world.read({{"age", list("20", "30")}, {"sure", false}}).values() ==
        Value{{"age", 20}, {"sure", false}});
  CHECK(world.read({{"age", 40}, {"sure", true}}).values() == Value{{"age", 40}, {"sure", true}});
}

TEST_CASE("what is wrong is said for each field, in words for the participant") {
  World world{Page{.form = {&Player::age, &Player::share, &Player::name, &Player::level,
                            &Player::large, &Player::offer, &Player::comment}}};
  CHECK(world.wrong({{"age", "5"},
                     {"share", "2"},
                     {"name", "Augusta"},
                     {"level", "3"},
                     {"large", "99999999999999999999"},
                     {"offer", "-1"}}) ==
        "age: Please enter a number from 18 to 99.; share: Please enter a number from 0 to 1.5.; "
        "name: Please write at most 5 characters.; level: Please choose one of the answers shown.; "
        "large: This number is too large.; offer: Please enter 0 or more.");
  CHECK(world.wrong({{"age", "x"}, {"share", "nan"}, {"name", ""}}) ==
        "age: Please enter a whole number.; share: Please enter a number.; "
        "name: Please answer this question.; level: Please answer this question.; "
        "large: Please answer this question.; offer: Please answer this question.");
}

TEST_CASE("a line break is one character, however it is sent") {
  World world{Page{.form = {&Player::comment, &Player::name}}};
  CHECK(world.read({{"comment", "a\r\nb\rc\n\r\nd\r"}, {"name", "a\r\nb\r\n"}}).values() ==
        Value{{"comment", "a\nb\nc\n\nd\n"}, {"name", "a\nb\n"}});
  CHECK(world.wrong({{"name", "a\r\nb\r\nc"}}).empty());  // just fills it
  CHECK(world.shown_field("comment", {{"comment", "a\r\nb"}})["value"] == "a\nb");
}

TEST_CASE("a text is as long as the browser counts it for maxlength") {
  World world{Page{.form = {&Player::name}}};
  CHECK(world.wrong({{"name", "ééé€€"}}).empty());
  CHECK(world.wrong({{"name", "\U0001F600\U0001F600a"}}).empty());
  CHECK(contains(world.wrong({{"name", "\U0001F600\U0001F600\U0001F600"}}), "at most 5"));
}

TEST_CASE("a text with NUL, which no table could hold, is refused in words") {
  World world{Page{.form = {&Player::comment}}};
  const std::string with_nul("a\0b", 3);
  CHECK(contains(world.wrong({{"comment", with_nul}}), "a character that cannot be kept"));
  CHECK(world.time_out({{"comment", with_nul}}).values() == Value{{"comment", ""}});
}

TEST_CASE("what forms ask is known for the codebook of the tables") {
  const AnyApp app = App<Group, Player>{
      .name = "asking",
      .pages = {{.name = "One", .form = {&Player::level, &Player::age, &Player::offer}},
                {.name = "Two",
                 .form = {&Group::price, &Player::age, {&Player::mark, {.choices = levels}}}}}};
  CHECK(questions_of(*app, *app->make_player()) ==
        list(Value{{"of", "player"},
                   {"name", "level"},
                   {"choices", list(list(1, "Low"), list(2, "High"))}},
             Value{{"of", "player"}, {"name", "age"}, {"label", "How old are you?"}},
             Value{{"of", "group"}, {"name", "price"}, {"label", "The price?"}}));
}

TEST_CASE("limits are told as people write them") {
  World world{Page{.form = {&Player::part}}};
  CHECK(world.wrong({{"part", "1.5"}}) == "part: Please enter a number from -1 to 1.");
}

TEST_CASE("a column holds whatever of its type was accepted, to the last digit") {
  World world{Page{.form = {&Player::large, &Player::weight, &Player::offer}}};
  const auto outcome = world.read(
      {{"large", "-9223372036854775808"}, {"weight", "1,005"}, {"offer", "9999999999999.99"}});
  CHECK(outcome.errors().text() == "");
  outcome.assign(world.player());
  CHECK(world.player().large == std::numeric_limits<std::int64_t>::min());
  CHECK(world.player().weight == 1.01);
  CHECK(world.player().offer == Money::parse("9999999999999.99"));
}

TEST_CASE("a checkbox that must be checked, and one that may be left") {
  World world{Page{.form = {&Player::agree, &Player::news}}};
  CHECK(world.wrong(Value::object()) == "agree: Please answer this question.");
  CHECK(world.read({{"agree", "1"}}).values() == Value{{"agree", true}, {"news", false}});
}

TEST_CASE("what depends on the player is asked when the form is read") {
  World world{Page{.form = {{&Player::offer, {.min = half_price, .max = ten}},
                            {&Player::level, {.choices = levels}},
                            {&Player::large, {.min = no_end}}}}};
  world.group().price = 8;
  CHECK(world.wrong({{"offer", "3.99"}, {"level", "2"}, {"large", "-5"}}) ==
        "offer: Please enter a number from 4 to 10.; "
        "level: Please choose one of the answers shown.");
  CHECK(world.wrong({{"offer", "4"}, {"level", "1"}, {"large", "-5"}}) == "");
  CHECK(world.shown_field("level")["choices"] == list(list("1", "Own"), list("7", "Seven")));
  CHECK(world.shown_field("offer")["max"] == "10");
}

TEST_CASE("a field's own error_message sees the typed value, and none that is not there") {
  World world{Page{.form = {{&Player::offer, {.error_message = not_odd}}}}};
  CHECK(world.wrong({{"offer", "3"}}) == "offer: Please offer an even amount.");
  CHECK(world.wrong({{"offer", "4"}}) == "");
  CHECK(world.wrong({{"offer", ""}}) == "offer: Please answer this question.");
}

TEST_CASE("the page's error_message sees all typed values and speaks of fields and of the page") {
  World world{Page{.form = {&Player::age, &Player::level}, .error_message = equal_values}};
  const FormErrors errors = world.read({{"age", "20"}, {"level", "1"}}).errors();
  CHECK(errors.text() == "They differ.; age: Not the level.");
  CHECK(errors.page.front().key == "");
  // Where a field is wrong it is not asked: it may count on its values.
  CHECK(world.wrong({{"age", "x"}, {"level", "1"}}) == "age: Please enter a whole number.");
}

TEST_CASE("error_message guards a page without a form, too, and gets no values") {
  Value seen;
  World world{Page{.error_message = [&seen](const Player&, const Value& values) {
    seen = values;
    return "Not yet.";
  }}};
  CHECK(world.wrong({{"x", "1"}}) == "Not yet.");
  CHECK(seen == Value::object());
}

TEST_CASE("an error of a field that the form does not have is the game's mistake, and named") {
  World world{Page{.form = {&Player::age}, .error_message = [](const Player&, const Value&) {
                     return Value{{"nme", "x"}};
                   }}};
  CHECK(contains(sentence([&] { world.read({{"age", "20"}}); }), "\"nme\""));
}

TEST_CASE("form_fields says which fields are asked") {
  World world{Page{.form = {&Player::age, &Player::name}, .form_fields = only_name}};
  CHECK(world.read({{"name", "Ada"}, {"age", "30"}}).values() == Value{{"name", "Ada"}});
  CHECK(world.shown()["fields"].size() == 1);
  World wrong{Page{.form = {&Player::age}, .form_fields = unknown}};
  CHECK(contains(sentence([&] { wrong.shown(); }), "\"nme\", which is not in its .form"));
}

TEST_CASE("when the time is up what is right is kept and the rest is zero, no or empty") {
  World world{Page{.form = {&Player::age, &Player::share, &Player::name, &Player::sure,
                            &Player::offer, &Player::level, &Player::extra}}};
  const FormOutcome outcome = world.time_out({{"age", "20"}, {"share", "9"}, {"name", "Augusta"}});
  REQUIRE(outcome.accepted());
  outcome.assign(world.player());
  CHECK(world.player().age == 20);
  CHECK(world.player().share == 0.0);
  CHECK(world.player().name == "");
  CHECK(!world.player().sure);
  CHECK(world.player().offer == 0);
  CHECK(world.player().level == 0);
  CHECK(world.player().extra == 7);  // blank, and not there: as it was
}

TEST_CASE("when the time is up and error_message says no, nothing is kept") {
  World world{Page{.form = {&Player::age, &Player::level}, .error_message = equal_values}};
  CHECK(world.time_out({{"age", "20"}, {"level", "1"}}).values() ==
        Value{{"age", 0}, {"level", 0}});
  // It is asked with what could be read, and fails at what could not: that is a no.
  CHECK(world.time_out({{"age", "20"}}).values() == Value{{"age", 0}, {"level", 0}});
  World content{Page{.form = {&Player::age, &Player::level},
                     .error_message = [](const Player&, const Value&) { return ""; }}};
  CHECK(content.time_out({{"age", "20"}}).values() == Value{{"age", 20}, {"level", 0}});
}

TEST_CASE("a page shows what was submitted, or else the columns") {
  World world{Page{.form = {&Player::extra, &Player::name, &Player::level, &Player::news}}};
  CHECK(world.shown_field("extra")["value"] == "7");
  CHECK(world.shown_field("name")["value"].is_null());
  world.player().news = true;
  CHECK(world.shown_field("news")["value"] == "1");
  const Value raw{{"extra", "x7"}, {"level", " 2 "}};
  CHECK(world.shown_field("extra", raw)["value"] == "x7");
  CHECK(world.shown_field("level", raw)["value"] == "2");
  CHECK(world.shown_field("news", raw)["value"].is_null());
}

TEST_CASE("a field says how it is asked") {
  World world{Page{.form = {&Player::age, &Player::sure, &Player::pay, &Player::mood, &Player::name,
                            &Player::offer}}};
  const Value age = world.shown_field("age");
  CHECK(age["widget"] == "input");
  CHECK(age["min"] == "18");
  CHECK(age["max"] == "99");
  CHECK(age["required"] == true);
  const Value yes{{"text", "Yes"}, {"key", "form_yes"}};
  CHECK(world.shown_field("sure")["choices"][0] == list(Value("True"), yes));
  CHECK(world.shown_field("sure")["widget"] == "radio");
  CHECK(world.shown_field("pay")["widget"] == "select");
  CHECK(world.shown_field("pay")["choices"][2] == list("7.5", "$7.50"));
  CHECK(world.shown_field("mood")["step"] == "1");
  CHECK(world.shown_field("mood")["min"] == "0");
  CHECK(world.shown_field("name")["max_length"] == "5");
  CHECK(world.shown_field("offer")["label"] == "Offer");
  CHECK(world.shown_field("offer")["unit"] == "$");
}

TEST_CASE("what makes no sense in a form is refused when the app is made, with a sentence") {
  CHECK(contains(refusal<int>({.max = -1}), ".max is below .min (which is 0"));
  CHECK(contains(refusal<int>({.widget = Widget::radio}), "wants .choices"));
  CHECK(contains(refusal<int>({.widget = Widget::slider}), "with a .min and a .max"));
  CHECK(contains(refusal<int>({.widget = Widget::checkbox}), "a checkbox is of a Field<bool>"));
  CHECK(contains(refusal<int>({.max_length = 5}), ".max_length is of a text"));
  CHECK(contains(refusal<int>({.decimals = 2}), ".decimals are of a double"));
  CHECK(contains(refusal<std::string>({.choices = {"a"}, .widget = Widget::text_area}),
                 "without .choices"));
  CHECK(contains(refusal<bool>({.max = true}), ".min and .max are of numbers"));
  CHECK(refusal<int>({.min = no_limit, .max = -1}) == "nothing was thrown");
  CHECK(contains(sentence([] {
                   World{Page{.form = {&Player::age, &Player::age}}};
                 }),
                 "asks twice for \"age\""));
  CHECK(contains(sentence([] { World{Page{.form_fields = only_name}}; }), "has no .form"));
}
