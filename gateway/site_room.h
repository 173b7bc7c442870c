// A room as the site knows it: who may come to it, and under which label. A plain value, made by
// main.cpp; read on any thread.
#pragma once

#include <functional>
#include <set>
#include <string>

namespace rialto {

struct SiteRoom {
  enum class Door {
    open,      // anybody may come, under any label or none
    labelled,  // who has one of the labels
    signed_,   // who has the link of one of the labels
  };

  std::string name;   // in its address
  std::string title;  // for people
  Door door = Door::open;
  std::set<std::string, std::less<>> labels;
  std::string welcome = {};  // file of its page of welcome; empty: none
};

}  // namespace rialto
