// {{ }}: names, literals, filters, and what is printed.
#include <doctest/doctest.h>

#include "rendered.h"

using namespace rialto;
using namespace rialto::templates;

namespace {

// Of a problem in line 1 of app/Page.html: what is wrong.
std::string wrong(std::string_view text, const Value& context = Value::object()) {
  const std::string said = rendered(text, context);
  const std::string begin = "app/Page.html line 1: ";
  if (!said.starts_with(begin)) return "no problem: " + said;
  return said.substr(begin.size(), said.find('\n') - begin.size());
}

const Value numbers = {{"whole", 1234567}, {"real", 1234.5}, {"third", 1.0 / 3.0}, {"large", 1e16},
                       {"small", 0.00001}, {"round", 3.0},   {"no", false},        {"yes", true}};

}  // namespace

TEST_CASE("both kinds of braces are tags, and may be mixed") {
  const Value context = {{"a", 1}};
  CHECK(rendered("{{ a }} {% a %} {{a%} {%a}}", context) == "1 1 1 1");
  CHECK(rendered("a {# {{ b }} #} b {##}") == "a  b ");
}

TEST_CASE("values are escaped unless they are safe") {
  const Value context = {{"text", "<b a='1'>\"&\"</b>"}};
  const std::string escaped = "&lt;b a=&#39;1&#39;&gt;&quot;&amp;&quot;&lt;/b&gt;";
  CHECK(rendered("{{ text }}", context) == escaped);
  CHECK(rendered("{{ text|safe }}", context) == "<b a='1'>\"&\"</b>");
  CHECK(rendered("{{ text|escape }}", context) == escaped);
  CHECK(rendered("{{ text.upper }}", context) ==
        "&lt;B A=&#39;1&#39;&gt;&quot;&amp;&quot;&lt;/B&gt;");
  CHECK(rendered("{{ list }}", {{"list", list("<")}}) == "[&#39;&lt;&#39;]");
  CHECK(rendered("{{ if text }}{{ with t=text }}{{ t }}{{ endwith }}{{ endif }}", context) ==
        escaped);
}

TEST_CASE("what the author wrote as a literal is not escaped") {
  CHECK(rendered("{{ '<b>' }} {{ x|default('&mdash;') }}", {{"x", ""}}) == "<b> &mdash;");
}

TEST_CASE("literals are Python's") {
  CHECK(rendered("{{ 1 }} {{ -2 }} {{ 1.50 }} {{ .5 }} {{ 1e3 }} {{ 1_000 }}") ==
        "1 -2 1.5 0.5 1000.0 1000");
  CHECK(rendered("{{ None }} {{ True }} {{ False }}") == "None 1 0");
  CHECK(rendered("{{ 'a' \"b\" }} {{ 'it\\'s \\u00e9\\n' }} {{ r'\\n' }}") == "ab it's é\n \\n");
  CHECK(rendered("{{ [1, 'a', [True, None]] }} {{ (1,) }} {{ 1, 2 }} {{ {'a': 1.0} }} {{ () }}") ==
        "[1, 'a', [True, None]] [1] [1, 2] {'a': 1.0} []");
}

TEST_CASE("paths go into objects, lists and texts") {
  const Value context = {{"player", {{"payoff", 3}, {"bids", list(5, Value{{"by", "Ann"}})}}},
                         {"name", "Zoë"}};
  CHECK(rendered("{{ player.payoff }} {{ player.bids.0 }} {{ player.bids.1.by }} {{ name.2 }}",
                 context) == "3 5 Ann ë");
  CHECK(wrong("{{ group }}", context) == "there is no \"group\"");
  CHECK(wrong("{{ player.bid }}", context) == "\"player\" has no \"bid\"");
  CHECK(wrong("{{ player.bids.2 }}", context) == "\"player.bids\" has no \"2\"");
  CHECK(wrong("{{ name.0.x.y }}", context) == "\"name.0\" has no \"x\"");
  CHECK(wrong("{{ player.payoff.x }}", context) == "\"player.payoff\" has no \"x\"");
}

TEST_CASE("a null of a player, group, subsession, participant or session is an error") {
  for (const char* model : {"player", "group", "subsession", "participant", "session"}) {
    Value context;
    context.set(model, Value{{"bid", nullptr}});
    const std::string name = model;
    CHECK(wrong("{{ " + name + ".bid }}", context) ==
          name + ".bid is None: nothing has been stored in it; if that may be, write " + name +
              ".field_maybe_none('bid')");
    CHECK(rendered("{{ " + name + ".field_maybe_none('bid') }}", context) == "None");
  }
  CHECK(wrong("{{ if player.bid == 3 }}{{ endif }}", {{"player", {{"bid", nullptr}}}}) !=
        "no problem: ");
  CHECK(rendered("{{ x }} {{ d.x }}", {{"x", nullptr}, {"d", {{"x", nullptr}}}}) == "None None");
}

TEST_CASE("numbers are printed as oTree prints them") {
  CHECK(rendered("{{ whole }} {{ real }} {{ third }} {{ large }} {{ small }} {{ round }}",
                 numbers) == "1234567 1234.5 0.3333333333333333 1e+16 1e-05 3.0");
  CHECK(rendered("{{ yes }} {{ no }} {{ flags }}",
                 {{"yes", true}, {"no", false}, {"flags", list(true)}}) == "1 0 [True]");
}

TEST_CASE("money is printed as money, and is a number in comparisons and in scripts") {
  const Value context = {{"amount", Money::parse("10.50")}, {"ten", Money(10)}};
  CHECK(rendered("{{ amount }} {{ ten }} {{ ten|to0 }} {{ amount|to3 }}", context) ==
        "$10.50 $10.00 $10 $10.500");
  CHECK(rendered("{{ amount|json }} {{ ten|json }}", context) == "10.5 10");
  CHECK(rendered("{{ if amount > 10 and ten == 10 }}yes{{ endif }}", context) == "yes");
  CHECK(rendered("{{ 5|cu }} {{ 0.125|c }} {{ '3.50'|cu }} {{ amount|cu }}", context) ==
        "$5.00 $0.13 $3.50 $10.50");
  CHECK(rendered("{{ list }}", {{"list", list(Money(3))}}) == "[3.00cu]");
  CHECK(wrong("{{ x|cu }}", {{"x", nullptr}}) ==
        "only a number can be printed as an amount of money (in \"x|cu\")");
}

TEST_CASE("filters to0 to to4 round as Python does") {
  CHECK(rendered("{{ x|to0 }} {{ x|to1 }} {{ x|to2 }} {{ x|to3 }} {{ x|to4 }}", {{"x", 2.71828}}) ==
        "3 2.7 2.72 2.718 2.7183");
  CHECK(rendered("{{ 2.5|to0 }} {{ 3.5|to0 }} {{ 7|to2 }} {{ True|to1 }}") == "2 4 7.00 1.0");
  CHECK(wrong("{{ x|to2 }}", {{"x", "a"}}) ==
        "only a number can be printed with 2 decimals (in \"x|to2\")");
}

TEST_CASE("default stands for what is false, not for what is missing") {
  const Value context = {{"none", nullptr}, {"zero", 0}, {"empty", ""}, {"some", "x"}};
  CHECK(rendered("{{ none|default('-') }}{{ zero|default('-') }}{{ empty|default:'-' }}"
                 "{{ some|default('-') }}",
                 context) == "---x");
  CHECK(wrong("{{ missing|default('-') }}", context) == "there is no \"missing\"");
}

TEST_CASE("length counts characters, items and members") {
  const Value context = {{"text", "Zoë"}, {"list", list(1, 2)}, {"object", {{"a", 1}}}, {"n", 5}};
  CHECK(rendered("{{ text|length }}{{ list|length }}{{ object|length }}", context) == "321");
  CHECK(wrong("{{ n|length }}", context) ==
        "only a text, a list or an object has a length (in \"n|length\")");
}

TEST_CASE("json can end neither its script nor its attribute") {
  CHECK(rendered("{{ x|json }}", {{"x", {{"a", "</script>&'\"é"}, {"b", list(1, nullptr)}}}}) ==
        R"({"a":"\u003c/script\u003e\u0026\u0027\"é","b":[1,null]})");
}

TEST_CASE("gettext translates, linebreaks changes nothing, truncate_ cuts") {
  CHECK(rendered("{{ 'Send'|gettext }} {{ trans 'Send' }} {{ 'a\\nb'|linebreaks }} "
                 "{{ 'Zoëy'|truncate_(3) }} {{ x|truncate_(-1) }}",
                 {{"x", list(1, 2, 3)}}) == "Senden Senden a\nb Zoë [1, 2]");
}

TEST_CASE("filters follow each other") {
  CHECK(rendered("{{ x|default(2.345)|to1 }} {{ 'a|b'|length }}", {{"x", 0}}) == "2.3 3");
}

TEST_CASE("or prints the first that is true, otherwise the last; ?? chooses") {
  const Value context = {{"a", 0}, {"b", ""}, {"c", "c"}, {"n", nullptr}};
  CHECK(rendered("{{ a or b or c }} {{ a || c }} {{ n or a }} {{ 'x or y' }}", context) ==
        "c c 0 x or y");
  CHECK(rendered("{{ c ?? 'yes' :: missing }} {{ a ?? missing :: 'no' }}", context) == "yes no");
}

TEST_CASE("methods of Python are known where pages use them") {
  const Value context = {{"d", {{"b", 1}, {"a", 2}}}, {"t", " Ab c "}, {"l", list(3, 3, 4)}};
  CHECK(rendered("{{ d.keys }} {{ d.values() }} {{ d.get('a') }} {{ d.get('x', 9) }}", context) ==
        "[&#39;b&#39;, &#39;a&#39;] [1, 2] 2 9");
  CHECK(rendered("{{ t.strip }}|{{ t.upper }}|{{ t.lower() }}|{{ t.title }}", context) ==
        "Ab c| AB C | ab c | Ab C ");
  CHECK(rendered("{{ l.count(3) }} {{ l.index(4) }} {{ t.split }} {{ t.replace('b', '-') }}"
                 " {{ if t.startswith(' A') }}1{{ endif }}",
                 context) == "2 2 [&#39;Ab&#39;, &#39;c&#39;]  A- c  1");
  CHECK(wrong("{{ d.get() }}", context) == "get takes 1 to 2 arguments, not 0");
  CHECK(wrong("{{ d.pop('a') }}", context) == "\"d\" has no \"pop\"");
  CHECK(rendered("{{ player.role() }}", {{"player", {{"role", "buyer"}}}}) == "buyer");
}

TEST_CASE("is_defined asks without an error") {
  const Value context = {{"a", {{"b", nullptr}}}};
  CHECK(rendered("{{ is_defined('a.b') }}{{ is_defined('a.c') }}{{ is_defined('x') }}", context) ==
        "100");
}

TEST_CASE("range counts") {
  CHECK(rendered("{{ for i in range(3) }}{{ i }}{{ endfor }} {{ range(1, 6, 2) }} {{ range(3, 0, "
                 "-1) }}") == "012 [1, 3, 5] [3, 2, 1]");
  CHECK(wrong("{{ range(1, 5, 0) }}") == "range cannot go in steps of 0");
  CHECK(wrong("{{ range(1000000000) }}") == "range is too long");
}

TEST_CASE("what is no expression is told with advice") {
  CHECK(wrong("{{ bids[0] }}") ==
        "\"bids[0]\" is no expression; an item of a list is written bids.0");
  CHECK(wrong("{{ a + b }}") ==
        "\"a + b\" is no expression; calculate in vars_for_template, not in the page");
  CHECK(wrong("{{ a == b }}") ==
        "\"a == b\" is no expression; comparisons stand in if alone, with spaces around the sign");
  CHECK(wrong("{{ f(x) }}") == "the arguments of \"f\" must be literals: a number, 'a text', True");
  CHECK(wrong("{{ x|upper }}") == "unknown filter \"upper\"");
  CHECK(wrong("{{ x|default }}") == "filter \"default\" takes an argument: default(…)");
  CHECK(wrong("{{ x|to2(3) }}") == "filter \"to2\" takes no argument");
  CHECK(wrong("{{ }}") == "this tag is empty");
  CHECK(wrong("{{ 'a'|to2 }}") == "only a number can be printed with 2 decimals");
}

TEST_CASE("players of a list are models: a null of theirs is an error, and methods find them") {
  const Value one = {{"id_in_group", 1}, {"role", "Seller"}, {"bid", 5}, {"round_number", 1}};
  const Value two = {{"id_in_group", 2}, {"role", "Buyer"}, {"bid", nullptr}, {"round_number", 2}};
  const Value context = {{"group", {{"get_players", list(one, two)}}},
                         {"player", {{"in_all_rounds", list(one, two)}}}};
  CHECK(rendered("{{ for p in group.get_players }}{{ p.role }} {{ endfor }}", context) ==
        "Seller Buyer ");
  CHECK(rendered("{{ for p in group.get_players() }}{{ p.id_in_group }}{{ empty }}none{{ endfor }}",
                 context) == "12");
  CHECK(rendered("{{ for p in group.get_players }}{{ p.bid }}{{ endfor }}", context)
            .find("p.bid is None") != std::string::npos);
  CHECK(rendered("{{ for p in group.get_players }}{{ p.field_maybe_none('bid') }}{{ endfor }}",
                 context) == "5None");
  CHECK(rendered("{{ group.get_players|length }}{{ group.get_players.0.bid }}", context) == "25");
  CHECK(rendered("{{ with p=group.get_player_by_id(2) }}{{ p.role }}{{ endwith }}", context) ==
        "Buyer");
  CHECK(rendered("{{ with p=group.get_player_by_role('Seller') }}{{ p.bid }}{{ endwith }}",
                 context) == "5");
  CHECK(rendered("{{ with p=group.get_player_by_id(3) }}{{ endwith }}", context)
            .find("the group has no player whose id_in_group is 3") != std::string::npos);
  CHECK(rendered("{{ for p in player.in_rounds(1, 1) }}{{ p.bid }}{{ endfor }}", context) == "5");
  CHECK(rendered("{{ with p=player.in_round(2) }}{{ p.role }}{{ endwith }}", context) == "Buyer");
  CHECK(rendered("{{ with p=player.in_round(3) }}{{ endwith }}", context)
            .find("looks back at round 1 to its own") != std::string::npos);
  CHECK(rendered("{{ player.in_round('x') }}", context).find("takes whole numbers") !=
        std::string::npos);
}

TEST_CASE("what is paid is printed with its sign and its decimals, and compared as an amount") {
  const Value context = {{"paid", Payment::from_minor(1250, 2)}, {"none", Payment()}};
  CHECK(rendered("{{ paid }} {{ paid|to0 }} {{ paid|to1 }}", context) == "$12.50 $12 $12.5");
  CHECK(rendered("{{ list }}", {{"list", list(Payment::from_minor(3, 0))}}) == "[3cu]");
  CHECK(rendered("{{ if paid == 12.5 }}a{{ endif }}{{ if paid == 12.504 }}b{{ endif }}"
                 "{{ if paid > 12 }}c{{ endif }}{{ if none }}d{{ endif }}",
                 context) == "abc");
  // As Decimal compares with a float: 2.95 is a little more than 2.95 units.
  const Value near = {{"paid", Payment::from_minor(295, 2)}, {"money", Money::parse("2.95")}};
  CHECK(rendered("{{ if paid >= 2.95 }}a{{ endif }}{{ if paid == 2.95 }}b{{ endif }}"
                 "{{ if paid == money }}c{{ endif }}{{ if paid < money }}d{{ endif }}",
                 near) == "bc");
  CHECK(rendered("{{ paid|json }}", context) == "12.5");
}
