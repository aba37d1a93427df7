#include "engine/data/csv.h"

#include <catch2/catch_test_macros.hpp>

using namespace athanor;

namespace {

using Cells = std::vector<std::vector<std::string>>;

Cells cells_of(std::string_view text) {
  Cells cells;
  const CsvText read = read_csv(text);
  CHECK(read.problems.empty());
  for (const CsvRecord& record : read.records) cells.push_back(record.cells);
  return cells;
}

std::vector<int> lines_of(std::string_view text) {
  std::vector<int> lines;
  for (const CsvRecord& record : read_csv(text).records) lines.push_back(record.line);
  return lines;
}

}  // namespace

TEST_CASE("CSV: records and cells, empty cells included") {
  CHECK(cells_of("a,b\n1,2\n") == Cells{{"a", "b"}, {"1", "2"}});
  CHECK(cells_of("a,,\n,b,\n") == Cells{{"a", "", ""}, {"", "b", ""}});
  CHECK(cells_of("").empty());
}

TEST_CASE("CSV: the last line may end without a line break") {
  CHECK(cells_of("a,b\n1,2") == Cells{{"a", "b"}, {"1", "2"}});
  CHECK(cells_of("a,b\n1,") == Cells{{"a", "b"}, {"1", ""}});
  CHECK(cells_of("a,b\n1,\"2\"") == Cells{{"a", "b"}, {"1", "2"}});
}

TEST_CASE("CSV: lines end with LF, CRLF or CR, and count the same") {
  for (const char* end : {"\n", "\r\n", "\r"}) {
    const std::string text = std::string("a,b") + end + "1,\"2\"" + end + end + "3,4" + end;
    CHECK(cells_of(text) == Cells{{"a", "b"}, {"1", "2"}, {"3", "4"}});
    CHECK(lines_of(text) == std::vector<int>{1, 2, 4});
  }
}

TEST_CASE("CSV: a byte-order mark is no part of the first cell") {
  CHECK(cells_of("\xEF\xBB\xBF"
                 "a,b\n1,2\n") == Cells{{"a", "b"}, {"1", "2"}});
  CHECK(cells_of("\xEF\xBB\xBF\"a\",b\n") == Cells{{"a", "b"}});
  CHECK(cells_of("\xEF\xBB\xBF").empty());
}

TEST_CASE("CSV: quotes keep commas, spaces, doubled quotes and line breaks") {
  CHECK(cells_of("\"a,b\",c\n") == Cells{{"a,b", "c"}});
  CHECK(cells_of("\" a \", b \n") == Cells{{" a ", "b"}});
  CHECK(cells_of("\"say \"\"hi\"\"\",\"\"\"\"\n") == Cells{{"say \"hi\"", "\""}});
  CHECK(cells_of("\"two\nlines\",x\n") == Cells{{"two\nlines", "x"}});
  CHECK(cells_of("\"two\r\nlines\",x\r\n") == Cells{{"two\r\nlines", "x"}});
  CHECK(cells_of("\"\",x\n") == Cells{{"", "x"}});
  CHECK(cells_of("\"a\" ,x\n") == Cells{{"a", "x"}});
}

TEST_CASE("CSV: a quote inside a plain cell is an ordinary character") {
  CHECK(cells_of("5\" nail,x\n") == Cells{{"5\" nail", "x"}});
}

TEST_CASE("CSV: blank lines are left out and counted") {
  CHECK(cells_of("\n\na,b\n\n \n1,2\n\n") == Cells{{"a", "b"}, {"1", "2"}});
  CHECK(lines_of("\n\na,b\n\n \n1,2\n\n") == std::vector<int>{3, 6});
}

TEST_CASE("CSV: a record is on the line it begins on, also below line breaks in quotes") {
  CHECK(lines_of("a,b\n\"x\ny\nz\",1\n2,3\n") == std::vector<int>{1, 2, 5});
}

TEST_CASE("CSV: an unclosed quote gives up its own line and no other") {
  for (const char* end : {"\n", "\r\n"}) {
    const std::string text = std::string("a,b") + end + "1,2" + end + "3,\"4" + end + "5,6" + end + "7,8" + end;
    const CsvText read = read_csv(text);
    REQUIRE(read.problems.size() == 1);
    CHECK(read.problems[0].line == 3);
    CHECK(read.problems[0].column == 2);
    CHECK(read.problems[0].code == ErrorCode::kCsvUnclosedQuote);
    REQUIRE(read.records.size() == 4);
    CHECK(read.records[2].cells == std::vector<std::string>{"5", "6"});
    CHECK(read.records[2].line == 4);
    CHECK(read.records[3].line == 5);
  }
}

TEST_CASE("CSV: an unclosed quote on the last line ends the text") {
  const CsvText read = read_csv("a,b\n1,2\n3,\"4");
  REQUIRE(read.problems.size() == 1);
  CHECK(read.problems[0].line == 3);
  CHECK(read.records.size() == 2);
  CHECK(read_csv("\"").problems.size() == 1);
}

TEST_CASE("CSV: text behind a closing quote is a problem of that record alone, told once") {
  const CsvText read = read_csv("a,b,c\n\"1\"x,\"2\"y,3\n4,5,6\n");
  REQUIRE(read.problems.size() == 1);
  CHECK(read.problems[0].line == 2);
  CHECK(read.problems[0].column == 1);
  CHECK(read.problems[0].code == ErrorCode::kCsvBadQuote);
  REQUIRE(read.records.size() == 2);
  CHECK(read.records[1].cells == std::vector<std::string>{"4", "5", "6"});
  CHECK(read.records[1].line == 3);
}

TEST_CASE("CSV: bytes that are no text are kept as they are") {
  const std::string text("a\0b,\xFF\n", 6);
  const CsvText read = read_csv(text);
  REQUIRE(read.records.size() == 1);
  CHECK(read.records[0].cells[0] == std::string("a\0b", 3));
  CHECK(read.records[0].cells[1] == "\xFF");
}
