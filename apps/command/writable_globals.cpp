#include "apps/command/writable_globals.h"

#include <cxxabi.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <map>
#include <memory>
#include <optional>
#include <sstream>
#include <string_view>

#include "apps/command/declared_variables.h"
#include "apps/command/game_files.h"
#include "apps/play/program.h"

namespace rialto::command {
namespace {

namespace fs = std::filesystem;

// Read once: the program itself holds many games.
const play::Finished& symbols_in(const std::string& binary) {
  static std::map<std::string, play::Finished> known;
  const auto found = known.find(binary);
  if (found != known.end()) return found->second;
  return known.emplace(binary, play::run_program({"nm", "--format=sysv", binary})).first->second;
}

// Of a line of `nm --format=sysv`: name|value|class|type|size|line|section.
std::optional<std::string> writable_object(const std::string& line) {
  std::vector<std::string> cells;
  std::istringstream cells_of(line);
  for (std::string cell; std::getline(cells_of, cell, '|');) {
    cell.erase(0, cell.find_first_not_of(' '));
    cell.erase(cell.find_last_not_of(' ') + 1);
    cells.push_back(std::move(cell));
  }
  if (cells.size() < 7 || (cells[3] != "OBJECT" && cells[3] != "TLS")) return {};
  const std::string& section = cells[6];
  const auto in = [&](std::string_view name) {
    return section == name || section.starts_with(std::string(name) + ".");
  };
  const bool is_writable = in(".data") || in(".bss") || in(".tdata") || in(".tbss");
  if (!is_writable || in(".data.rel.ro")) return {};  // the last: constants with addresses in them
  return cells[0];
}

// Tables and guards that compilers make (Itanium C++ ABI), and names no game may have.
bool is_compilers(const std::string& symbol) {
  constexpr std::array tables{"_ZTV", "_ZTI", "_ZTS", "_ZTT", "_ZGV", "_ZGR", "_ZTH", "_ZTW"};
  const auto begins = [&](const char* table) { return symbol.starts_with(table); };
  if (std::any_of(tables.begin(), tables.end(), begins)) return true;
  return !symbol.starts_with("_Z") && (symbol.starts_with("_") || symbol.find('.') != symbol.npos);
}

std::string demangled(const std::string& symbol) {
  int status = 0;
  const std::unique_ptr<char, decltype(&std::free)> text(
      abi::__cxa_demangle(symbol.c_str(), nullptr, nullptr, &status), &std::free);
  return text ? std::string(text.get()) : symbol;
}

// Is it in the namespace `name`, or in a function of it? Before the name of what is there may stand
// only marks of the mangling: _Z, N, K, L.
bool is_in_namespace(const std::string& symbol, const std::string& name) {
  if (!symbol.starts_with("_Z")) return false;
  const std::size_t first = symbol.find_first_not_of("ZNKL", 2);
  return first != symbol.npos &&
         std::string_view(symbol).substr(first).starts_with(std::to_string(name.size()) + name);
}

struct Place {
  fs::path file;
  DeclaredVariable variable;
};

// All that the game's own sources declare, tests left out.
std::vector<Place> declared_in(const fs::path& folder) {
  std::vector<Place> places;
  for (const GameSource& source : game_sources(folder)) {
    for (DeclaredVariable& variable : declared_variables(source.text)) {
      places.push_back({source.file, std::move(variable)});
    }
  }
  return places;
}

// "calls" of "game::bid(game::Player&)::calls[abi:cxx11]".
std::string last_name(const std::string& name) {
  const std::string plain = name.substr(0, name.find("[abi:"));
  const std::size_t last = plain.rfind("::");
  return last == std::string::npos ? plain : plain.substr(last + 2);
}

// "game::bid()::calls": the arguments would tell nobody anything.
std::string without_arguments(std::string name) {
  constexpr std::string_view nameless = "(anonymous namespace)::";
  for (std::size_t at = 0; (at = name.find(nameless)) != std::string::npos;) {
    name.erase(at, nameless.size());
  }
  std::string shown;
  int depth = 0;
  for (const char c : name.substr(0, name.find("[abi:"))) {
    if (c == ')') --depth;
    if (depth == 0) shown += c;
    if (c == '(') ++depth;
  }
  return shown;
}

const Place* place_of(const std::vector<Place>& places, const std::string& symbol,
                      const std::string& name) {
  const bool is_local = symbol.starts_with("_ZZ");
  const auto fits = [&](const Place& place) {
    return place.variable.name == name && !(is_local && place.variable.in_namespace);
  };
  const auto found = std::find_if(places.begin(), places.end(), fits);
  return found == places.end() ? nullptr : &*found;
}

std::string sentence(const Place* place, const std::string& name) {
  const std::string where =
      place != nullptr ? place->file.string() + ":" + std::to_string(place->variable.line) + ": "
                       : "";
  return where + name +
         " can be changed, but is no column: it is one for all groups and sessions, a handler that "
         "throws does not undo it, and a restart loses it. Make it a Field of the Group, the "
         "Player "
         "or the Subsession; if it never changes, write const before it";
}

}  // namespace

Result<std::vector<std::string>> writable_globals(const std::string& binary,
                                                  const std::string& game, const fs::path& folder,
                                                  Holds holds) {
  const play::Finished& read = symbols_in(binary);
  if (!read.well) {
    return Error{ErrorKind::unavailable,
                 "cannot look for variables that escape the journal, for "
                 "which nm (of the package binutils) is needed: " +
                     read.output};
  }
  const std::vector<Place> places = declared_in(folder);
  std::vector<std::string> sentences;
  std::istringstream lines(read.output);
  for (std::string line; std::getline(lines, line);) {
    const auto symbol = writable_object(line);
    if (!symbol || is_compilers(*symbol)) continue;
    const std::string name = demangled(*symbol);
    const Place* const place = place_of(places, *symbol, last_name(name));
    // What libraries bring along is in other namespaces, and not in the game's text.
    const bool is_library = holds == Holds::many_games || is_in_namespace(*symbol, "rialto");
    if (!is_in_namespace(*symbol, game) && (is_library || place == nullptr)) continue;
    if (place != nullptr && place->variable.constant) continue;
    sentences.push_back(sentence(place, without_arguments(name)));
  }
  std::sort(sentences.begin(), sentences.end());
  return sentences;
}

}  // namespace rialto::command
