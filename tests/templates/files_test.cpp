// include, extends, blocks: templates made of several files.
#include <doctest/doctest.h>

#include "rendered.h"

using namespace rialto;
using namespace rialto::templates;

namespace {

const std::string layout =
    "<head>{{ block styles }}{{ endblock }}</head><h1>{{ block title }}{{ endblock }}</h1>"
    "<form>{{ block content }}{{ endblock }}</form>{{ block scripts }}{{ endblock }}";

// A page of the app that stands in `layout`.
std::string page(const std::string& text, Files others = {},
                 const Value& context = Value::object()) {
  others["otree/Page.html"] = layout;
  others["app/Page.html"] = text;
  return rendered(std::move(others), "app/Page.html", context, "otree/Page.html");
}

std::string part(Files files, const Value& context = Value::object()) {
  return rendered(std::move(files), "app/Page.html", context);
}

}  // namespace

TEST_CASE("include shows another file with the names around it and its own") {
  const Files files = {{"app/Page.html",
                        "{{ for x in l }}{{ include 'app/row.html' with n=x & m=n }}"
                        "{{ endfor }}{{ is_defined('n') }}"},
                       {"app/row.html", "({{ x }}{{ n }}{{ m }}{{ top }})"}};
  CHECK(part(files, {{"l", list(1, 2)}, {"top", "t"}}) == "(111t)(222t)0");
}

TEST_CASE("include_sibling finds the file in the same folder") {
  CHECK(part({{"app/Page.html", "{{ include_sibling 'b.html' }}"}, {"app/b.html", "b"}}) == "b");
  CHECK(part({{"app/Page.html", "{{ include_sibling 'app/b.html' }}"}, {"app/b.html", "b"}}) ==
        "app/Page.html line 1: include_sibling takes the name of a file in the same folder, "
        "without \"/\"\n    {{ include_sibling 'app/b.html' }}");
}

TEST_CASE("the name of an included file may be known only when the page is rendered") {
  const Files files = {{"app/Page.html", "{{ include_sibling name }}"},
                       {"app/b.html", "b"},
                       {"app/fi.html", "{{ fi x }}"}};
  CHECK(part(files, {{"name", "b.html"}}) == "b");
  CHECK(part(files, {{"name", "fi.html"}}).find("\"app/fi.html\" has problems of its own") !=
        std::string::npos);
  CHECK(part(files, {{"name", "x.html"}}).find("there is no file \"app/x.html\"") !=
        std::string::npos);
  CHECK(part(files, {{"name", 3}}).find("\"name\" is 3 and no file's name") != std::string::npos);
}

TEST_CASE("a missing file is told with the way to write it") {
  CHECK(part({{"app/Page.html", "{{ include 'b.html' }}"}}) ==
        "app/Page.html line 1: there is no file \"b.html\"; beside this one it is written "
        "{{ include_sibling 'b.html' }}, elsewhere with its folder: {{ include 'app/b.html' }}\n"
        "    {{ include 'b.html' }}");
}

TEST_CASE("files that are part of themselves are named in a chain") {
  CHECK(part({{"app/Page.html", "{{ include 'b' }}"},
              {"b", "{{ include 'c' }}"},
              {"c", "\n{{ include 'b' }}"}}) ==
        "c line 2: \"b\" is part of itself: app/Page.html -> b -> c -> b\n    {{ include 'b' }}");
  CHECK(part({{"app/Page.html", "{{ extends 'app/Page.html' }}"}})
            .find("\"app/Page.html\" is part of itself: app/Page.html -> app/Page.html") !=
        std::string::npos);
  CHECK(part({{"app/Page.html", "{{ include 'b' }}"},
              {"b", "{{ with n='b' }}{{ include n }}{{ endwith }}"}})
            .find("files include each other without end: b -> b") != std::string::npos);
}

TEST_CASE("a page is put into the layout as it is") {
  CHECK(page("<p>{{ n }}</p>", {}, {{"n", 1}}) == "<head></head><h1></h1><form><p>1</p></form>");
}

TEST_CASE("a page's blocks fill those of the layout, all else is its content") {
  CHECK(page("{{ block title }}T{{ endblock }}\n<p>text</p>{{ block styles }}S{{ endblock }}"
             "{{ block scripts }}J{{ endblock }}") ==
        "<head>S</head><h1>T</h1><form>\n<p>text</p></form>J");
  CHECK(page("{{ block title }}T{{ endblock }}\n{{ block content }}C{{ endblock }}\n") ==
        "<head></head><h1>T</h1><form>C</form>");
}

TEST_CASE("beside a block content no text stands outside of blocks") {
  CHECK(page("{{ block content }}C{{ endblock }}\n\n <p>lost</p>") ==
        "app/Page.html line 3: the page has a block content, so everything else stands in blocks\n"
        "    <p>lost</p>");
}

TEST_CASE("extends puts a page into a layout of the author's, which may extend another") {
  const Files own = {{"global/Page.html",
                      "{{ extends 'otree/Page.html' }}"
                      "{{ block styles }}global{{ endblock }}"
                      "{{ block content }}[{{ block inner }}usual{{ endblock }}]{{ endblock }}"}};
  CHECK(page("{{ extends 'global/Page.html' }}\n{{ block inner }}mine{{ endblock }}", own) ==
        "<head>global</head><h1></h1><form>[mine]</form>\n");
  CHECK(page("{# first #}\n{{ extends 'global/Page.html' }}{{ block title }}T{{ endblock }}",
             own) == "<head>global</head><h1>T</h1><form>[usual]</form>\n");
  CHECK(page("{{ extends 'global/Page.html' }} lost", own)
            .find("what a page with extends shows stands in blocks") != std::string::npos);
  CHECK(page("a {{ extends 'global/Page.html' }}", own)
            .find("extends stands once, before everything else") != std::string::npos);
}

TEST_CASE("super is the same block of the layout") {
  const Files own = {
      {"a", "{{ block b }}a<{{ endblock }}"},
      {"b", "{{ extends 'a' }}{{ block b }}{{ super() }}b{{ endblock }}"},
      {"app/Page.html", "{{ extends 'b' }}{{ block b }}{{ super() }}{{ super() }}c{{ endblock }}"}};
  CHECK(part(own) == "a<ba<bc");
  CHECK(part({{"app/Page.html", "{{ super() }}"}}).find("super stands in a block alone") !=
        std::string::npos);
}

TEST_CASE("an included file has no blocks") {
  CHECK(part({{"app/Page.html", "{{ include 'b' }}"}, {"b", "{{ block x }}{{ endblock }}"}})
            .find("\"b\" has blocks, which an included file cannot have") != std::string::npos);
}

TEST_CASE("which blocks a page fills is known without rendering") {
  TemplateSet set = set_of({{"L", layout}, {"p", "{{ block title }}x{{ endblock }}"}});
  const Template* made = set.page("p", "L");
  REQUIRE(made);
  CHECK(made->fills("title"));
  CHECK(made->fills("content"));
  CHECK(!made->fills("scripts"));
}
