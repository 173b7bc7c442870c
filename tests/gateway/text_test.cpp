// What is read from browsers and written into pages, as functions on text.
#include <doctest/doctest.h>

#include "gateway/cookies.h"
#include "gateway/forms.h"
#include "gateway/http_message.h"
#include "gateway/links.h"
#include "gateway/public_url.h"
#include "gateway/submit_form.h"
#include "gateway/template.h"
#include "gateway/words.h"

using namespace rialto;

TEST_CASE("form fields are decoded in the order they came") {
  CHECK(parse_form("").empty());
  CHECK(parse_form("a=1&b=&c&&a=2") == FormFields{{"a", "1"}, {"b", ""}, {"c", ""}, {"a", "2"}});
  CHECK(parse_form("a+b=c%20d%2Bx=y") == FormFields{{"a b", "c d+x=y"}});
  CHECK(parse_form("%C3%A4=%E2%82%AC") == FormFields{{"ä", "€"}});
}

TEST_CASE("escapes that are none stay, and bytes that are no UTF-8 are marked") {
  CHECK(parse_form("a=%") == FormFields{{"a", "%"}});
  CHECK(parse_form("a=%4") == FormFields{{"a", "%4"}});
  CHECK(parse_form("a=%zz%41") == FormFields{{"a", "%zzA"}});
  CHECK(parse_form("a=%FFx") == FormFields{{"a", "\xEF\xBF\xBDx"}});
  CHECK(parse_form("a=\xC3") == FormFields{{"a", "\xEF\xBF\xBD"}});
}

TEST_CASE("of fields with one name the first counts") {
  const SubmittedForm form = *read_form("a=1&a=2&rialto_pending=&rialto_pending=[]", nullptr, 10);
  CHECK(form.values.dump() == R"({"a":"1"})");
  CHECK(form.pending.empty());
}

TEST_CASE("cookies of one name are all found") {
  using Values = std::vector<std::string_view>;
  CHECK(cookies_named("", "a").empty());
  CHECK(cookies_named("a=1; b=2;a=3 ;  a = 4", "a") == Values{"1", "3", "4"});
  CHECK(cookies_named("xa=1; a; =2; a=", "a") == Values{""});
  CHECK(cookies_named(";;;=;", "a").empty());
  CHECK(cookies_named("b=a=1; c=x a=2; aa=3; a\t=\t4", "a") == Values{"4"});
  CHECK(cookies_named("a;a;a = a ", "a") == Values{"a"});
  std::string many;
  for (int number = 0; number < 1000; ++number) many += "a=" + std::to_string(number) + ";";
  CHECK(cookies_named(many, "a").size() == 16);
}

TEST_CASE("text in HTML is escaped and JSON cannot end its script") {
  CHECK(escape_html("<a href=\"x\">&'</a>") == "&lt;a href=&quot;x&quot;&gt;&amp;&#39;&lt;/a&gt;");
  CHECK(script_json(list("</script>", "<!--")) == R"(["\u003c/script>","\u003c!--"])");
}

TEST_CASE("what is put into a piece is not searched again") {
  CHECK(Slots().text("a", "{{b}}").html("b", "<i>").fill("{{a}} {{ b }} {{c}} {{") ==
        "{{b}} <i> {{c}} {{");
}

TEST_CASE("a region has the words of its language, and what has none has English ones") {
  const Words words;
  CHECK(words.pick("de").name == "de");
  CHECK(words.pick("de-AT").name == "de-AT");
  CHECK(words.pick("de-AT")["next"] == words.pick("de")["next"]);
  CHECK(words.pick("zh-Hant-TW")["next"] == words.pick("zh")["next"]);
  CHECK(words.pick("").name == "en");
  CHECK(words.pick("xx").name == "en");
  CHECK(words.has("fr-CA"));
  CHECK_FALSE(words.has("nl"));
}

TEST_CASE("what is written from right to left is shown from right to left") {
  const Words words;
  CHECK(words.pick("de").direction() == "ltr");
  for (const char* const name : {"ar", "ar-EG", "he", "fa", "ur"}) {
    CHECK(Words::Language{name, nullptr}.direction() == "rtl");
  }
}

TEST_CASE("a project's own words replace ours, and a new language needs all of them") {
  const auto own = Words::with({{"de", {{"next", "Los"}, {"line", {{"back", "Da."}}}}}});
  REQUIRE(own);
  CHECK(own->pick("de-CH")["next"] == "Los");
  CHECK((*own->pick("de").words)["line"]["back"] == "Da.");
  CHECK(own->pick("de")["start"] == Words().pick("de")["start"]);

  Value dutch = *Words().pick("en").words;
  dutch.set("next", "Volgende");
  const auto more = Words::with({{"nl", dutch}});
  REQUIRE(more);
  CHECK(more->pick("nl")["next"] == "Volgende");
  CHECK(more->names() == "en, de, fr, es, zh, ja, nl");

  const auto sentence = [](const Value& words) { return Words::with(words).error().message; };
  CHECK(sentence({{"nl", {{"next", "Volgende"}}}})
            .starts_with("[nl] lacks words: line, no_script, form_fix, "));
  CHECK(sentence({{"de", {{"nxt", "Los"}}}}) == "[de] has no word \"nxt\"");
  CHECK(sentence({{"de", {{"line", {{"dwn", "x"}}}}}}) == "[de].line has no word \"dwn\"");
  CHECK(sentence({{"de", {{"next", 3}}}}) == "[de]: \"next\" is no text");
}

TEST_CASE("every language has every word") {
  const Words words;
  const Words::Language english = words.pick("en");
  for (const char* name : {"de", "fr", "es", "zh", "ja"}) {
    const Words::Language language = words.pick(name);
    REQUIRE(language.name == name);
    for (const auto& [key, value] : english.words->members()) CHECK(language.words->contains(key));
    for (const auto& [key, value] : (*english.words)["line"].members()) {
      CHECK((*language.words)["line"].contains(key));
    }
  }
}

TEST_CASE("keys are of one participant, one kind and one secret") {
  const PublicUrl url = *PublicUrl::parse("http://127.0.0.1:8000");
  const Links links("secret", url);
  const Links other("another secret", url);
  const std::string key = links.participant_key("alice");
  CHECK(key.size() == 22);
  CHECK(links.is_participant_key("alice", key));
  CHECK(!links.is_participant_key("bob", key));
  CHECK(!links.is_session_key("alice", key));
  CHECK(!other.is_participant_key("alice", key));
  CHECK(!links.is_participant_key("alice", ""));
  CHECK(!links.is_participant_key("alice", key + "A"));
  CHECK(links.participant_link("alice") == "http://127.0.0.1:8000/p/alice/" + key);
  // HMAC-SHA256 of "participant:alice" under "secret", as other tools compute it.
  CHECK(Links("secret", url).participant_key("alice") == "2LcJdrWV3fWCigDtOfdSFE");
}

TEST_CASE("a public URL is scheme, host and prefix") {
  const auto url = PublicUrl::parse("https://Lab.example.edu:443/exp/one/");
  REQUIRE(url);
  CHECK(url->link("/p/x") == "https://lab.example.edu/exp/one/p/x");
  CHECK(url->prefix == "/exp/one");
  CHECK(PublicUrl::parse("http://[::1]:80")->link("/") == "http://[::1]/");
  for (const char* wrong : {"", "lab", "ftp://lab", "http://", "http:///x", "https://lab/a b",
                            "https://lab/?q", "https://lab/;Path=/"}) {
    CHECK(!PublicUrl::parse(wrong));
  }
}

TEST_CASE("the path of a request is found with and without the prefix") {
  CHECK(path_of("/exp/p/x?y#z", "/exp") == "/p/x");
  CHECK(path_of("/p/x", "/exp") == "/p/x");
  CHECK(path_of("/exp", "/exp") == "/");
  CHECK(path_of("/experiment", "/exp") == "/experiment");
  CHECK(path_of("/a%20b%2F", "") == "/a b/");
  CHECK(path_of("http://host/p", "") == "");
  CHECK(path_of("*", "") == "");
}
