// The games' templates and static files, from their folders to the browser.
#include "gateway/page_files.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <future>

#include "tests/gateway/world.h"

using namespace rialto;
using namespace rialto::test;

namespace {

using Files = std::vector<std::pair<std::string, std::string>>;

// Files beside the game's folder: "auction/Bid.html", "_templates/global/Page.html".
std::function<void(GatewayOptions&)> with(Files files, bool check_names = false) {
  return [files = std::move(files), check_names](GatewayOptions& options) {
    for (const auto& [name, text] : files) {
      const auto path = std::filesystem::path(options.apps[0].folder).parent_path() / name;
      std::filesystem::create_directories(path.parent_path());
      std::ofstream(path) << text;
    }
    if (check_names) options.apps[0].names["Bid"].names = {"total"};
  };
}

Response bid_page(World& world, Value vars) {
  Client client(world.port());
  auto response = std::async(std::launch::async, [&] {
    return client.request("GET", "/p/alice/auction/Bid/1-0", world.cookie("alice"));
  });
  PageAnswer answer{world.actors.await<OpenPage>().request, PageStatus::page, {}};
  answer.view.app = "auction";
  answer.view.page = "Bid";
  answer.view.ref = page;
  answer.view.live = true;
  answer.view.vars = std::move(vars);
  world.actors.say(answer);
  return response.get();
}

std::string refusal(Files files, bool check_names = false) {
  try {
    World world(with(std::move(files), check_names));
  } catch (const std::exception& error) {
    return error.what();
  }
  return "the server started";
}

// Do the parts stand in the text, one after the other?
bool in_order(const std::string& text, const std::vector<std::string>& parts) {
  std::size_t at = 0;
  for (const std::string& part : parts) {
    at = text.find(part, at);
    if (at == text.npos) return false;
    at += part.size();
  }
  return true;
}

}  // namespace

TEST_CASE("pages may share a file, and one that is not there is named") {
  const auto shared = [](const std::string& file) {
    return [file](GatewayOptions& options) {
      with({{"auction/Both.html", "{{ block content }}for both {{ n }}{{ endblock }}"}})(options);
      options.apps[0].files["Bid"] = file;
    };
  };
  World world(shared("Both.html"));
  CHECK(bid_page(world, {{"n", 2}}).body.find("for both 2") != std::string::npos);
  CHECK_THROWS_WITH(World(shared("None.html")), doctest::Contains("/auction/None.html"));
}

TEST_CASE("a page may extend oTree's layout of wait pages") {
  World world(with({{"auction/Bid.html",
                     "{{ extends 'otree/WaitPage.html' }}{{ block content }}soon{{ endblock }}"}}));
  CHECK(bid_page(world, {{"n", 2}}).body.find("soon") != std::string::npos);
}

TEST_CASE("what a page would load from outside is told, with what to do instead") {
  std::vector<SiteApp> apps;
  World world([&apps](GatewayOptions& options) {
    with({{"auction/part.html",
           "<p>\n<script async src=\"https://cdn.example/a/Chart.min.js\"></script>\n"
           "<a href='https://example.org'>a link is none</a>\n"
           "<LINK rel=stylesheet href='//cdn.example/s.css'>"}})(options);
    apps = options.apps;
  });
  const std::string rest =
      " will not be loaded, since pages load nothing from outside; save it as ";
  CHECK(PageFiles::warnings(apps) ==
        std::vector<std::string>{
            "auction/part.html line 2: https://cdn.example/a/Chart.min.js" + rest +
                "auction/static/Chart.min.js and write {{ static 'auction/Chart.min.js' }}",
            "auction/part.html line 4: //cdn.example/s.css" + rest +
                "auction/static/s.css and write {{ static 'auction/s.css' }}"});
}

TEST_CASE("a page's blocks stand where oTree has them: styles in the head, scripts behind all") {
  World world(
      with({{"auction/Bid.html",
             "{{ block title }}Bid {{ n }}{{ endblock }}{{ block scripts }}<script>1</script>"
             "{{ endblock }}{{ block styles }}<style>2</style>{{ endblock }}"
             "{{ block content }}<p>{{ n }}</p>{{ next_button }}{{ endblock }}"}}));
  const Response response = bid_page(world, {{"n", "<3>"}});
  CHECK(response.status == 200);
  CHECK(in_order(response.body,
                 {"<title>Bid &lt;3&gt;</title>", "bootstrap.css", "rialto.css", "rialto.js",
                  "jquery.js", "<style>2</style>", "</head>",
                  "<main class=\"otree-body container\">", "id=\"_otree-title\">Bid &lt;3&gt;</h1>",
                  "<form id=\"form\"", "<p>&lt;3&gt;</p>", "rialto-next-button", "</form>",
                  "liveform", "bootstrap.js", "<script>1</script>", "</html>"}));
}

TEST_CASE("layouts and parts of the author's own are found as in oTree") {
  World world(
      with({{"auction/Bid.html",
             "{{ extends 'global/Page.html' }}{{ block content }}{{ include_sibling 'a.html' }}"
             "{{ include 'auction/b.html' }}{{ include name }}{{ endblock }}"},
            {"auction/a.html", "[a]"},
            {"auction/templates/auction/b.html", "[b]"},
            {"auction/c.html", "[c]"},
            {"_templates/global/Page.html",
             "{{ extends 'otree/Page.html' }}{{ block global_styles }}[g]{{ endblock }}"}}));
  const Response response = bid_page(world, {{"name", "auction/c.html"}});
  CHECK(in_order(response.body, {"[g]", "</head>", "[a][b][c]"}));
}

TEST_CASE("all problems of all templates are told when the server starts") {
  CHECK(refusal({{"auction/Bid.html", "<p>\n{{ fi x }}\n{{ include_sibling 'a.html' }}"},
                 {"auction/a.html", "{{ if }}{{ endif }}"},
                 {"auction/Results.html", "{{ x|nope }}{{ include_sibling 'a.html' }}"}}) ==
        "auction/a.html line 1: if needs a condition\n    {{ if }}{{ endif }}\n"
        "auction/Bid.html line 2: unknown tag \"fi\"\n    {{ fi x }}\n"
        "auction/Results.html line 1: unknown filter \"nope\"\n"
        "    {{ x|nope }}{{ include_sibling 'a.html' }}");
}

TEST_CASE("names and static files that are not there are told when the server starts") {
  CHECK(refusal({{"auction/Bid.html", "{{ totl }}\n{{ static 'auction/x.png' }}"}}, true) ==
        "auction/Bid.html line 1: unknown name \"totl\"; did you mean \"total\"?\n    {{ totl }}\n"
        "auction/Bid.html line 2: there is no static file \"auction/x.png\": it would be "
        "auction/static/x.png, or _static/auction/x.png beside the games' folders\n"
        "    {{ static 'auction/x.png' }}");
}

TEST_CASE("a page that cannot be rendered says so plainly, and no more") {
  World world(with({{"auction/Bid.html", "{{ secret.x }}"}}));
  const Response response = bid_page(world, Value::object());
  CHECK(response.status == 500);
  CHECK(response.body.find("Something went wrong") != std::string::npos);
  CHECK(response.body.find("secret") == std::string::npos);
}

TEST_CASE(
    "a game's static files are served with their type, and kept as long as they are the same") {
  World world(with({{"auction/static/a b.png", "picture"},
                    {"auction/static/auction/deep/x.css", "css"},
                    {"_static/global/y.js", "js"},
                    {"auction/static/.hidden", "no"},
                    {"auction/Bid.html", "{{ static 'auction/a b.png' }}"}}));
  const std::string body = bid_page(world, Value::object()).body;
  const std::size_t at = body.find("/static/auction/a%20b.png?v=");
  REQUIRE(at != std::string::npos);
  const std::string url = body.substr(at, body.find('\n', at) - at);
  Client client(world.port());
  const Response picture = client.request("GET", url);
  CHECK(picture.status == 200);
  CHECK(picture.body == "picture");
  CHECK(picture.header("content-type") == "image/png");
  CHECK(picture.header("cache-control") == "public, max-age=31536000, immutable");
  CHECK(picture.header("x-content-type-options") == "nosniff");
  CHECK(client.request("GET", url, {{"If-None-Match", picture.header("etag")}}).status == 304);
  CHECK(client.request("GET", "/static/auction/a%20b.png").header("cache-control") == "no-cache");
  CHECK(client.request("GET", "/static/auction/deep/x.css").body == "css");
  CHECK(client.request("GET", "/static/global/y.js").body == "js");
}

TEST_CASE("nothing but static files can be had under /static/") {
  World world(with({{"auction/static/x.txt", "x"}, {"auction/static/.hidden", "no"}}));
  for (const char* path :
       {"/static/auction/../auction/Bid.html", "/static/auction/../Bid.html",
        "/static/auction/%2e%2e/Bid.html", "/static/auction/..%2fBid.html",
        "/static/auction/Bid.html", "/static/auction/.hidden", "/static//etc/passwd", "/static/",
        "/static", "/static/auction", "/static/auction/x.txt/", "/static/auction/x.txt%00.png"}) {
    CAPTURE(path);
    Client client(world.port());
    CHECK(client.request("GET", path).status == 404);
  }
}
