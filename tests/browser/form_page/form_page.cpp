// Prints a page with every widget of a form, as a participant gets it: form_page LANGUAGE
// [FIELD=TEXT]... With fields it is the page after a submit that was refused.
#include <algorithm>
#include <iostream>
#include <string_view>

#include "actors/form.h"
#include "gateway/assets.h"
#include "gateway/form_html.h"
#include "gateway/form_words.h"
#include "gateway/words.h"
#include "tests/game/form_game.h"

namespace {
using namespace form_game;

Page every_widget() {
  return Page{.name = "Survey",
              .form = {&Player::age, &Player::share, &Player::offer, &Player::name,
                       &Player::comment, &Player::sure, &Player::level, &Player::mark,
                       &Player::color, &Player::mood, &Player::agree}};
}

Value submitted(int count, char** fields) {
  if (count == 0) return {};
  Value raw = Value::object();
  for (int i = 0; i < count; ++i) {
    const std::string_view field = fields[i];
    const std::size_t equals = std::min(field.find('='), field.size() - 1);
    raw.set(field.substr(0, equals), field.substr(equals + 1));
  }
  return raw;
}

}  // namespace

int main(int count, char** arguments) {
  const rialto::Words all_words;
  const auto words = all_words.pick(count > 1 ? arguments[1] : "en");
  World world(every_widget());
  const Value raw = submitted(std::max(count - 2, 0), arguments + 2);
  const FormErrors errors = raw.is_null() ? FormErrors{} : world.read(raw).errors();
  const Value form = form_in_words(world.shown(raw, errors), words);
  const FormHtml html(form, words["form_fix"]);
  std::cout << "<!DOCTYPE html><html lang=\"" << words.name << "\"><head><meta charset=\"utf-8\">"
            << "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
            << "<title>Survey</title><style>" << embedded("bootstrap.css") << embedded("rialto.css")
            << "</style></head><body>"
            << "<main class=\"otree-body container\"><h1>Survey</h1><form id=\"form\" "
               "autocomplete=\"off\">"
            << html.page_errors() << html.fields()
            << "<button class=\"rialto-next-button btn btn-primary\">" << words["next"]
            << "</button></form></main></body></html>\n";
}
