#include "apps/load/live_page.h"

#include "actors/stored_value.h"

namespace rialto::load {

std::optional<LivePage> read_live_page(std::string_view html) {
  const std::size_t tag = html.find("id=\"rialto-page\"");
  if (tag == std::string_view::npos) return std::nullopt;
  const std::size_t begin = html.find('>', tag) + 1;
  const std::size_t end = html.find("</script>", begin);
  if (begin == 0 || end == std::string_view::npos) return std::nullopt;
  try {
    const Value config = read_stored(html.substr(begin, end - begin));
    return LivePage{config["socket"].as<std::string>(),    config["page"].as<std::string>(),
                    config["lineage"].as<std::string>(),   config.get<std::uint64_t>("record", 0),
                    config.get<std::uint64_t>("after", 0), config.get("live", true)};
  } catch (const BadMessage&) {
    return std::nullopt;
  }
}

}  // namespace rialto::load
