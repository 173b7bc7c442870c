// All templates of a server, read and parsed at the start. Who has one owns its templates: they
// live as long as the set, also when it is moved. Filled on one thread, then read on any.
// Guarantee: a file is parsed once, and each of its problems told once.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "gateway/templates/template.h"

namespace rialto::templates {

class TemplateSet {
 public:
  // The text of "auction/Bid.html" or "global/Layout.html"; nothing if there is none.
  using Read = std::function<std::optional<std::string>(const std::string& name)>;

  explicit TemplateSet(Read read);
  ~TemplateSet();
  TemplateSet(TemplateSet&& other) noexcept;
  TemplateSet& operator=(TemplateSet&&) = delete;

  // A page: what it does not put into blocks is its content; without `extends` it stands in
  // `layout`, which is read, too. Null if the file has problems.
  const Template* page(const std::string& name, const std::string& layout);
  // Any other file. Null if there is none, or if it has problems.
  const Template* part(const std::string& name);
  // A file that nobody is known to include, for tags that choose when the page is rendered. Its
  // problems are told only then.
  void offer(const std::string& name);

  const std::vector<Problem>& problems() const;

 private:
  class Files;
  std::unique_ptr<Files> files_;
};

}  // namespace rialto::templates
