// The columns that every export has, table by table, and what they mean: the header of each file
// and the codebook are made of this one list. Constants; private to storage/.
#pragma once

#include <string>
#include <vector>

namespace rialto {

struct ExportColumn {
  std::string name;
  std::string type;     // integer, decimal, number, text, boolean, time, json
  std::string meaning;  // for people
  std::string unit;     // may be empty
};

enum class LogOf { group, player };

namespace export_columns {

std::vector<ExportColumn> groups();
std::vector<ExportColumn> players();
std::vector<ExportColumn> pages();
std::vector<ExportColumn> messages();
std::vector<ExportColumn> log(LogOf owner);
std::vector<ExportColumn> codebook();

}  // namespace export_columns

}  // namespace rialto
