#include "storage/late_marks.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "storage/keys.h"
#include "storage/record.h"
#include "storage/unit_description.h"

namespace rialto {
namespace {

// A field that was known before without the mark, and has it now.
std::optional<std::string> marked_between(const UnitDescription& before,
                                          const UnitDescription& after) {
  for (const ObjectKind kind : all_object_kinds) {
    const auto& known = before.of(kind).fields;
    for (const FieldDescription& field : after.of(kind).fields) {
      const auto same = std::ranges::find(known, field.name, &FieldDescription::name);
      if (field.personal && same != known.end() && !same->personal) {
        return field.name + " of app " + after.app;
      }
    }
  }
  return std::nullopt;
}

}  // namespace

Result<std::string> field_marked_late(const Reader& reader, std::uint32_t session) {
  std::string late;
  std::optional<UnitDescription> newest;
  Result<void> outcome;
  const auto take = [&](const Record& record) {
    if (record.kind != RecordKind::created && record.kind != RecordKind::described) return;
    auto description = parse_unit(record.input);
    if (!description) {
      outcome = description.error();
      return;
    }
    if (record.kind == RecordKind::described && newest) {
      late = marked_between(*newest, *description).value_or(late);
    }
    newest = std::move(*description);
  };
  const auto visit = [&](std::string_view, std::string_view block) {
    const auto records = decode_records(block);
    if (!records) outcome = records.error();
    for (std::size_t i = 0; outcome && i < records->size(); ++i) take((*records)[i]);
    return bool{outcome} && late.empty();
  };
  const UnitId last = UnitId::of(session, UINT32_MAX);
  const auto scanned =
      reader.scan(keys::records(UnitId::of(session, 0), 0), keys::records_end(last), visit);
  if (!scanned) return scanned.error();
  if (!outcome) return outcome.error();
  return late;
}

}  // namespace rialto
