#include "tests/bots/bot_world.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "apps/command/site_apps.h"

namespace rialto::test {
namespace {

class PageFolder {
 public:
  PageFolder() {
    path_ = (std::filesystem::temp_directory_path() / "rialto-bots-XXXXXX").string();
    REQUIRE(::mkdtemp(path_.data()) != nullptr);
  }
  ~PageFolder() { std::filesystem::remove_all(path_); }
  void write(const std::string& page, const std::string& html) const {
    std::ofstream(path_ + "/" + page + ".html") << html;
  }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace

play::BotsReport play_bots(AnyApp app, std::map<std::string, std::string> pages,
                           std::string case_name, std::uint64_t seed,
                           std::optional<play::DropOut> drop_out) {
  const PageFolder folder;
  for (const PageModel& page : app->pages) {
    if (page.wait) continue;
    const auto own = pages.find(page.name);
    folder.write(page.name, own == pages.end() ? form_page : own->second);
  }
  const std::vector<SiteApp> site{command::site_app({app, folder.path()})};
  Result<PageFiles> files = PageFiles::read(site);
  REQUIRE_MESSAGE(files, files.error().message);
  const SiteContent content({site, {}, *std::move(files), "test", DemoPage::absent, 64},
                            Links("test", *PublicUrl::parse("http://localhost")));
  play::BotsOptions options;
  options.apps = {app};
  options.config = app->name;
  options.case_name = std::move(case_name);
  options.seed = seed;
  options.drop_out = drop_out;
  play::BotRun run(std::move(options), content);
  auto report = run.play();
  REQUIRE_MESSAGE(report, report.error().message);
  return *std::move(report);
}

std::string failure_of(const play::BotsReport& report) {
  return report.failure ? report.failure->text() : "";
}

}  // namespace rialto::test
