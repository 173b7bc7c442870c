#include "storage/xlsx_tables.h"

#include <xlsxwriter.h>

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <string_view>

namespace rialto {
namespace {

constexpr std::uint32_t most_rows = 1'048'576;
constexpr std::size_t most_columns = 16'384;
constexpr std::size_t most_characters = 32'767;  // UTF-16 units, as Excel counts
constexpr std::size_t longest_name = 31;
constexpr std::int64_t largest_exact = 999'999'999'999'999;

std::string lower(std::string text) {
  for (char& byte : text) {
    if (byte >= 'A' && byte <= 'Z') byte = static_cast<char>(byte - 'A' + 'a');
  }
  return text;
}

// The bytes of the first `count` characters of UTF-8.
std::string first_characters(const std::string& text, std::size_t count) {
  if (text.size() <= count) return text;
  std::size_t seen = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool begins = (static_cast<unsigned char>(text[i]) & 0xC0U) != 0x80U;
    if (begins && seen++ == count) return text.substr(0, i);
  }
  return text;
}

// _x0041_ stands for A in a cell's text (ECMA-376, ST_Xstring).
bool is_escape(std::string_view text) {
  const auto is_hex = [](unsigned char c) { return std::isxdigit(c) != 0; };
  return text.size() >= 7 && text.starts_with("_x") && text[6] == '_' &&
         std::ranges::all_of(text.substr(2, 4), is_hex);
}

// Bytes of the character that begins there.
std::size_t character_length(std::string_view text) {
  const auto first = static_cast<unsigned char>(text.front());
  const std::size_t length = first < 0x80U ? 1 : first < 0xE0U ? 2 : first < 0xF0U ? 3 : 4;
  return std::min(length, text.size());
}

// What libxlsxwriter, which escapes controls, writes as the text itself: what looks like an escape
// and what XML knows no character for is escaped here. As much of it as a cell can hold.
std::string cell_text(std::string_view text, bool& cut) {
  std::string kept;
  std::size_t units = 0;
  while (!text.empty()) {
    const std::string_view character = text.substr(0, character_length(text));
    std::string escaped(character);
    if (is_escape(text)) escaped = "_x005F_";
    if (character == "\xEF\xBF\xBE") escaped = "_xFFFE_";
    if (character == "\xEF\xBF\xBF") escaped = "_xFFFF_";
    const auto byte = static_cast<unsigned char>(character.front());
    const bool is_control = byte < 0x20U && byte != '\t' && byte != '\n';
    const bool is_pair = character.size() == 4;
    units += escaped.size() == 7 || is_control ? 7 : is_pair ? 2 : 1;
    if (units > most_characters) break;
    kept += escaped;
    text.remove_prefix(character.size());
  }
  cut = !text.empty();
  return kept;
}

}  // namespace

Result<std::unique_ptr<XlsxTables>> XlsxTables::create(ExportFolder& folder,
                                                       const std::string& name) {
  const auto path = folder.add(name);
  if (!path) return path.error();
  std::unique_ptr<XlsxTables> tables(new XlsxTables(name));
  lxw_workbook_options options{};
  options.constant_memory = LXW_TRUE;
  tables->book_ = workbook_new_opt(path->c_str(), &options);
  if (tables->book_ == nullptr) return folder.failed(name);
  return tables;
}

XlsxTables::~XlsxTables() {
  if (book_ != nullptr) lxw_workbook_free(book_);
}

std::string XlsxTables::free_name(const std::string& table) {
  std::string name = first_characters(table, longest_name);
  for (int number = 2; !names_.insert(lower(name)).second; ++number) {
    const std::string suffix = "_" + std::to_string(number);
    name = first_characters(table, longest_name - suffix.size()) + suffix;
  }
  return name;
}

Result<std::string> XlsxTables::begin(const std::string& table,
                                      const std::vector<ExportColumn>& columns) {
  Sheet& sheet = sheets_.emplace_back();
  sheet.table = table;
  if (columns.size() > most_columns) {
    left_out_.push_back(table + " has " + std::to_string(columns.size()) +
                        " columns and is not in the workbook, whose sheets have " +
                        std::to_string(most_columns) + "; it is with --format csv");
    return name_;
  }
  sheet.sheet = workbook_add_worksheet(book_, free_name(table).c_str());
  if (sheet.sheet == nullptr) {
    return Error{ErrorKind::unavailable, "cannot make a sheet for the table " + table};
  }
  std::vector<Cell> header;
  for (const ExportColumn& column : columns) header.push_back(cell::text(column.name));
  if (auto written = row(sheets_.size() - 1, header); !written) return written.error();
  worksheet_freeze_panes(sheet.sheet, 1, 0);
  return name_;
}

Result<void> XlsxTables::row(std::size_t table, const std::vector<Cell>& cells) {
  Sheet& sheet = sheets_[table];
  if (sheet.sheet == nullptr) return {};
  if (sheet.rows == most_rows) {
    return Error{ErrorKind::invalid, "the table " + sheet.table + " has more than the " +
                                         std::to_string(most_rows) +
                                         " rows of a sheet; use --format csv or sqlite"};
  }
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (!put(sheet, static_cast<std::uint16_t>(i), cells[i])) {
      return Error{ErrorKind::unavailable, "cannot write " + name_};
    }
  }
  ++sheet.rows;
  return {};
}

bool XlsxTables::put(Sheet& sheet, std::uint16_t column, const Cell& cell) {
  const auto text = [&](const std::string& characters) {
    bool cut = false;
    const std::string kept = cell_text(characters, cut);
    if (cut) ++sheet.cut;
    return worksheet_write_string(sheet.sheet, sheet.rows, column, kept.c_str(), nullptr) ==
           LXW_NO_ERROR;
  };
  const auto number = [&](double value) {
    return worksheet_write_number(sheet.sheet, sheet.rows, column, value, nullptr) == LXW_NO_ERROR;
  };
  switch (cell.kind) {
    case Cell::Kind::null:
      return true;
    case Cell::Kind::integer:
      if (std::llabs(cell.integer) > largest_exact) return text(std::to_string(cell.integer));
      return number(static_cast<double>(cell.integer));
    case Cell::Kind::decimal:
      return number(std::strtod(cell.text.c_str(), nullptr));
    case Cell::Kind::text:
      return text(cell.text);
  }
  return false;
}

Result<void> XlsxTables::finish() {
  lxw_workbook* const book = book_;
  book_ = nullptr;
  const lxw_error error = workbook_close(book);
  if (error == LXW_NO_ERROR) return {};
  return Error{ErrorKind::unavailable, "cannot write " + name_ + ": " + lxw_strerror(error)};
}

std::vector<std::string> XlsxTables::left_out() const {
  std::vector<std::string> all = left_out_;
  for (const Sheet& sheet : sheets_) {
    if (sheet.cut == 0) continue;
    all.push_back(std::to_string(sheet.cut) + " texts of " + sheet.table + " are cut to the " +
                  std::to_string(most_characters) +
                  " characters of a cell; they are whole with --format csv");
  }
  return all;
}

}  // namespace rialto
