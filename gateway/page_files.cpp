#include "gateway/page_files.h"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <regex>

#include "gateway/file_text.h"
#include "gateway/page_layout.h"

namespace rialto {
namespace {

namespace fs = std::filesystem;

// Finds templates by the names that authors write.
class Finder {
 public:
  explicit Finder(const std::vector<SiteApp>& apps) {
    for (const SiteApp& app : apps) folders_.emplace_back(app.name, app.folder);
  }

  std::optional<std::string> operator()(const std::string& name) const {
    if (name == PageFiles::layout || name == PageFiles::wait_layout) return page_layout();
    if (fs::path(name).is_absolute() || name.find("..") != name.npos) return std::nullopt;
    const std::size_t slash = name.find('/');
    for (const auto& [app, folder] : folders_) {
      if (slash == name.npos || name.substr(0, slash) != app) continue;
      const std::string rest = name.substr(slash + 1);
      if (auto text = text_of(folder / rest)) return text;
      if (auto text = text_of(folder / "templates" / name)) return text;
    }
    for (const auto& [app, folder] : folders_) {
      if (auto text = text_of(folder.parent_path() / "_templates" / name)) return text;
    }
    return std::nullopt;
  }

 private:
  std::vector<std::pair<std::string, fs::path>> folders_;
};

// Files that tags may choose while a page is rendered.
void offer_files(const SiteApp& app, templates::TemplateSet& set) {
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(app.folder, error)) {
    const std::string page = entry.path().stem().string();
    const std::string file = entry.path().filename().string();
    const bool known =
        std::ranges::find(app.pages, page) != app.pages.end() ||
        std::ranges::any_of(app.files, [&](const auto& each) { return each.second == file; });
    if (entry.path().extension() == ".html" && !known) {
      set.offer(app.name + "/" + file);
    }
  }
}

// Browsers do not load these: the policy of our pages lets nothing come from outside.
void add_outside(const SiteApp& app, const fs::path& file, std::vector<std::string>& warnings) {
  static const std::regex outside(
      R"re(<(?:script|link|img|audio|video|source|iframe)\b[^>]*\b(?:src|href)\s*=\s*["']?((?:https?:)?//[^"'\s>]+))re",
      std::regex::icase);
  const std::string text = text_of(file).value_or("");
  for (auto at = std::sregex_iterator(text.begin(), text.end(), outside);
       at != std::sregex_iterator(); ++at) {
    const auto line = 1 + std::count(text.begin(), text.begin() + at->position(1), '\n');
    const std::string url = (*at)[1];
    const std::string saved = url.substr(url.rfind('/') + 1);
    warnings.push_back(
        app.name + "/" + file.filename().string() + " line " + std::to_string(line) + ": " + url +
        " will not be loaded, since pages load nothing from outside; save it as " + app.name +
        "/static/" + saved + " and write {{ static '" + app.name + "/" + saved + "' }}");
  }
}

}  // namespace

std::vector<std::string> PageFiles::warnings(const std::vector<SiteApp>& apps) {
  std::vector<std::string> all;
  for (const SiteApp& app : apps) {
    std::error_code error;
    std::vector<fs::path> pages;
    for (const auto& entry : fs::directory_iterator(app.folder, error)) {
      if (entry.path().extension() == ".html") pages.push_back(entry.path());
    }
    std::ranges::sort(pages);
    for (const fs::path& page : pages) add_outside(app, page, all);
  }
  return all;
}

Result<PageFiles> PageFiles::read(const std::vector<SiteApp>& apps) {
  Result<StaticFiles> files = StaticFiles::read(apps);
  if (!files) return files.error();
  PageFiles made(templates::TemplateSet(Finder(apps)), *std::move(files));
  for (const SiteApp& app : apps) {
    for (const std::string& page : app.pages) {
      const auto other = app.files.find(page);
      const std::string file = other == app.files.end() ? page + ".html" : other->second;
      const std::string path = app.folder + "/" + file;
      if (!text_of(path)) {
        if (app.wait_pages.contains(page)) continue;
        return Error{ErrorKind::not_found,
                     "page " + page + " of " + app.name + " needs its HTML: " + path};
      }
      made.pages_[{app.name, page}] = made.templates_.page(app.name + "/" + file, layout);
    }
    offer_files(app, made.templates_);
  }
  std::string message;
  for (const std::string& problem : made.problems_of(apps)) {
    message += (message.empty() ? "" : "\n") + problem;
  }
  if (!message.empty()) return Error{ErrorKind::invalid, std::move(message)};
  return made;
}

// Each once, though several pages may include the file.
std::vector<std::string> PageFiles::problems_of(const std::vector<SiteApp>& apps) const {
  std::vector<std::string> texts;
  const auto add = [&texts](const templates::Problem& problem) {
    std::string text = problem.text();
    if (std::ranges::find(texts, text) == texts.end()) texts.push_back(std::move(text));
  };
  std::ranges::for_each(templates_.problems(), add);
  for (const SiteApp& app : apps) {
    for (const auto& [page, names] : app.names) {
      const templates::Template* known = find(app.name, page);
      if (!known) continue;
      templates::KnownNames all = names;
      all.has_static_file = [this](const std::string& path) { return static_files_.find(path); };
      std::ranges::for_each(known->check(all), add);
    }
  }
  return texts;
}

const templates::Template* PageFiles::find(const std::string& app, const std::string& page) const {
  const auto found = pages_.find({app, page});
  return found == pages_.end() ? nullptr : found->second;
}

}  // namespace rialto
