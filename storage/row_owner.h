// Whose a row of a log, or of rows that change, is: the first cells of its exported row, as
// export_columns::log names them. A free function; private to storage/.
#pragma once

#include "storage/export_session.h"
#include "storage/export_table.h"
#include "storage/folded_unit.h"

namespace rialto {

void put_owner(ExportTable& table, const ExportedSession& session, const FoldedUnit& unit,
               const ObjectPlace& owner);

}  // namespace rialto
