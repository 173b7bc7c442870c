#include "storage/csv.h"

#include <doctest/doctest.h>

namespace rialto {
namespace {

std::string one(const Cell& cell, const CsvStyle& style = {}) {
  std::string row;
  csv::row(row, {cell::text("x"), cell}, style);
  return row.substr(2, row.size() - 4);
}

std::string text(std::string cell) { return one(cell::text(std::move(cell))); }

std::string value(std::string_view type, std::string_view json, int decimals = 2) {
  return one(cell::stored(type, json, decimals));
}

TEST_CASE("text is quoted where a reader of CSV would take it apart") {
  CHECK(text("plain text") == "plain text");
  CHECK(text("a,b") == "\"a,b\"");
  CHECK(text("say \"hi\"") == "\"say \"\"hi\"\"\"");
  CHECK(text("two\nlines") == "\"two\nlines\"");
  CHECK(text("carriage\rreturn") == "\"carriage\rreturn\"");
  CHECK(text(" spaces ") == "\" spaces \"");
  CHECK(text("Ünïcode 你好") == "Ünïcode 你好");
}

TEST_CASE("text that a spreadsheet would calculate with is quoted and not changed") {
  for (const std::string formula : {"=1+1", "+1", "-1", "@SUM(A1)"}) {
    CHECK(text(formula) == "\"" + formula + "\"");
  }
}

TEST_CASE("a null is an empty cell, an empty text is a quoted one") {
  CHECK(value("string", "null") == "");
  CHECK(value("money", "null") == "");
  CHECK(value("value", "null") == "");
  CHECK(value("string", "\"\"") == "\"\"");
}

TEST_CASE("values leave as their type asks for") {
  CHECK(value("bool", "true") == "1");
  CHECK(value("bool", "false") == "0");
  CHECK(value("int", "-7") == "-7");
  CHECK(value("int64", "9007199254740993") == "9007199254740993");
  CHECK(value("double", "99.9") == "99.9");
  CHECK(value("double", "1e-300") == "1e-300");
  CHECK(value("string", "\"a \\\"b\\\" \\u00e9\\n\"") == "\"a \"\"b\"\" é\n\"");
  CHECK(value("string", "\"-5\"") == "\"-5\"");
  CHECK(value("value", "{\"a\":[1,2]}") == "\"{\"\"a\"\":[1,2]}\"");
  CHECK(value("value", "\"text\"") == "\"\"\"text\"\"\"");
  CHECK(value("value", "12") == "12");
  CHECK(value("list", "[]") == "[]");
}

TEST_CASE("money leaves as a decimal number with the digits of its currency") {
  CHECK(value("money", "3") == "3.00");
  CHECK(value("money", "12.5") == "12.50");
  CHECK(value("money", "13.05") == "13.05");
  CHECK(value("money", "0.05") == "0.05");
  CHECK(value("money", "-1") == "-1.00");
  CHECK(value("money", "0") == "0.00");
  CHECK(value("money", "100") == "100.00");
  CHECK(value("money", "-123.45") == "-123.45");
  CHECK(value("money", "null") == "");
  CHECK(value("money", "7", 0) == "7");
  CHECK(value("money", "1.234", 3) == "1.234");
  CHECK(value("money", "9999999999999.99") == "9999999999999.99");
}

TEST_CASE("money in JSON's short notation leaves without an exponent") {
  CHECK(value("money", "1e-05", 6) == "0.000010");
  CHECK(value("money", "-2.5e-06", 7) == "-0.0000025");
  CHECK(value("money", "1e2") == "100.00");
  CHECK(value("money", "1.5E+1") == "15.00");
}

TEST_CASE("money with more digits than its currency keeps them") {
  CHECK(value("money", "1.505") == "1.505");
  CHECK(value("money", "7.5", 0) == "7.5");
}

TEST_CASE("what does not fit its type stays JSON text") {
  CHECK(value("bool", "2") == "2");
  CHECK(value("money", "1e400") == "1e400");
  CHECK(value("money", "12x") == "12x");
  CHECK(value("money", "[1,2]") == "\"[1,2]\"");
  CHECK(value("string", "[1]") == "[1]");
  CHECK(value("string", "\"cut") == "\"\"\"cut\"");
}

TEST_CASE("any JSON leaves as what it is") {
  CHECK(one(cell::json("true")) == "1");
  CHECK(one(cell::json("\"a b\"")) == "a b");
  CHECK(one(cell::json("1.5")) == "1.5");
  CHECK(one(cell::json("null")) == "");
  CHECK(one(cell::json("[1,2]")) == "\"[1,2]\"");
}

TEST_CASE("a time is told for people and for programs") {
  const auto time = [](std::int64_t microseconds) {
    std::string row;
    csv::row(row, {cell::iso_time(microseconds), cell::epoch_time(microseconds)}, CsvStyle());
    return row.substr(0, row.size() - 2);
  };
  CHECK(time(1'769'860'800'000'001) == "2026-01-31T12:00:00.000001Z,1769860800.000001");
  CHECK(time(0) == "1970-01-01T00:00:00.000000Z,0.000000");
  CHECK(time(-1) == "1969-12-31T23:59:59.999999Z,-0.000001");
}

TEST_CASE("rows end as RFC 4180 says, and one empty cell is no empty line") {
  std::string rows;
  csv::row(rows, {cell::text("a"), cell::number(1), Cell()}, CsvStyle());
  csv::row(rows, {Cell()}, CsvStyle());
  CHECK(rows == "a,1,\r\n\"\"\r\n");
}

TEST_CASE("another separator is quoted instead of the comma") {
  CHECK(one(cell::text("a;b"), csv_for_german_excel) == "\"a;b\"");
  CHECK(one(cell::text("a,b"), csv_for_german_excel) == "a,b");
}

TEST_CASE("numbers for Excel are what Excel of that region takes for numbers") {
  CHECK(one(cell::decimal("-12.50"), csv_for_english_excel) == "-12.50");
  CHECK(one(cell::decimal("-12.50"), csv_for_german_excel) == "-12,50");
  CHECK(one(cell::decimal("-12.50"), csv_for_swiss_excel) == "-12.50");
  CHECK(one(cell::number(-5), csv_for_german_excel) == "-5");
}

TEST_CASE("nothing is calculated in a file for Excel, and no digit is lost") {
  for (const std::string formula : {"=HYPERLINK(1)", "+1", "-1", "@SUM(A1)", "\t=1", "\uFF1D1"}) {
    std::string cell = one(cell::text(formula), csv_for_english_excel);
    if (cell.starts_with('"')) cell = cell.substr(1, cell.size() - 2);
    CHECK(cell == "'" + formula);
  }
  CHECK(one(cell::text("a=1"), csv_for_english_excel) == "a=1");
  CHECK(one(cell::number(1'000'000'000'000'001), csv_for_english_excel) == "'1000000000000001");
  CHECK(one(cell::number(-999'999'999'999'999), csv_for_english_excel) == "-999999999999999");
}

}  // namespace
}  // namespace rialto
