// The columns that every export has, table by table, and what they mean: the header of each table
// and the codebook are made of this one list. Constants; private to storage/.
#pragma once

#include <string>
#include <vector>

#include "storage/unit_description.h"

namespace rialto {

struct ExportColumn {
  std::string name;
  std::string type;           // integer, decimal, number, text, boolean, time, json
  std::string meaning;        // for people
  std::string unit;           // may be empty
  std::string question = {};  // what a form asks for it; may be empty
  std::string values = {};    // what its values stand for; may be empty
};

namespace export_columns {

using Columns = std::vector<ExportColumn>;

Columns groups();
Columns players();
Columns pages();
Columns page_times();
Columns messages();
Columns chat();
Columns log(ObjectKind owner);
Columns rows(ObjectKind owner);
Columns row_changes(ObjectKind owner);
Columns sessions();
Columns participants();
Columns payments();
Columns codebook();

// Of the tables that are as oTree's: what every participant, session, player, group and subsession
// has, without the prefix ("participant.").
Columns of_participant();
Columns of_session();
Columns of_player();
Columns of_group();
Columns of_subsession();

Columns joined(std::vector<Columns> parts);
// With this before each name.
Columns prefixed(const std::string& prefix, Columns columns);

}  // namespace export_columns

}  // namespace rialto
