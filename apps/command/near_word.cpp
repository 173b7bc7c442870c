#include "apps/command/near_word.h"

#include <algorithm>
#include <utility>

namespace rialto::command {
namespace {

// Optimal string alignment distance.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before(b.size() + 1);
  std::vector<std::size_t> last(b.size() + 1);
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t changed = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, changed});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
    }
    before = std::exchange(last, row);
  }
  return last[b.size()];
}

}  // namespace

std::optional<std::string> near_word(std::string_view word, const std::vector<std::string>& known,
                                     std::size_t most) {
  std::optional<std::string> nearest;
  for (const std::string& each : known) {
    const std::size_t far = distance(word, each);
    if (far == 0 || far > most) continue;
    nearest = each;
    most = far - 1;
  }
  return nearest;
}

std::string did_you_mean(std::string_view word, const std::vector<std::string>& known) {
  const auto near = near_word(word, known, word.size() / 3);
  return near ? "; did you mean \"" + *near + "\"?" : "";
}

}  // namespace rialto::command
