#include "apps/command/offer.h"

#include <algorithm>
#include <filesystem>
#include <utility>

#include "apps/command/project_games.h"

namespace rialto::command {

Result<Offer> read_offer(const std::string& project, const std::vector<std::string>& libraries) {
  const auto file = project_file(project);
  if (!file) return file.error();
  const auto money = read_money(*file);
  if (!money) return money.error();
  Money::set_format(*money);
  auto all = project_libraries(*file);
  if (!all) return all.error();
  for (const std::string& library : libraries) {
    const auto is_same = [&](const std::string& other) {
      std::error_code error;
      return std::filesystem::equivalent(library, other, error);
    };
    if (std::ranges::none_of(*all, is_same)) all->push_back(library);
  }
  auto apps = offered_apps(*all);
  if (!apps) return apps.error();
  auto read = read_project(*file, models_of(*apps));
  if (!read) return read.error();
  return Offer{*std::move(apps), *std::move(read)};
}

}  // namespace rialto::command
