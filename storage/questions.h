// What the forms of a session's apps ask, for the codebook: the question of a field and what its
// values stand for (the JSON is in storage/README.md, Descriptions). A plain value; private to
// storage/. Guarantee: a session of an older store has no questions, and is no error.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "storage/result.h"
#include "storage/store.h"
#include "storage/unit_description.h"

namespace rialto {

class Questions {
 public:
  // The fields that objects of this kind have, each with what is asked for it.
  std::vector<FieldDescription> asked(const UnitDescription& unit, ObjectKind kind) const;

 private:
  friend Result<Questions> read_questions(const Reader& reader, std::uint32_t session);
  struct Question {
    std::string label;
    std::string values;
  };
  std::map<std::tuple<std::string, ObjectKind, std::string>, Question> all_;  // app, of, field
};

Result<Questions> read_questions(const Reader& reader, std::uint32_t session);

}  // namespace rialto
