// What the site knows of an app: its names and its pages' HTML. A plain value, made by main.cpp
// from the app's model.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "gateway/templates/known_names.h"

namespace rialto {

struct SiteApp {
  std::string name;
  std::string title;                         // for people
  std::vector<std::string> pages;            // names, in order
  std::set<std::string> wait_pages;          // of these: need no HTML of their own
  std::string folder;                        // of its pages' HTML: FOLDER/PAGE.html
  std::map<std::string, std::string> files;  // of pages whose HTML is in another file: which
  // What a page's form may ask for; of a page that is not among them it is not known.
  std::map<std::string, templates::KnownNames::Names> fields;
  std::size_t message_bytes = 0;  // of one live message; 0: Limits' frame
  // What each page's template may name; a page that is not among them is not checked.
  std::map<std::string, templates::KnownNames> names;
};

}  // namespace rialto
