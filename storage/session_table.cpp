#include "storage/session_table.h"

#include <algorithm>
#include <string>

namespace rialto {
namespace {

export_columns::Columns columns_of(const ExportPlan& plan) {
  return export_columns::joined(
      {export_columns::sessions(),
       export_columns::prefixed("config.",
                                value_columns(plan.values, "value of the session's config")),
       export_columns::prefixed(
           "vars.", value_columns(plan.written, "value that its groups read and write"))});
}

std::string app_sequence(const SessionDescription& session) {
  std::string apps;
  for (const StageDescription& stage : session.stages)
    apps += (apps.empty() ? "" : " ") + stage.app;
  return apps;
}

}  // namespace

SessionTable::SessionTable(const ExportPlan& plan)
    : plan_(plan), table_("sessions", columns_of(plan)) {}

Result<void> SessionTable::add(const ExportedSession& session) {
  const SessionDescription& about = session.description();
  table_.put(cell::text(about.code));
  table_.put(cell::text(about.config));
  table_.put_moment(about.created);
  table_.put(cell::number(static_cast<std::int64_t>(session.participants())));
  table_.put(cell::text(app_sequence(about)));
  table_.put(cell::text_or_null(about.room));
  table_.put(cell::truth(about.demo));
  table_.put(cell::truth(about.bots));
  table_.put(cell::truth(about.closed));
  for (const ValueColumn& column : plan_.values) table_.put(config_cell(about, column));
  for (const ValueColumn& column : plan_.written) {
    const auto found = std::ranges::find(
        about.written, column.name, [](const auto& each) { return std::string_view(each.first); });
    table_.put(cell::json(found == about.written.end() ? "null" : found->second));
  }
  return table_.end_row();
}

}  // namespace rialto
