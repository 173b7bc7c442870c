// A survey of ten pages with two questions each, for one. tests/bench/otree has the same for oTree.
#include "actors/app.h"

namespace ten_pages {
using namespace rialto;

const Choices<std::string> whys = {"It is useful", "It is fun", "Others do it", "I do not know"};

struct Group : GroupOf<struct Player> {};
struct Player : PlayerIn<Group> {
  Field<int> often_1{this, "often_1", {.min = 0, .max = 100, .label = "How often in a year?"}};
  Field<std::string> why_1{
      this, "why_1", {.choices = whys, .label = "Why?", .widget = Widget::radio}};
  Field<int> often_2{this, "often_2", {.min = 0, .max = 100, .label = "How often in a year?"}};
  Field<std::string> why_2{
      this, "why_2", {.choices = whys, .label = "Why?", .widget = Widget::radio}};
  Field<int> often_3{this, "often_3", {.min = 0, .max = 100, .label = "How often in a year?"}};
  Field<std::string> why_3{
      this, "why_3", {.choices = whys, .label = "Why?", .widget = Widget::radio}};
  Field<int> often_4{this, "often_4", {.min = 0, .max = 100, .label = "How often in a year?"}};
  Field<std::string> why_4{
      this, "why_4", {.choices = whys, .label = "Why?", .widget = Widget::radio}};
  Field<int> often_5{this, "often_5", {.min = 0, .max = 100, .label = "How often in a year?"}};
  Field<std::string> why_5{
      this, "why_5", {.choices = whys, .label = "Why?", .widget = Widget::radio}};
  Field<int> often_6{this, "often_6", {.min = 0, .max = 100, .label = "How often in a year?"}};
  Field<std::string> why_6{
      this, "why_6", {.choices = whys, .label = "Why?", .widget = Widget::radio}};
  Field<int> often_7{this, "often_7", {.min = 0, .max = 100, .label = "How often in a year?"}};
  Field<std::string> why_7{
      this, "why_7", {.choices = whys, .label = "Why?", .widget = Widget::radio}};
  Field<int> often_8{this, "often_8", {.min = 0, .max = 100, .label = "How often in a year?"}};
  Field<std::string> why_8{
      this, "why_8", {.choices = whys, .label = "Why?", .widget = Widget::radio}};
  Field<int> often_9{this, "often_9", {.min = 0, .max = 100, .label = "How often in a year?"}};
  Field<std::string> why_9{
      this, "why_9", {.choices = whys, .label = "Why?", .widget = Widget::radio}};
  Field<int> often_10{this, "often_10", {.min = 0, .max = 100, .label = "How often in a year?"}};
  Field<std::string> why_10{
      this, "why_10", {.choices = whys, .label = "Why?", .widget = Widget::radio}};
};

AnyApp app() {
  return App<Group, Player>{
      .name = "ten_pages",
      .players_per_group = 1,
      .pages = {{.name = "Page1", .form = {&Player::often_1, &Player::why_1}},
                {.name = "Page2", .form = {&Player::often_2, &Player::why_2}},
                {.name = "Page3", .form = {&Player::often_3, &Player::why_3}},
                {.name = "Page4", .form = {&Player::often_4, &Player::why_4}},
                {.name = "Page5", .form = {&Player::often_5, &Player::why_5}},
                {.name = "Page6", .form = {&Player::often_6, &Player::why_6}},
                {.name = "Page7", .form = {&Player::often_7, &Player::why_7}},
                {.name = "Page8", .form = {&Player::often_8, &Player::why_8}},
                {.name = "Page9", .form = {&Player::often_9, &Player::why_9}},
                {.name = "Page10", .form = {&Player::often_10, &Player::why_10}},
                {.name = "Thanks"}},
  };
}
}  // namespace ten_pages
