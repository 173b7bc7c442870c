// Finding a page's form in its HTML, and filling it in by chance.
#include "apps/load/page_form.h"

#include <doctest/doctest.h>

namespace {

using rialto::Value;
using rialto::load::chance_values;
using rialto::load::PageForm;
using rialto::load::PageInput;
using rialto::load::read_page_form;

constexpr const char* page = R"html(
<!doctype html><script>if (1 < 2) document.write('<input name="written">');</script>
<form id="other"><input name="elsewhere"></form>
<!-- <form id="form"><input name="commented"></form> -->
<form id="form" method="post">
<input type="hidden" name="secret" value="a&amp;b">
<input type="number" name="age" min="18" max="19" required>
<input type=text name='note' maxlength=3 disabled>
<input name="free">
<label><input type="radio" name="side" value="left"></label>
<label><input type="radio" name="side" value="right" checked></label>
<select name="color"><option value="">---</option><option value="r&quot;d">Red</option><option>Blue</option></select>
<textarea name="story">once</textarea>
<input type="checkbox" name="agree" value="1" required>
<input form="liveform" name="chat">
<button type="button">no</button>
</form>
<input form="form" name="outside"><button form="form">Next</button>
)html";

TEST_CASE("the inputs of the page's form are found as a browser finds them") {
  const auto form = read_page_form(page);
  REQUIRE(form);
  std::vector<std::string> names;
  for (const PageInput& input : form->inputs) names.push_back(input.name);
  CHECK(names == std::vector<std::string>{"secret", "age", "free", "side", "color", "story",
                                          "agree", "outside"});
  CHECK(form->has_button);
  CHECK(form->find("secret")->value == "a&b");
  CHECK(form->find("side")->choices == std::vector<std::string>{"left", "right"});
  CHECK(form->find("side")->value == "right");
  CHECK(form->find("color")->choices == std::vector<std::string>{"r\"d", "Blue"});
  CHECK(form->find("story")->value == "once");
  CHECK(form->names() == "age, free, side, color, story, agree, outside");
}

TEST_CASE("a page without the form has none; without a button it cannot be submitted") {
  CHECK(!read_page_form("<p>nothing</p><form id='x'><button>go</button></form>"));
  CHECK(!read_page_form("<form id=form><button type=button>no</button></form>")->has_button);
  CHECK(read_page_form("<form id=form><input type=submit></form>")->has_button);
}

TEST_CASE("broken HTML is read to its end") {
  const auto found = [](const char* html) {
    const auto form = read_page_form(html);
    if (!form) return std::string("no form");
    std::string names;
    for (const PageInput& input : form->inputs) names += input.name + " ";
    return names;
  };
  CHECK(found("<form id=form><input name=\"a") == "a ");
  CHECK(found("<form id=form><select name=a><option") == "a ");
  CHECK(found("<form id=form><select name=a><option>one") == "a ");
  CHECK(found("<form id=form><input name=a><input name=") == "a ");
  CHECK(found("<form id=form><input name= ><input name=b/>") == "b/ ");
  CHECK(found("<form id=form><textarea name=a>never closed") == "a ");
  CHECK(found("<") == "no form");
  CHECK(found("<form") == "no form");
  CHECK(found("<!--<form id=form>") == "no form");
}

TEST_CASE("chance fills in what is allowed, and what is required") {
  const auto form = read_page_form(page);
  std::uint64_t bits = 12345;
  const auto draw = [&] { return bits = bits * 6364136223846793005ULL + 1442695040888963407ULL; };
  for (int run = 0; run < 100; ++run) {
    const Value values = chance_values(*form, draw);
    CHECK(!values.contains("secret"));
    const auto age = values["age"].as<std::string>();
    CHECK((age == "18" || age == "19"));
    CHECK(values["agree"] == "1");
    const auto color = values["color"].as<std::string>();
    CHECK((color == "r\"d" || color == "Blue"));
  }
  const auto narrow = read_page_form("<form id=form><input name=x min=0.2 max=0.4></form>");
  CHECK(chance_values(*narrow, draw)["x"] == "0.2");
}

}  // namespace
