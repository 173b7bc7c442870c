#include "storage/sqlite_tables.h"

#include <sqlite3.h>

#include <charconv>
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

using Statement = std::unique_ptr<sqlite3_stmt, decltype(&sqlite3_finalize)>;

Cell selected_cell(sqlite3_stmt* select, int column) {
  const auto text = [&] {
    const auto* const bytes = reinterpret_cast<const char*>(sqlite3_column_text(select, column));
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(select, column));
    return bytes == nullptr ? std::string() : std::string(bytes, size);
  };
  switch (sqlite3_column_type(select, column)) {
    case SQLITE_NULL:
      return {};
    case SQLITE_INTEGER:
      return cell::number(sqlite3_column_int64(select, column));
    case SQLITE_FLOAT: {
      char digits[32];
      const auto end =
          std::to_chars(digits, digits + sizeof digits, sqlite3_column_double(select, column));
      return cell::decimal(std::string(digits, end.ptr));
    }
    default:
      return cell::text(text());
  }
}

// The type of a column that has had this one so far, and now such a cell.
std::string wider(const std::string& type, const Cell& cell) {
  if (cell.kind == Cell::Kind::null || type == "text") return type;
  if (cell.kind == Cell::Kind::text) return "text";
  if (cell.kind == Cell::Kind::decimal || type == "number") return "number";
  return "integer";
}

}  // namespace

Result<std::unique_ptr<SqliteTables>> SqliteTables::create(ExportFolder& folder,
                                                           const std::string& name) {
  const auto path = folder.add(name);
  if (!path) return path.error();
  std::unique_ptr<SqliteTables> tables(new SqliteTables(name));
  if (auto opened = tables->open(*path); !opened) return opened.error();
  return tables;
}

Result<std::unique_ptr<SqliteTables>> SqliteTables::in_memory() {
  std::unique_ptr<SqliteTables> tables(new SqliteTables("the database in memory"));
  if (auto opened = tables->open(":memory:"); !opened) return opened.error();
  return tables;
}

Result<void> SqliteTables::open(const std::string& path) {
  if (sqlite3_open(path.c_str(), &database_) != SQLITE_OK) return failed();
  // The file has no name before it is complete, so nothing in it needs to survive a crash.
  for (const char* const statement :
       {"PRAGMA journal_mode = OFF", "PRAGMA synchronous = OFF", "BEGIN"}) {
    if (auto done = run(statement); !done) return done;
  }
  return {};
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

Result<SelectedRows> SqliteTables::select(const std::string& sql) {
  const auto prepare = [this](const char* text, const char** rest) -> Result<Statement> {
    sqlite3_stmt* made = nullptr;
    if (sqlite3_prepare_v2(database_, text, -1, &made, rest) != SQLITE_OK) {
      return Error{ErrorKind::invalid, sqlite3_errmsg(database_)};
    }
    return Statement(made, &sqlite3_finalize);
  };
  const char* rest = nullptr;
  const auto statement = prepare(sql.c_str(), &rest);
  if (!statement) return statement.error();
  const auto more = prepare(rest, nullptr);
  if (!more) return more.error();
  sqlite3_stmt* const select = statement->get();
  if (*more || select == nullptr || sqlite3_column_count(select) == 0 ||
      sqlite3_stmt_readonly(select) == 0) {
    return Error{ErrorKind::invalid, "a query is one SELECT"};
  }
  SelectedRows selected;
  const int columns = sqlite3_column_count(select);
  for (int i = 0; i < columns; ++i) {
    selected.columns.push_back({sqlite3_column_name(select, i), "", "", ""});
  }
  int step = SQLITE_ROW;
  while ((step = sqlite3_step(select)) == SQLITE_ROW) {
    auto& row = selected.rows.emplace_back();
    for (int i = 0; i < columns; ++i) {
      row.push_back(selected_cell(select, i));
      std::string& type = selected.columns[static_cast<std::size_t>(i)].type;
      type = wider(type, row.back());
    }
  }
  if (step != SQLITE_DONE) return Error{ErrorKind::invalid, sqlite3_errmsg(database_)};
  for (ExportColumn& column : selected.columns) {
    if (column.type.empty()) column.type = "text";
  }
  return selected;
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
