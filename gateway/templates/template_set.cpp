#include "gateway/templates/template_set.h"

#include <algorithm>

#include "gateway/templates/file_nodes.h"
#include "gateway/templates/name_check.h"
#include "gateway/templates/parser.h"

namespace rialto::templates {

class TemplateSet::Files : public Library {
 public:
  explicit Files(Read read) : read_(std::move(read)) {}

  const Template* load(const std::string& name) override { return get(name, nullptr); }

  const Template& find(const std::string& name) const override {
    const auto found = files_.find(name);
    if (found == files_.end()) throw Failure(missing(name));
    if (!found->second.sound) throw Failure("\"" + name + "\" has problems of its own");
    return *found->second.made;
  }

  KnownNames::Names attributes() const override {
    KnownNames::Names names;
    bool any = false;
    for (const auto& [name, file] : files_) names.merge(attributes_of(*file.made, any));
    return names;
  }

  // With a layout it is a page.
  const Template* get(const std::string& name, const Template* layout) {
    auto& files = layout ? pages_ : files_;
    if (const auto known = files.find(name); known != files.end()) {
      if (known->second.made) return known->second.sound ? known->second.made.get() : nullptr;
      throw Failure("\"" + name + "\" is part of itself: " + chain_to(name));
    }
    if (reading_.size() == deepest)
      throw Failure("files stand in files too deeply: " + chain_to(name));
    auto text = read_(name);
    if (!text) throw Failure(missing(name));
    files[name];  // open: whoever asks for it now is part of it
    reading_.push_back(name);
    std::unique_ptr<Template> made(new Template(*this, {name, *std::move(text)}));
    const std::size_t problems_before = problems.size();
    made->take(parse(made->source_, *this), layout, problems);
    reading_.pop_back();
    File& file = files[name];
    file.made = std::move(made);
    file.sound = problems.size() == problems_before;
    return file.sound ? file.made.get() : nullptr;
  }

  std::vector<Problem> problems;

 private:
  struct File {
    std::unique_ptr<Template> made;  // null while it is read
    bool sound = false;
  };

  static constexpr std::size_t deepest = 20;

  static std::string missing(const std::string& name) {
    std::string message = "there is no file \"" + name + "\"";
    if (name.find('/') == name.npos) {
      message += "; beside this one it is written {{ include_sibling '" + name +
                 "' }}, elsewhere with its folder: {{ include 'app/" + name + "' }}";
    }
    return message;
  }

  std::string chain_to(const std::string& name) const {
    std::string chain;
    for (const std::string& each : reading_) chain += each + " -> ";
    return chain + name;
  }

  Read read_;
  std::map<std::string, File> pages_;
  std::map<std::string, File> files_;
  std::vector<std::string> reading_;
};

TemplateSet::TemplateSet(Read read) : files_(std::make_unique<Files>(std::move(read))) {}
TemplateSet::~TemplateSet() = default;
TemplateSet::TemplateSet(TemplateSet&& other) noexcept = default;

const Template* TemplateSet::page(const std::string& name, const std::string& layout) {
  const Template* const usual = part(layout);
  try {
    return usual ? files_->get(name, usual) : nullptr;
  } catch (const Failure& failure) {
    files_->problems.push_back({name, 0, failure.what(), {}});
    return nullptr;
  }
}

const Template* TemplateSet::part(const std::string& name) {
  try {
    return files_->load(name);
  } catch (const Failure& failure) {
    files_->problems.push_back({name, 0, failure.what(), {}});
    return nullptr;
  }
}

void TemplateSet::offer(const std::string& name) {
  const std::size_t before = files_->problems.size();
  (void)part(name);
  files_->problems.resize(before);
}

const std::vector<Problem>& TemplateSet::problems() const { return files_->problems; }

}  // namespace rialto::templates
