// if, for, with, comment and the tags that the page answers.
#include <doctest/doctest.h>

#include "rendered.h"

using namespace rialto;
using namespace rialto::templates;

namespace {

bool holds(const std::string& condition, const Value& context) {
  const std::string said =
      rendered("{{ if " + condition + " }}yes{{ else }}no{{ endif }}", context);
  CHECK_MESSAGE((said == "yes" || said == "no"), said);
  return said == "yes";
}

const Value form = {
    {"fields",
     list(Value{{"name", "offer"}, {"label", "Your <offer>"}, {"errors", list("Too low")}},
          Value{{"name", "side"}, {"label", "Side"}, {"choices", list("left", "right")}})},
    {"errors", list()}};

}  // namespace

TEST_CASE("if, elif and else: the first that holds is shown") {
  const std::string text = "{{ if n == 1 }}one{{ elif n == 2 }}two{{ else }}many{{ endif }}";
  CHECK(rendered(text, {{"n", 1}}) == "one");
  CHECK(rendered(text, {{"n", 2}}) == "two");
  CHECK(rendered(text, {{"n", 3}}) == "many");
  CHECK(rendered("{{ if n }}x{{ endif }}", {{"n", 0}}).empty());
}

TEST_CASE("conditions compare as Python does") {
  const Value c = {{"n", 3},          {"x", 3.0},    {"s", "abc"},    {"l", list(1, 2)}, {"e", ""},
                   {"none", nullptr}, {"yes", true}, {"m", Money(3)}, {"o", {{"k", 1}}}};
  CHECK(holds("n == 3 and x == 3 and n == x and m == 3 and yes == 1", c));
  CHECK(holds("n < 4 and n <= 3 and n > 2 and n >= 3 and n != 4", c));
  CHECK(holds("s < 'abd' and l == [1, 2] and l < [1, 3]", c));
  CHECK(holds("'b' in s and 1 in l and 'k' in o and 5 not in l", c));
  CHECK(holds("not e and not none and s and l", c));
  CHECK(holds("not n == 4", c));
  CHECK(holds("none == None and s != 3", c));
  CHECK(!holds("n == '3'", c));
  CHECK(holds("s|length == 3 and ' and ' != ' or '", c));
}

TEST_CASE("and binds closer than or, and what need not be asked is not") {
  const Value c = {{"t", true}, {"f", false}};
  CHECK(holds("t or f and missing", c));
  CHECK(holds("f and missing or t", c));
  CHECK(!holds("f and t or f", c));
}

TEST_CASE("what cannot be compared is an error with its place") {
  CHECK(rendered("a\n{{ if n < 's' }}\n{{ endif }}", {{"n", 3}}) ==
        "app/Page.html line 2: only two numbers, two texts or two lists can be less or greater, "
        "not 3 and \"s\"\n    {{ if n < 's' }}");
  CHECK(rendered("{{ if 3 in n }}{{ endif }}", {{"n", 3}}).find("nothing can be in 3") !=
        std::string::npos);
}

TEST_CASE("for goes through lists, the keys of objects and the letters of texts") {
  CHECK(rendered("{{ for x in l }}{{ x }},{{ endfor }}", {{"l", list(1, "b")}}) == "1,b,");
  CHECK(rendered("{{ for x in o }}{{ x }},{{ endfor }}", {{"o", {{"a", 1}, {"b", 2}}}}) == "a,b,");
  CHECK(rendered("{{ for x in s }}{{ x }},{{ endfor }}", {{"s", "aë"}}) == "a,ë,");
  CHECK(rendered("{{ for x in n }}{{ endfor }}", {{"n", 5}}).find("\"n\" is 5 and no list") !=
        std::string::npos);
}

TEST_CASE("for counts its rounds, also within each other") {
  CHECK(rendered("{{ for x in l }}{{ forloop.counter }}{{ forloop.counter0 }}{{ for y in l }}"
                 "({{ forloop.counter }}){{ endfor }}{{ forloop.counter }} {{ endfor }}",
                 {{"l", list(7, 8)}}) == "10(1)(2)1 21(1)(2)2 ");
}

TEST_CASE("for takes items apart") {
  const Value c = {{"pairs", list(list(1, "a"), list(2, "b"))}, {"o", {{"k", 1}, {"l", 2}}}};
  CHECK(rendered("{{ for n, s in pairs }}{{ n }}{{ s }} {{ endfor }}", c) == "1a 2b ");
  CHECK(rendered("{{ for k, v in o.items }}{{ k }}={{ v }} {{ endfor }}", c) == "k=1 l=2 ");
  CHECK(rendered("{{ for k, v in o.items() }}{{ k }}={{ v }} {{ endfor }}", c) == "k=1 l=2 ");
  CHECK(rendered("{{ for pair in o.items }}{{ pair.0 }}{{ endfor }}", c) == "kl");
  CHECK(rendered("{{ for a, b, c in pairs }}{{ is_defined('c') }}{{ endfor }}", c) == "00");
  CHECK(rendered("{{ for a in pairs }}{{ for b, c in a }}{{ endfor }}{{ endfor }}", c)
            .find("has no parts for 2 variables") != std::string::npos);
}

TEST_CASE("empty is shown where there is nothing to go through") {
  const std::string text = "{{ for x in l }}{{ x }}{{ empty }}none{{ endfor }}";
  CHECK(rendered(text, {{"l", list(1)}}) == "1");
  CHECK(rendered(text, {{"l", Value::empty_list()}}) == "none");
  CHECK(rendered(text, {{"l", nullptr}}) == "none");
}

TEST_CASE("names of loops and with hide others, and end with them") {
  CHECK(rendered("{{ x }}{{ for x in l }}{{ x }}{{ with x=9 }}{{ x }}{{ endwith }}{{ x }}"
                 "{{ endfor }}{{ x }}",
                 {{"x", 0}, {"l", list(1)}}) == "01910");
  CHECK(rendered("{{ with a=p.q|length }}{{ a }}{{ endwith }}", {{"p", {{"q", "abc"}}}}) == "3");
}

TEST_CASE("comments are left out, but their tags must be right") {
  CHECK(rendered("a{{ comment }} {{ missing }} {{ endcomment }}b") == "ab");
  CHECK(rendered("{{ comment }}{{ fi x }}{{ endcomment }}").find("unknown tag \"fi\"") !=
        std::string::npos);
}

TEST_CASE("braces can be shown, and tags of Django's days do no harm") {
  CHECK(
      rendered(
          "{{ ibis_tag_lvar }} a {{ ibis_tag_rvar }}{{ ibis_tag_lblock }}{{ ibis_tag_rblock }}") ==
      "{{ a }}{%%}");
  CHECK(rendered("{% load otree %}{% csrf_token %}{% blocktrans %}a {{ n }}{% endblocktrans %}",
                 {{"n", 1}}) == "a 1");
}

TEST_CASE("formfield names its field in all the ways of oTree's years") {
  const Value c = {{"form", form}, {"name", "offer"}, {"text", "<i>"}};
  CHECK(rendered("{{ formfield 'offer' }}", c) == "[formfield offer]");
  CHECK(rendered("{{ formfield player.offer }}", c) == "[formfield offer]");
  CHECK(rendered("{{ formfield name label='How <b>much</b>?' }}", c) ==
        "[formfield offer How <b>much</b>?]");
  CHECK(rendered("{{ formfield 'offer' label=text }}", c) == "[formfield offer &lt;i&gt;]");
  CHECK(rendered("{{ for f in form }}{{ formfield f }}{{ endfor }}", c) ==
        "[formfield offer][formfield side]");
  CHECK(rendered("{{ formfields }}", c) == "[formfields]");
  CHECK(rendered("{{ formfield_errors 'offer' }}", c) == "[formfield_errors offer]");
  CHECK(rendered("{{ formfield 'bid' }}", c).find("the form has no field \"bid\"") !=
        std::string::npos);
  CHECK(rendered("{{ formfield 'offer' with label='x' }}", c).find("without \"with\"") !=
        std::string::npos);
}

TEST_CASE("the parts of a form can be written by hand") {
  const Value c = {{"form", form}};
  CHECK(rendered("{{ form.offer }} {{ form.offer.label }} {{ form.offer.label.text }}", c) ==
        "[input offer] [label offer] Your &lt;offer&gt;");
  CHECK(rendered("{{ for e in form.offer.errors }}{{ e }}{{ endfor }}", c) == "Too low");
  CHECK(rendered("{{ for c in form.side }}{{ c }}{{ c.label }}{{ endfor }}", c) ==
        "[choice side 0][choice label side 0][choice side 1][choice label side 1]");
  CHECK(
      rendered("{{ if form.side.errors }}x{{ endif }}{{ if form.errors }}y{{ endif }}", c).empty());
  CHECK(rendered("{{ if 'side' in form }}x{{ endif }}", c) == "x");
  CHECK(rendered("{{ form.bid }}", c).find("\"form\" has no \"bid\"") != std::string::npos);
}

TEST_CASE("buttons, chat and static files are the page's") {
  const Value c = {{"group", {{"id", 7}}}, {"nick", "A <b>"}, {"pic", "a/b.png"}, {"bad", "a b"}};
  CHECK(rendered("{{ next_button }}{{ next_button 'Go on' }}{{ back_button }}", c) ==
        "[next ][next Go on][back ]");
  CHECK(rendered("{{ chat }}{{ chat channel=group.id nickname=nick }}", c) ==
        "[chat  ][chat 7 A <b>]");
  CHECK(rendered("{{ static 'app/x.png' }} {{ static pic }}", c) ==
        "/static/app/x.png /static/a/b.png");
  CHECK(rendered("{{ chat channel=bad }}", c).find("a chat's channel is made of letters") !=
        std::string::npos);
  CHECK(rendered("{{ static 'a\\b.png' }}", c).find("parted by /") != std::string::npos);
}
