// How long a page takes; the bound is generous, since tests run on busy machines and in Debug.
#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>

#include "rendered.h"

using namespace rialto;
using namespace rialto::templates;

TEST_CASE("a page of 10 KB with 50 tags takes far less than a millisecond") {
  const std::string paragraph(200, 'x');
  std::string text;
  Value rows = Value::empty_list();
  for (int i = 0; i < 10; ++i) {
    text += "<p>" + paragraph + "{{ player.payoff }}</p><p>" + paragraph +
            "{{ if player.id_in_group == 1 and name }}{{ name }}{{ endif }}{{ total|to2 }}</p>";
    rows.append(Value{{"name", "Ann & Bob"}, {"bid", i}});
  }
  text += std::string(5000, 'y') + "{{ for row in rows }}{{ row.name }}: {{ row.bid }}{{ endfor }}";
  const Value context = {{"player", {{"payoff", Money(3)}, {"id_in_group", 1}}},
                         {"name", "<Zoë>"},
                         {"total", 12.345},
                         {"rows", rows}};
  TemplateSet set = set_of({{"p", text}});
  const Template* page = set.part("p");
  REQUIRE(page);
  SaidTags tags;
  auto best = std::chrono::nanoseconds::max();
  for (int round = 0; round < 200; ++round) {
    const auto begin = std::chrono::steady_clock::now();
    const std::string html = page->render(context, tags);
    best = std::min(best, std::chrono::nanoseconds(std::chrono::steady_clock::now() - begin));
    REQUIRE(html.size() > 9000);
  }
  MESSAGE("rendered in " << static_cast<double>(best.count()) / 1000 << " us");
  CHECK(best < std::chrono::milliseconds(1));
}
