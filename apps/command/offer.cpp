#include "apps/command/offer.h"

#include <utility>

namespace rialto::command {

Result<Offer> read_offer(const std::string& project, const std::vector<std::string>& libraries) {
  const auto file = project_file(project);
  if (!file) return file.error();
  const auto money = read_money(*file);
  if (!money) return money.error();
  Money::set_format(*money);
  auto apps = offered_apps(libraries);
  if (!apps) return apps.error();
  auto read = read_project(*file, models_of(*apps));
  if (!read) return read.error();
  return Offer{*std::move(apps), *std::move(read)};
}

}  // namespace rialto::command
