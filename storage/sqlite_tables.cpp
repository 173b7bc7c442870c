#include "storage/sqlite_tables.h"

#include <sqlite3.h>

#include <cstdlib>
#include <set>

namespace rialto {
namespace {

std::string identifier(const std::string& name) {
  std::string text = "\"";
  for (const char byte : name) {
    if (byte == '"') text.push_back('"');
    text.push_back(byte);
  }
  return text + '"';
}

const char* affinity(const std::string& type) {
  if (type == "integer" || type == "boolean") return "INTEGER";
  if (type == "decimal" || type == "number") return "REAL";
  return "TEXT";
}

std::string lower(std::string text) {
  for (char& byte : text) {
    if (byte >= 'A' && byte <= 'Z') byte = static_cast<char>(byte - 'A' + 'a');
  }
  return text;
}

// Names of columns that differ in upper and lower case alone are one to SQLite.
std::string definition(const std::vector<ExportColumn>& columns) {
  std::set<std::string> taken;
  std::string text;
  for (const ExportColumn& column : columns) {
    std::string name = column.name;
    while (!taken.insert(lower(name)).second) name += '_';
    text += (text.empty() ? "" : ", ") + identifier(name) + " " + affinity(column.type);
  }
  return text;
}

int bind(sqlite3_stmt* insert, int place, const Cell& cell) {
  switch (cell.kind) {
    case Cell::Kind::null:
      return sqlite3_bind_null(insert, place);
    case Cell::Kind::integer:
      return sqlite3_bind_int64(insert, place, cell.integer);
    case Cell::Kind::decimal:
      return sqlite3_bind_double(insert, place, std::strtod(cell.text.c_str(), nullptr));
    case Cell::Kind::text:
      return sqlite3_bind_text64(insert, place, cell.text.data(), cell.text.size(), SQLITE_STATIC,
                                 SQLITE_UTF8);
  }
  return SQLITE_MISUSE;
}

}  // namespace

Result<std::unique_ptr<SqliteTables>> SqliteTables::create(ExportFolder& folder,
                                                           const std::string& name) {
  const auto path = folder.add(name);
  if (!path) return path.error();
  std::unique_ptr<SqliteTables> tables(new SqliteTables(name));
  if (sqlite3_open(path->c_str(), &tables->database_) != SQLITE_OK) return folder.failed(name);
  // The file has no name before it is complete, so nothing in it needs to survive a crash.
  for (const char* const statement :
       {"PRAGMA journal_mode = OFF", "PRAGMA synchronous = OFF", "BEGIN"}) {
    if (auto done = tables->run(statement); !done) return done.error();
  }
  return tables;
}

SqliteTables::~SqliteTables() { close(); }

void SqliteTables::close() {
  for (sqlite3_stmt* const insert : inserts_) sqlite3_finalize(insert);
  inserts_.clear();
  sqlite3_close(database_);
  database_ = nullptr;
}

Result<std::string> SqliteTables::begin(const std::string& table,
                                        const std::vector<ExportColumn>& columns) {
  sqlite3_stmt*& insert = inserts_.emplace_back(nullptr);
  const int most = sqlite3_limit(database_, SQLITE_LIMIT_COLUMN, -1);
  if (columns.size() > static_cast<std::size_t>(most)) {
    left_out_.push_back(table + " has " + std::to_string(columns.size()) +
                        " columns and is not in the database, which can have " +
                        std::to_string(most) + "; it is with --format csv");
    return name_;
  }
  auto made = run("CREATE TABLE " + identifier(table) + " (" + definition(columns) + ")");
  if (!made) return made.error();
  std::string places;
  for (std::size_t i = 0; i < columns.size(); ++i) places += places.empty() ? "?" : ",?";
  const std::string statement = "INSERT INTO " + identifier(table) + " VALUES (" + places + ")";
  const int prepared = sqlite3_prepare_v2(database_, statement.data(),
                                          static_cast<int>(statement.size()), &insert, nullptr);
  if (prepared != SQLITE_OK) return failed();
  return name_;
}

Result<void> SqliteTables::row(std::size_t table, const std::vector<Cell>& cells) {
  sqlite3_stmt* const insert = inserts_[table];
  if (insert == nullptr) return {};
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (bind(insert, static_cast<int>(i) + 1, cells[i]) != SQLITE_OK) return failed();
  }
  const bool done = sqlite3_step(insert) == SQLITE_DONE;
  if (!done) return failed();
  sqlite3_reset(insert);
  return {};
}

Result<void> SqliteTables::finish() {
  auto done = run("COMMIT");
  close();
  return done;
}

Result<void> SqliteTables::run(const std::string& statement) {
  if (sqlite3_exec(database_, statement.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK) return {};
  return failed();
}

Error SqliteTables::failed() const {
  return {ErrorKind::unavailable, "cannot write " + name_ + ": " + sqlite3_errmsg(database_)};
}

}  // namespace rialto
