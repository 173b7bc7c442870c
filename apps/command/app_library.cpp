#include "apps/command/app_library.h"

#include <dlfcn.h>

#include <exception>
#include <filesystem>
#include <string_view>

#include "actors/abi.h"
#include "actors/errors.h"
#include "actors/watchdog.h"
#include "apps/command/app_list.h"

namespace rialto::command {
namespace {

// `AnyApp NAME::app()` as both compilers name it (Itanium C++ ABI).
std::string symbol_of(const std::string& name) {
  return "_ZN" + std::to_string(name.size()) + name + "3appEv";
}

template <class Function>
Function* find(void* library, const std::string& symbol) {
  return reinterpret_cast<Function*>(::dlsym(library, symbol.c_str()));
}

Error refused(const std::string& path, const std::string& why) {
  return {ErrorKind::invalid, "cannot take the app in " + path + ": " + why};
}

}  // namespace

Result<AnyApp> load_app_library(const std::string& path) {
  const std::filesystem::path file = std::filesystem::absolute(path);
  if (std::filesystem::is_directory(file)) {
    const std::string name = file.lexically_normal().filename();
    return refused(path, "it is a folder; give the library in it, " + name +
                             ".so, which is made with: rialto build " + path);
  }
  // Its static initialisers and its app() are its author's code, too.
  const std::string name = file.stem();
  RunningInput loading;
  loading.app = name;
  loading.page = {0, 0};
  loading.what = "its start";
  const RunningSlots::Guard guard(&slots_of_this_process(), loading);
  const RunningHook running({name, "", "app(), while the game is loaded"});
  void* const library = ::dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) return refused(path, ::dlerror());
  auto* const tag = find<const char*()>(library, "rialto_abi_tag");
  if (tag == nullptr) return refused(path, "it is no library of a Rialto game");
  const std::string_view theirs = tag();
  const std::string_view ours = rialto_abi_tag();
  if (theirs != ours) {
    return refused(path, "it was built for " + std::string(theirs) + ", and this is " +
                             std::string(ours) + "; build it again with: rialto build " +
                             file.parent_path().string());
  }
  auto* const make = find<AnyApp()>(library, symbol_of(name));
  if (make == nullptr) {
    return refused(path, "it defines no rialto::AnyApp " + name +
                             "::app(); the library is to be "
                             "named after the game's namespace");
  }
  try {
    const AnyApp app = make();
    if (app->name == name) return with_build(app, reinterpret_cast<const void*>(make));
    return refused(path, "the app's .name is \"" + app->name + "\", but its folder is \"" + name +
                             "\": a game has one name, that of its folder and its namespace");
  } catch (...) {
    return refused(path, what_is_caught());
  }
}

}  // namespace rialto::command
