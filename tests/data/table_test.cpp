#include "engine/data/table.h"

#include <catch2/catch_test_macros.hpp>
#include <cmath>

#include "tests/support/documents.h"

using namespace athanor;
using namespace athanor::testing;

namespace {

struct Expected {
  int line;
  int column;
  ErrorCode code;
  ErrorParams params;
};

void check_problems(const Table& table, const std::vector<Expected>& expected) {
  REQUIRE_FALSE(table.error.has_value());
  REQUIRE(table.problems.size() == expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) {
    INFO("problem " << i << ": " << error_name(table.problems[i].code));
    CHECK(table.problems[i].line == expected[i].line);
    CHECK(table.problems[i].column == expected[i].column);
    CHECK(table.problems[i].code == expected[i].code);
    CHECK(table.problems[i].params == expected[i].params);
  }
}

std::string column_of(std::string_view csv, std::string_view target = "") {
  const Table table = read_table(csv, {.target = target});
  if (table.error) return std::string(error_name(table.error->code()));
  for (const ColumnReport& column : table.columns) {
    if (column.role == ColumnRole::kTarget) return column.name;
  }
  return "";
}

Error refusal_of(std::string_view csv, std::string_view target = "") {
  const Table table = read_table(csv, {.target = target});
  CHECK(table.data.rows() == 0);
  if (table.error) return *table.error;
  FAIL("the table is refused");
  return {ErrorCode::kInternal, ""};
}

}  // namespace

TEST_CASE("iris.csv reads as 150 rows of four numbers and three species") {
  const Table table = read_table(iris_csv(), {});
  check_problems(table, {});
  CHECK(table.data.rows() == 150);
  CHECK(table.data.columns == std::vector<std::string>{"sepal_length", "sepal_width", "petal_length", "petal_width"});
  CHECK(table.data.classes == std::vector<std::string>{"setosa", "versicolor", "virginica"});
  std::vector<int> counts(3, 0);
  for (const std::int32_t label : table.data.labels) ++counts.at(static_cast<std::size_t>(label));
  CHECK(counts == std::vector<int>{50, 50, 50});
  // Column means as scikit-learn documents them.
  const std::vector<double> means{5.843333, 3.057333, 3.758, 1.199333};
  for (std::size_t c = 0; c < 4; ++c) {
    double sum = 0;
    for (Index i = 0; i < 150; ++i) sum += static_cast<double>(table.data.row(i)[c]);
    CHECK(std::abs(sum / 150 - means[c]) < 1e-5);
  }
}

TEST_CASE("table: numbers, categories and the target are told apart; texts that all differ are categories too") {
  const Table table = read_table("id,x,city,y,kind\na,1,Bern,-2.5e1,red\nb,2,Rome,+.5,blue\nc,3,Rome,7,red\n", {});
  check_problems(table, {});
  REQUIRE(table.columns.size() == 5);
  const std::vector<ColumnKind> kinds{ColumnKind::kCategorical, ColumnKind::kNumeric, ColumnKind::kCategorical,
                                      ColumnKind::kNumeric, ColumnKind::kCategorical};
  for (std::size_t c = 0; c < 5; ++c) {
    CHECK(table.columns[c].kind == kinds[c]);
    CHECK(table.columns[c].role == (c == 4 ? ColumnRole::kTarget : ColumnRole::kFeature));
  }
  CHECK(table.columns[2].levels == std::vector<std::string>{"Bern", "Rome"});
  CHECK(table.data.columns == std::vector<std::string>{"id=a", "id=b", "id=c", "x", "city=Bern", "city=Rome", "y"});
  CHECK(table.data.features == std::vector<Real>{1, 0, 0, 1, 1, 0, -25,                     //
                                                 0, 1, 0, 2, 0, 1, static_cast<Real>(0.5),  //
                                                 0, 0, 1, 3, 0, 1, 7});
  CHECK(table.data.labels == std::vector<std::int32_t>{1, 0, 1});
  REQUIRE(table.data.groups.size() == 2);
  CHECK(table.data.groups[1].begin == 4);
  CHECK(table.data.groups[1].size == 2);
  CHECK(table.data.is_level(5));
  CHECK_FALSE(table.data.is_level(6));
}

TEST_CASE("table: what a person says of columns goes before what was found") {
  const std::string csv = "id,size,shop,price\n1,small,7,1.5\n2,large,8,2.5\n3,medium,7,3.5\n4,small,9,4.5\n";
  const std::vector<ColumnChoice> choices{{.name = "id", .role = ColumnRole::kIgnored},
                                          {.name = "size", .kind = ColumnKind::kOrdinal, .order = "small|medium|large"},
                                          {.name = "shop", .kind = ColumnKind::kCategorical, .embedding = 2}};
  const Table table = read_table(csv, {.target = "price", .columns = choices});
  check_problems(table, {});
  CHECK(table.data.task == Task::kRegression);
  CHECK(table.data.columns == std::vector<std::string>{"size", "shop=7", "shop=8", "shop=9"});
  CHECK(table.data.features == std::vector<Real>{0, 1, 0, 0, 2, 0, 1, 0, 1, 1, 0, 0, 0, 0, 0, 1});
  CHECK(table.data.values == std::vector<Real>{1.5, 2.5, 3.5, 4.5});
  REQUIRE(table.data.groups.size() == 1);
  CHECK(table.data.groups[0].embedding == 2);
  // A column that is said to be a feature is not taken for the target.
  CHECK(column_of("x,k,m\n1,a,u\n2,b,v\n") == "m");
  const std::vector<ColumnChoice> feature{{.name = "m", .role = ColumnRole::kFeature}};
  const Table other = read_table("x,k,m\n1,a,u\n2,b,v\n", {.columns = feature});
  CHECK(other.columns[1].role == ColumnRole::kTarget);
  // As classes, by request.
  const Table classes = read_table("x,y\n1.5,1\n2.5,2\n3.5,1\n", {.target = "y", .task = Task::kRegression});
  CHECK(classes.data.values == std::vector<Real>{1, 2, 1});
}

TEST_CASE("table: choices that do not fit are refused with their place") {
  const std::string csv = "x,y,k\n1,u,a\n2,v,b\n";
  const auto refused = [&](std::vector<ColumnChoice> choices) {
    const Table table = read_table(csv, {.columns = choices});
    REQUIRE(table.error);
    return std::string(error_name(table.error->code())) + " " + table.error->place();
  };
  CHECK(refused({{.name = "x"}, {.name = "z"}}) == "csv_no_such_column data.table.columns[1].name");
  CHECK(refused({{.name = "x"}, {.name = "x"}}) == "csv_duplicate_column data.table.columns[1].name");
  CHECK(refused({{.name = "y", .kind = ColumnKind::kOrdinal, .order = "u"}}) ==
        "bad_input data.table.columns[0].order");
  CHECK(refused({{.name = "x", .role = ColumnRole::kIgnored}, {.name = "y", .role = ColumnRole::kIgnored}}) ==
        "csv_no_features data.table");
}

TEST_CASE(
    "table: an order may have blanks around its bars, must name every value, and the target has no role to choose") {
  const std::string csv = "size,k\nsmall,a\nlarge,b\nmedium,a\n";
  const auto with_order = [&](const std::string& order) {
    const std::vector<ColumnChoice> choices{{.name = "size", .kind = ColumnKind::kOrdinal, .order = order}};
    return read_table(csv, {.target = "k", .columns = choices});
  };
  CHECK(with_order("small | medium | large").data.features == std::vector<Real>{0, 2, 1});
  const Error missing = value_of(with_order("small|large").error);
  CHECK(missing.place() == "data.table.columns[0].order");
  CHECK(param(missing, "value") == "without medium");
  const std::vector<ColumnChoice> target{{.name = "k", .role = ColumnRole::kIgnored}};
  CHECK(value_of(read_table(csv, {.target = "k", .columns = target}).error).place() == "data.table.columns[0].role");
  // A column without a single value is nothing to learn from, whatever it is said to be.
  const std::vector<ColumnChoice> empty{{.name = "none", .kind = ColumnKind::kCategorical, .embedding = 4}};
  const Table table = read_table("x,none,k\n1,,a\n2,NA,b\n", {.columns = empty});
  CHECK_FALSE(table.error);
  CHECK(table.columns[1].role == ColumnRole::kIgnored);
}

TEST_CASE("table: a class that only broken rows have is none") {
  const Table table = read_table("x,k\n1,a\n2,b\noops,c\n3,a\n", {});
  CHECK(table.data.classes == std::vector<std::string>{"a", "b"});
  CHECK(table.data.labels == std::vector<std::int32_t>{0, 1, 0});
  CHECK(table.problems.size() == 1);
}

TEST_CASE("table: the target is the last text column, else the last column of few whole numbers, else as named") {
  CHECK(column_of("a,b,c\nx,u,1\ny,v,2\n") == "b");
  CHECK(column_of("a,b,c\n1,0,0.5\n2,1,1.5\n3,1,2.5\n") == "b");
  CHECK(column_of("a,b,c\n1,0,0.5\n2,1,1.5\n3,1,2.5\n", "a") == "a");
  // One value everywhere, or a different one on every line, is no class.
  CHECK(column_of("a,b,c\nx,same,1\ny,same,2\n") == "a");
  std::string names = "kind,name,v\n";
  for (int i = 0; i < 21; ++i) {
    names += (i % 2 == 0 ? "even,row" : "odd,row") + std::to_string(i) + "," + std::to_string(i) + ".5\n";
  }
  CHECK(column_of(names) == "kind");
}

TEST_CASE("table: classes come in the order of their names, numbers in the order of their values") {
  CHECK(read_table("x,k\n1,pear\n2,apple\n3,fig\n", {}).data.classes ==
        std::vector<std::string>{"apple", "fig", "pear"});
  const Table table = read_table("k,x\n10,1.5\n9,2.5\n-1,3.5\n10,4.5\n", {.target = "k"});
  CHECK(table.data.classes == std::vector<std::string>{"-1", "9", "10"});
  CHECK(table.data.labels == std::vector<std::int32_t>{2, 1, 0, 2});
}

TEST_CASE("table: every word for a missing value becomes NaN and is counted, no row is lost") {
  const Table table =
      read_table("x,y,k\n1,1,a\n,2,b\nNA,3,a\nN/A,4,b\nNaN,5,a\nnan,6,b\nnull,7,a\nNULL,8,b\n?,9,a\n", {});
  check_problems(table, {});
  CHECK(table.columns[0].missing == 8);
  CHECK(table.columns[1].missing == 0);
  REQUIRE(table.data.rows() == 9);
  CHECK(table.data.row(0)[0] == 1);
  for (Index i = 1; i < 9; ++i) {
    CHECK(std::isnan(table.data.row(i)[0]));
    CHECK(table.data.row(i)[1] == static_cast<Real>(i + 1));
  }
}

TEST_CASE("table: every broken row is told with line, column and reason; the others are kept") {
  const Table table = read_table(
      "x,y,k\n"
      "1,2,a\n"
      "3,four,b\n"
      "5,6\n"
      "7,8,b,9\n"
      "9,10,\n"
      "\"11\"z,12,a\n"
      "13,14,b\n"
      "1e999,15,a\n"
      "0x10,16,a\n"
      "inf,17,b\n"
      "1 2,18,b\n"
      "19,20,a\n"
      "21,22,b\n"
      "\"23,24,b\n"
      "25,26,a\n",
      {});
  check_problems(table, {{3, 2, ErrorCode::kCsvNotANumber, {{"value", "four"}, {"column", "y"}}},
                         {4, 0, ErrorCode::kCsvCellCount, {{"value", "2"}, {"expected", "3"}}},
                         {5, 0, ErrorCode::kCsvCellCount, {{"value", "4"}, {"expected", "3"}}},
                         {6, 3, ErrorCode::kCsvEmptyLabel, {{"column", "k"}}},
                         {7, 1, ErrorCode::kCsvBadQuote, {}},
                         {9, 1, ErrorCode::kCsvNotANumber, {{"value", "1e999"}, {"column", "x"}}},
                         {10, 1, ErrorCode::kCsvNotANumber, {{"value", "0x10"}, {"column", "x"}}},
                         {11, 1, ErrorCode::kCsvNotANumber, {{"value", "inf"}, {"column", "x"}}},
                         {12, 1, ErrorCode::kCsvNotANumber, {{"value", "1 2"}, {"column", "x"}}},
                         {15, 1, ErrorCode::kCsvUnclosedQuote, {}}});
  CHECK(table.data.features == std::vector<Real>{1, 2, 13, 14, 19, 20, 21, 22, 25, 26});
  CHECK(table.data.labels == std::vector<std::int32_t>{0, 1, 0, 1, 0});
}

TEST_CASE("table: a broken cell of an ignored column breaks no row") {
  const std::vector<ColumnChoice> ignored{{.name = "note", .role = ColumnRole::kIgnored}};
  const Table table = read_table("note,x,k\n1,1,a\n12,2,b\nmore,3,a\n", {.columns = ignored});
  check_problems(table, {});
  CHECK(table.data.rows() == 3);
}

TEST_CASE("table: columns without a name get one") {
  const Table table = read_table(",x,\n1,2,a\n3,4,b\n", {});
  REQUIRE_FALSE(table.error.has_value());
  CHECK(table.columns[0].name == "column 1");
  CHECK(table.columns[2].name == "column 3");
  CHECK(table.columns[2].role == ColumnRole::kTarget);
}

TEST_CASE("table: what makes the table as a whole unusable is told with its figures") {
  CHECK(refusal_of("").code() == ErrorCode::kCsvEmpty);
  CHECK(refusal_of("a,b\n").code() == ErrorCode::kCsvEmpty);
  CHECK(refusal_of("a,b\n1\n2\n").code() == ErrorCode::kCsvEmpty);
  CHECK(refusal_of("x\nsame\nsame\n").code() == ErrorCode::kCsvNoTarget);
  CHECK(refusal_of("a\nx\ny\n").code() == ErrorCode::kCsvNoFeatures);
  const Error missing = refusal_of("a,b\n1,u\n2,v\n", "c");
  CHECK(missing.code() == ErrorCode::kCsvNoSuchColumn);
  CHECK(param(missing, "column") == "c");
  const Error twice = refusal_of("a,b,a\n1,u,2\n2,v,3\n");
  CHECK(twice.code() == ErrorCode::kCsvDuplicateColumn);
  CHECK(param(twice, "column") == "a");
  const Error one = refusal_of("a,b\n1,u\n2,u\n", "b");
  CHECK(one.code() == ErrorCode::kCsvTargetClasses);
  CHECK(param(one, "column") == "b");
  CHECK(param(one, "value") == "1");
  CHECK(param(one, "max") == "20");
  CHECK(one.place() == "data.table");
}

TEST_CASE("table: twenty classes are taken, twenty-one refused") {
  std::string csv = "x,k\n";
  for (int i = 0; i < 20; ++i) csv += std::to_string(i) + ".5,c" + std::to_string(i) + "\n";
  CHECK(read_table(csv, {.target = "k"}).data.classes.size() == 20);
  const Error error = refusal_of(csv + "1.5,one more\n", "k");
  CHECK(error.code() == ErrorCode::kCsvTargetClasses);
  CHECK(param(error, "value") == "21");
}

TEST_CASE("table: the limits of columns, rows and bytes are exact") {
  const auto wide = [](Index columns) {
    std::string csv = "k";
    std::string first = "\na";
    std::string second = "\nb";
    for (Index i = 1; i < columns; ++i) {
      csv += ",c" + std::to_string(i);
      first += ",1";
      second += ",2";
    }
    return csv + first + second;
  };
  CHECK(read_table(wide(kMaxColumns), {}).data.width() == kMaxColumns - 1);
  const Error columns = refusal_of(wide(kMaxColumns + 1));
  CHECK(columns.code() == ErrorCode::kCsvTooManyColumns);
  CHECK(param(columns, "value") == "257");
  CHECK(param(columns, "max") == "256");

  std::string tall = "x,k\n";
  for (Index i = 0; i < kMaxRows; ++i) tall += i % 2 == 0 ? "1,a\n" : "2,b\n";
  CHECK(read_table(tall, {}).data.rows() == kMaxRows);
  const Error rows = refusal_of(tall + "1,a\n");
  CHECK(rows.code() == ErrorCode::kCsvTooManyRows);
  CHECK(param(rows, "value") == "100001");

  const std::string start = "x,k\n1,a\n2,b\n";
  CHECK(read_table(start + std::string(kMaxCsvBytes - start.size(), '\n'), {}).data.rows() == 2);
  const Error bytes = refusal_of(start + std::string(kMaxCsvBytes - start.size() + 1, '\n'));
  CHECK(bytes.code() == ErrorCode::kCsvTooLarge);
  CHECK(param(bytes, "value") == "4194305");
  CHECK(param(bytes, "max") == "4194304");
}

TEST_CASE("table: an ordinal column without an order is ordered by the numbers in its texts, else by name") {
  const auto order_of = [](const std::string& csv) {
    const std::vector<ColumnChoice> choices{{.name = "size", .kind = ColumnKind::kOrdinal}};
    return read_table(csv, {.target = "k", .columns = choices}).columns[0].levels;
  };
  CHECK(order_of("size,k\nT10,a\nT9,b\nT10,b\n") == std::vector<std::string>{"T9", "T10"});
  CHECK(order_of("size,k\nsmall,a\nlarge,b\nmiddle,a\n") == std::vector<std::string>{"large", "middle", "small"});
}
