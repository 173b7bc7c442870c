#include "gateway/page_files.h"

#include <fstream>
#include <iterator>

namespace rialto {

Result<PageFiles> PageFiles::read(const std::vector<SiteApp>& apps) {
  PageFiles files;
  for (const SiteApp& app : apps) {
    for (const std::string& page : app.pages) {
      const std::string path = app.folder + "/" + page + ".html";
      std::ifstream in(path, std::ios::binary);
      std::string fragment{std::istreambuf_iterator<char>(in), {}};
      if (!in.is_open() || in.bad()) {
        return Error{ErrorKind::not_found,
                     "page " + page + " of " + app.name + " needs its HTML: " + path};
      }
      files.fragments_.insert_or_assign({app.name, page}, std::move(fragment));
    }
  }
  return files;
}

const std::string* PageFiles::find(const std::string& app, const std::string& page) const {
  const auto found = fragments_.find({app, page});
  return found == fragments_.end() ? nullptr : &found->second;
}

}  // namespace rialto
