// What authors are told: problems of reading, of names, and of rendering.
#include <doctest/doctest.h>

#include "rendered.h"

using namespace rialto;
using namespace rialto::templates;

namespace {

std::string texts(const std::vector<Problem>& problems) {
  std::string all;
  for (const Problem& problem : problems) all += problem.text() + "\n";
  return all;
}

std::string checked(const std::string& text, const KnownNames& known) {
  TemplateSet set = set_of({{"app/Page.html", text}, {"app/b.html", "{{ player.secret }}"}});
  const Template* made = set.part("app/Page.html");
  REQUIRE_MESSAGE(made, texts(set.problems()));
  return texts(made->check(known));
}

KnownNames usual() {
  KnownNames known;
  known.names = {"total"};
  known.attributes["player"] = {"payoff", "id_in_group"};
  return known;
}

}  // namespace

TEST_CASE("a problem names file and line, and shows the line") {
  CHECK(rendered("<p>\n\n  {{ fi x }} and more\n") ==
        "app/Page.html line 3: unknown tag \"fi\"\n    {{ fi x }} and more");
}

TEST_CASE("all problems of a file are told at once") {
  CHECK(rendered("{{ fi x }}\n{{ if a == }}\n{{ x|nope }}\n{{ endif }}\n{{ for x of y }}{{ z| }}{{ "
                 "endfor }}") ==
        "app/Page.html line 1: unknown tag \"fi\"\n    {{ fi x }}\n"
        "app/Page.html line 2: \"a ==\" is no expression; comparisons stand in if alone, with "
        "spaces around the sign\n    {{ if a == }}\n"
        "app/Page.html line 3: unknown filter \"nope\"\n    {{ x|nope }}\n"
        "app/Page.html line 5: a loop is written {{ for name in list }}\n"
        "    {{ for x of y }}{{ z| }}{{ endfor }}\n"
        "app/Page.html line 5: unknown filter \"\"\n    {{ for x of y }}{{ z| }}{{ endfor }}");
}

TEST_CASE("tags that do not end, or end what is not there") {
  CHECK(rendered("a\n{{ if x }}\nb") == "app/Page.html line 2: if has no endif\n    {{ if x }}");
  CHECK(rendered("{{ endif }}") ==
        "app/Page.html line 1: endif without its beginning\n    {{ endif }}");
  CHECK(
      rendered("{{ if x }}\n{{ for y in z }}\n{{ endif }}") ==
      "app/Page.html line 3: endif where endfor is awaited, of the for in line 2\n    {{ endif }}");
  CHECK(rendered("a {{ b\nc") == "app/Page.html line 1: this tag has no end\n    a {{ b");
  CHECK(rendered("a {# b\nc") == "app/Page.html line 1: this tag has no end\n    a {# b");
  CHECK(rendered("{{ else }}").find("else stands in if alone") != std::string::npos);
  CHECK(rendered("{{ if x }}{{ else if y }}{{ endif }}").find("written elif") != std::string::npos);
  CHECK(rendered("{{ if x }}{{ else }}{{ else }}{{ endif }}").find("has an else already") !=
        std::string::npos);
}

TEST_CASE("tags within tags are bounded") {
  std::string text;
  for (int i = 0; i < 1000; ++i) text += "{{ if 1 }}";
  CHECK(rendered(text).find("too deeply") != std::string::npos);
}

TEST_CASE("what goes wrong while a page is rendered says where, also in another file") {
  CHECK(rendered("a\n<p>{{ player.bid|to2 }}</p>", {{"player", {{"bid", "x"}}}}) ==
        "app/Page.html line 2: only a number can be printed with 2 decimals (in "
        "\"player.bid|to2\")\n    <p>{{ player.bid|to2 }}</p>");
  CHECK(rendered({{"app/Page.html", "{{ include 'app/b.html' }}"}, {"app/b.html", "\n\n{{ y }}"}},
                 "app/Page.html",
                 Value::object()) == "app/b.html line 3: there is no \"y\"\n    {{ y }}");
}

TEST_CASE("names that nobody knows are told when the server starts") {
  CHECK(checked("{{ totl }} {{ grup.x }}\n{{ xyz }}", usual()) ==
        "app/Page.html line 1: unknown name \"totl\"; did you mean \"total\"?\n"
        "    {{ totl }} {{ grup.x }}\n"
        "app/Page.html line 1: unknown name \"grup\"; did you mean \"group\"?\n"
        "    {{ totl }} {{ grup.x }}\n"
        "app/Page.html line 2: unknown name \"xyz\"\n    {{ xyz }}\n");
  CHECK(
      checked("{{ total }}{{ group.any }}{{ C.X }}{{ js_vars }}{{ form.x }}{{ super() }}", usual())
          .empty());
}

TEST_CASE("names of loops, with and include are known where they stand, and nowhere else") {
  CHECK(checked("{{ for a, b in total }}{{ a.x }}{{ b }}{{ forloop.counter }}{{ endfor }}"
                "{{ with c=total }}{{ c }}{{ endwith }}",
                usual())
            .empty());
  CHECK(checked("{{ for a in total }}{{ endfor }}{{ a }}", usual()) != "");
  CHECK(checked("{{ include_sibling 'b.html' with player=total }}", usual()).empty());
  CHECK(checked("{{ include_sibling 'b.html' }}", usual()) ==
        "app/b.html line 1: \"player\" has no \"secret\"\n    {{ player.secret }}\n");
}

TEST_CASE("attributes are checked where their set is closed") {
  CHECK(checked("{{ player.payof }}", usual()) ==
        "app/Page.html line 1: \"player\" has no \"payof\"; did you mean \"payoff\"?\n"
        "    {{ player.payof }}\n");
  CHECK(checked("{{ player.payoff }}{{ player.field_maybe_none('payoff') }}", usual()).empty());
  CHECK(checked("{{ player.field_maybe_none('x') }}", usual()) != "");
  CHECK(checked("{{ if player.pay == 1 }}{{ endif }}", usual()) != "");
  KnownNames open = usual();
  open.open = true;
  CHECK(checked("{{ anything }}{{ f() }}", open).empty());
}

TEST_CASE("what a loop over players or groups reads of each is checked, too") {
  KnownNames known = usual();
  known.attributes = {{"player", {"group", "bid", "in_all_rounds", "in_rounds"}},
                      {"group", {"total", "get_players", "get_player_by_id"}},
                      {"subsession", {"get_groups"}},
                      {each_player, {"bid", "group"}},
                      {each_group, {"total", "get_players"}},
                      {their_group, {"total"}}};
  CHECK(checked("{{ for p in group.get_players }}{{ p.bid }}{{ p.group.total }}{{ endfor }}"
                "{{ for p in player.in_rounds(1, 2) }}{{ p.field_maybe_none('bid') }}{{ endfor }}"
                "{{ for g in subsession.get_groups() }}{{ g.total }}"
                "{{ for p in g.get_players }}{{ p.bid }}{{ endfor }}{{ endfor }}"
                "{{ with g=player.group }}{{ g.total }}{{ endwith }}"
                "{{ for p in total.get_players }}{{ p.anything.group.bit }}{{ endfor }}",
                known)
            .empty());
  CHECK(checked("{{ for p in group.get_players }}{{ p.bit }}{{ endfor }}", known) ==
        "app/Page.html line 1: \"p\" has no \"bit\"; did you mean \"bid\"?\n"
        "    {{ for p in group.get_players }}{{ p.bit }}{{ endfor }}\n");
  for (const char* wrong :
       {"{{ player.group.bid }}", "{{ for p in player.in_all_rounds }}{{ p.total }}{{ endfor }}",
        "{{ for g in subsession.get_groups }}{{ g.bid }}{{ endfor }}",
        "{{ for g in subsession.get_groups }}{{ for p in g.get_players }}{{ p.x }}{{ endfor }}"
        "{{ endfor }}",
        "{{ with p=group.get_player_by_id(1) }}{{ p.x }}{{ endwith }}",
        "{{ for p in group.get_players }}{{ p.group.get_players }}{{ endfor }}"}) {
    CHECK_MESSAGE(checked(wrong, known) != "", wrong);
  }
}

TEST_CASE("what is out of reach says why") {
  KnownNames known = usual();
  known.attributes["subsession"] = {"round_number"};
  known.out_of_reach["subsession.get_players"] = "each group is played for itself";
  CHECK(checked("{{ subsession.get_players }}", known) ==
        "app/Page.html line 1: \"subsession.get_players\" is not there: each group is played for "
        "itself\n    {{ subsession.get_players }}\n");
}

TEST_CASE("form fields and static files are checked where they are known") {
  KnownNames known = usual();
  known.form_fields = {{"offer"}};
  known.has_static_file = [](const std::string& path) { return path == "app/x.png"; };
  CHECK(checked("{{ formfield 'offer' }}{{ form.offer }}{{ form.errors }}{{ static 'app/x.png' }}",
                known)
            .empty());
  CHECK(checked("{{ formfield 'ofer' }}", known)
            .find("the form has no field \"ofer\"; did you mean \"offer\"?") != std::string::npos);
  CHECK(checked("{{ form.ofer }}", known).find("the form has no field") != std::string::npos);
  CHECK(checked("{{ static 'y.png' }}", known)
            .find("there is no static file \"y.png\": it would be _static/y.png beside") !=
        std::string::npos);
  CHECK(checked("{{ static 'app/y.png' }}", known).find("there is no static file \"app/y.png\"") !=
        std::string::npos);
}

TEST_CASE("the attributes that a page reads are those of all its files") {
  TemplateSet set = set_of({{"L", "{{ session.label }}{{ block content }}{{ endblock }}"},
                            {"app/b.html", "{{ player.b }}{{ is_defined('player.q') }}"},
                            {"app/c.html", "{{ player.c }}"},
                            {"app/Page.html",
                             "{{ if group.total.x > 0 }}{{ include_sibling 'b.html' }}{{ endif }}"
                             "{{ player.field_maybe_none('m') }}"}});
  const Template* made = set.page("app/Page.html", "L");
  REQUIRE(made);
  CHECK(made->attributes() ==
        KnownNames::Names{"label", "b", "q", "total", "x", "field_maybe_none", "m"});
}

TEST_CASE("a file chosen when the page is rendered adds what any file reads") {
  TemplateSet set =
      set_of({{"app/c.html", "{{ player.c }}"}, {"app/Page.html", "{{ include x.y }}"}});
  set.offer("app/c.html");
  const Template* made = set.part("app/Page.html");
  REQUIRE(made);
  CHECK(made->attributes() == KnownNames::Names{"c", "y"});
}
