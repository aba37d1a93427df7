#include "engine/data/encoding.h"

#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <numeric>

#include "engine/data/table.h"
#include "tests/support/documents.h"
#include "tests/support/refusals.h"

using namespace athanor;
using namespace athanor::testing;

namespace {

using Texts = std::vector<std::string>;
using Rows = std::vector<std::int32_t>;
using Reals = std::vector<Real>;

Rows all_rows(const CellTable& table) {
  Rows rows(table.records.size());
  std::iota(rows.begin(), rows.end(), 0);
  return rows;
}

EncodedTable encoded(std::string_view csv, std::string_view target = "") {
  const CellTable table = read_cells(csv);
  return encode_table(table, learn_encoding(table, guess_schema(table, target), all_rows(table)));
}

Reals row_of(const EncodedTable& table, Index row) {
  const std::span<const Real> values = table.data.row(row);
  return {values.begin(), values.end()};
}

constexpr std::string_view kRooms =
    "city,size,price,kind\n"
    "Rome,T1,10,a\n"
    "Bern,T3,20,b\n"
    "Oslo,T2,30,a\n"
    "Bern,T1,40,b\n";

}  // namespace

TEST_CASE("encoding: a category becomes a column for each level, an order one column of positions") {
  const EncodedTable table = encoded(kRooms);
  CHECK(table.data.columns == Texts{"city=Bern", "city=Oslo", "city=Rome", "size", "price"});
  CHECK(table.data.classes == Texts{"a", "b"});
  CHECK(table.data.labels == Rows{0, 1, 0, 1});
  CHECK(row_of(table, 0) == Reals{0, 0, 1, 0, 10});
  CHECK(row_of(table, 1) == Reals{1, 0, 0, 2, 20});
  CHECK(row_of(table, 2) == Reals{0, 1, 0, 1, 30});
  CHECK(table.problems.empty());
  CHECK(table.unknown == std::vector<Index>{0, 0, 0, 0});
}

TEST_CASE("encoding: an order that a person gives is used as given, and a word outside it has no place") {
  const CellTable table = read_cells("grade,k\nlow,a\nhigh,b\nmiddle,a\nodd,b\n");
  Schema schema = guess_schema(table, "k");
  schema.columns[0].kind = ColumnKind::kOrdinal;
  schema.columns[0].levels = {"low", "middle", "high"};
  const EncodedTable found = encode_table(table, learn_encoding(table, schema, all_rows(table)));
  CHECK(found.data.columns == Texts{"grade"});
  CHECK(found.data.features[0] == 0);
  CHECK(found.data.features[1] == 2);
  CHECK(found.data.features[2] == 1);
  CHECK(std::isnan(found.data.features[3]));
  CHECK(found.unknown[0] == 1);
}

TEST_CASE("encoding: levels are learned from the rows given; a level of other rows is unknown, zero in all columns") {
  const CellTable table = read_cells(kRooms);
  const Schema schema = guess_schema(table, "");
  const TableEncoding encoding = learn_encoding(table, schema, Rows{1, 2});
  CHECK(encoding.levels[0] == Texts{"Bern", "Oslo"});
  const EncodedTable found = encode_table(table, encoding);
  CHECK(row_of(found, 0) == Reals{0, 0, 0, 10});
  CHECK(row_of(found, 3) == Reals{1, 0, 0, 40});
  CHECK(found.unknown == std::vector<Index>{1, 0, 0, 0});
}

TEST_CASE("encoding: classes come from the whole table, also those of held-out rows") {
  const CellTable table = read_cells("x,k\n1,10\n2,9\n3,9\n");
  const TableEncoding encoding = learn_encoding(table, guess_schema(table, ""), Rows{1, 2});
  CHECK(encoding.classes == Texts{"9", "10"});
  CHECK(encode_table(table, encoding).data.labels == Rows{1, 0, 0});
}

TEST_CASE("encoding: a missing category is missing in all its columns, a missing number in its own") {
  const EncodedTable table = encoded("city,x,k\nRome,1,a\n?,2,b\nBern,NA,a\n");
  REQUIRE(table.data.width() == 3);
  CHECK(std::isnan(table.data.row(1)[0]));
  CHECK(std::isnan(table.data.row(1)[1]));
  CHECK(table.data.row(1)[2] == 2);
  CHECK(table.data.row(2)[0] == 1);
  CHECK(std::isnan(table.data.row(2)[2]));
  CHECK(table.unknown[0] == 0);
}

TEST_CASE("encoding: regression takes values, and tells rows without one") {
  const EncodedTable table = encoded("x,y\n1,0.5\n2,1.5\n3,\n4,tall\n5,-2\n7\n", "y");
  CHECK(table.data.task == Task::kRegression);
  CHECK(table.data.columns == Texts{"x"});
  CHECK(table.data.classes.empty());
  CHECK(table.data.values == Reals{0.5, 1.5, -2});
  CHECK(table.data.labels == Rows{0, 0, 0});
  CHECK(table.records == Rows{0, 1, 4});
  REQUIRE(table.problems.size() == 3);
  CHECK(table.problems[0].line == 4);
  CHECK(table.problems[0].column == 2);
  CHECK(table.problems[0].code == ErrorCode::kCsvEmptyTarget);
  CHECK(table.problems[0].params == ErrorParams{{"column", "y"}});
  CHECK(table.problems[1].line == 5);
  CHECK(table.problems[1].code == ErrorCode::kCsvNotANumber);
  CHECK(table.problems[2].line == 7);
  CHECK(table.problems[2].code == ErrorCode::kCsvCellCount);
}

TEST_CASE("encoding: the rows that can be read do not depend on the rows learned from") {
  const CellTable table = read_cells("city,x,k\nRome,1,a\nBern,one,b\nOslo,3,\nOslo,4,b\nBern,5,a\n");
  const Schema schema = guess_schema(table, "");
  const EncodedTable some = encode_table(table, learn_encoding(table, schema, Rows{0}));
  const EncodedTable all = encode_table(table, learn_encoding(table, schema, all_rows(table)));
  CHECK(some.records == Rows{0, 3, 4});
  CHECK(all.records == some.records);
  CHECK(all.data.labels == some.data.labels);
  CHECK(all.data.width() > some.data.width());
}

TEST_CASE("encoding: a table of numbers and one class column reads as read_table has it, bit for bit") {
  const std::string csv = iris_csv() + "x,1,2,3,setosa\n1,,3,4,setosa\n1,2,3,4,\n1,2\n";
  const Table expected = read_table(csv, {});
  const EncodedTable found = encoded(csv);
  CHECK(found.data.columns == expected.data.columns);
  CHECK(found.data.classes == expected.data.classes);
  CHECK(found.data.labels == expected.data.labels);
  CHECK(found.data.origins == expected.data.origins);
  REQUIRE(found.data.features.size() == expected.data.features.size());
  for (std::size_t i = 0; i < found.data.features.size(); ++i) {
    const Real value = expected.data.features[i];
    REQUIRE((found.data.features[i] == value || (std::isnan(found.data.features[i]) && std::isnan(value))));
  }
  REQUIRE(found.problems.size() == expected.problems.size());
  for (std::size_t i = 0; i < found.problems.size(); ++i) {
    CHECK(found.problems[i].line == expected.problems[i].line);
    CHECK(found.problems[i].column == expected.problems[i].column);
    CHECK(found.problems[i].code == expected.problems[i].code);
    CHECK(found.problems[i].params == expected.problems[i].params);
  }
}

TEST_CASE("encoding: too many levels, too many columns, none and rows that are none are refused") {
  std::string csv = "v,k\n";
  for (int i = 0; i < 65; ++i) csv += "n" + std::to_string(i) + "," + (i % 2 == 0 ? "a\n" : "b\n");
  const CellTable names = read_cells(csv);
  const Schema schema{.task = Task::kClassification,
                      .columns = {{.name = "v", .role = ColumnRole::kFeature, .kind = ColumnKind::kCategorical},
                                  {.name = "k", .role = ColumnRole::kTarget, .kind = ColumnKind::kCategorical}}};
  check_refusal([&] { (void)learn_encoding(names, schema, all_rows(names)); }, ErrorCode::kCsvTooManyLevels,
                "data.table", {{"column", "v"}, {"value", "65"}, {"max", "64"}});
  CHECK(learn_encoding(names, schema, Rows{3, 4}).columns == Texts{"v=n3", "v=n4"});
  check_refusal([&] { (void)learn_encoding(names, schema, {}); }, ErrorCode::kCsvNoFeatures, "data.table", {});
  check_refusal([&] { (void)learn_encoding(names, schema, Rows{65}); }, ErrorCode::kBadInput, "data.table.rows",
                {{"what", "a row"}, {"value", "65"}, {"expected", "0 to 64"}});

  std::string wide = "a,b,c,d,e,k\n";
  for (int i = 0; i < 60; ++i) {
    for (int c = 0; c < 5; ++c) wide += "n" + std::to_string(i) + ",";
    wide += i % 2 == 0 ? "y\n" : "n\n";
  }
  const CellTable many = read_cells(wide);
  Schema categories = guess_schema(many, "k");
  for (ColumnSpec& spec : categories.columns) spec.kind = ColumnKind::kCategorical;
  check_refusal([&] { (void)learn_encoding(many, categories, all_rows(many)); }, ErrorCode::kCsvTooManyColumns,
                "data.table", {{"value", "300"}, {"max", "256"}});
}

TEST_CASE("encoding: a target of a single class, or of more than can be learnt, is refused with its column") {
  const Schema schema{.task = Task::kClassification,
                      .columns = {{.name = "x", .role = ColumnRole::kFeature, .kind = ColumnKind::kNumeric},
                                  {.name = "k", .role = ColumnRole::kTarget, .kind = ColumnKind::kCategorical}}};
  const auto check = [&](const CellTable& table, const char* count) {
    check_refusal([&] { (void)learn_encoding(table, schema, all_rows(table)); }, ErrorCode::kCsvTargetClasses,
                  "data.table", {{"column", "k"}, {"value", count}, {"max", "20"}});
  };
  check(read_cells("x,k\n1,a\n2,a\n3,?\n"), "1");
  std::string many = "x,k\n";
  for (int i = 0; i < 21; ++i) many += std::to_string(i) + ",n" + std::to_string(i) + "\n";
  check(read_cells(many), "21");
}

TEST_CASE("encoding: no damage to the text does more than throw a typed error") {
  const std::string text(kRooms);
  for (std::size_t at = 0; at < text.size(); ++at) {
    for (const char damage : {'"', ',', '\n', '?', '\0', '\xFF'}) {
      std::string damaged = text;
      damaged[at] = damage;
      try {
        const EncodedTable table = encoded(damaged);
        REQUIRE(table.data.features.size() == table.data.labels.size() * table.data.columns.size());
        REQUIRE(table.records.size() == table.data.labels.size());
      } catch (const Error& error) {
        REQUIRE(error.place().starts_with("data.table"));
      }
    }
  }
}
