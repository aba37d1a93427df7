#include "engine/data/schema.h"

#include <catch2/catch_test_macros.hpp>

#include "tests/support/refusals.h"

using namespace athanor;
using namespace athanor::testing;

namespace {

using Texts = std::vector<std::string>;

Schema schema_of(std::string_view csv, std::string_view target = "", std::optional<Task> task = {}) {
  return guess_schema(read_cells(csv), target, task);
}

std::string target_of(const Schema& schema) {
  for (const ColumnSpec& spec : schema.columns) {
    if (spec.role == ColumnRole::kTarget) return spec.name;
  }
  return "";
}

constexpr std::string_view kPeople =
    "name,age,city,size,group,score\n"
    "Ada,31,Bern,T2,18-25,1.5\n"
    "Bea,42,Rome,T10,26-40,2.5\n"
    "Cyd,NA,Bern,T1,65+,3.5\n"
    "Dan,27,Oslo,T2,18-25,\n";

}  // namespace

TEST_CASE("schema: numbers, ordered texts and categories are told apart, and the last text column is the class") {
  const Schema schema = schema_of(kPeople);
  CHECK(schema.task == Task::kClassification);
  CHECK(target_of(schema) == "group");
  REQUIRE(schema.columns.size() == 6);
  CHECK(schema.columns[0].kind == ColumnKind::kCategorical);
  CHECK(schema.columns[1].kind == ColumnKind::kNumeric);
  CHECK(schema.columns[2].kind == ColumnKind::kCategorical);
  CHECK(schema.columns[3].kind == ColumnKind::kOrdinal);
  CHECK(schema.columns[3].levels == Texts{"T1", "T2", "T10"});
  CHECK(schema.columns[4].levels.empty());
}

TEST_CASE("schema: a named target of fractions means regression, of whole numbers or words classification") {
  const Schema schema = schema_of(kPeople, "score");
  CHECK(schema.task == Task::kRegression);
  CHECK(target_of(schema) == "score");
  CHECK(schema.columns[4].kind == ColumnKind::kOrdinal);
  CHECK(schema.columns[4].levels == Texts{"18-25", "26-40", "65+"});
  CHECK(schema_of(kPeople, "city").task == Task::kClassification);
  CHECK(schema_of("x,k\n1,0\n2,1\n", "k").task == Task::kClassification);
  CHECK(schema_of("x,k\n1,0\n2,1\n", "k", Task::kRegression).task == Task::kRegression);
}

TEST_CASE("schema: without a class column the last numeric one is regressed on") {
  const Schema schema = schema_of("x,y\n1.5,0.5\n2.5,1.5\n");
  CHECK(schema.task == Task::kRegression);
  CHECK(target_of(schema) == "y");
  CHECK(target_of(schema_of(kPeople, "", Task::kRegression)) == "score");
}

TEST_CASE("schema: texts tell an order only when their first numbers differ and the same stands before them") {
  const auto kind_of = [](const Texts& cells) {
    std::string csv = "v,x,k\n";
    for (std::size_t i = 0; i < cells.size(); ++i) csv += cells[i] + (i % 2 == 0 ? ",1,a\n" : ",2,b\n");
    return schema_of(csv, "k").columns[0];
  };
  CHECK(kind_of({"2 rooms", "10 rooms", "1 room"}).levels == Texts{"1 room", "2 rooms", "10 rooms"});
  CHECK(kind_of({"v1.5", "v1.25", "v2"}).levels == Texts{"v1.25", "v1.5", "v2"});
  CHECK(kind_of({"10-20", "10-30"}).kind == ColumnKind::kCategorical);
  CHECK(kind_of({"a1", "b2"}).kind == ColumnKind::kCategorical);
  CHECK(kind_of({"low", "high"}).kind == ColumnKind::kCategorical);
  CHECK(kind_of({"same", "same"}).role == ColumnRole::kIgnored);
}

TEST_CASE("schema: 64 different texts are a category, 65 are names to be ignored") {
  const auto role_of = [](int count) {
    std::string csv = "v,x,k\n";
    for (int i = 0; i < count; ++i) {
      csv += std::string(1, static_cast<char>('a' + i % 26)) + static_cast<char>('a' + i / 26) + ",1," +
             (i % 2 == 0 ? "y\n" : "n\n");
    }
    return schema_of(csv).columns[0].role;
  };
  CHECK(role_of(64) == ColumnRole::kFeature);
  CHECK(role_of(65) == ColumnRole::kIgnored);
}

TEST_CASE("schema: what cannot be a target is refused with its column") {
  check_refusal([] { (void)schema_of(kPeople, "nobody"); }, ErrorCode::kCsvNoSuchColumn, "data.table",
                {{"column", "nobody"}});
  check_refusal([] { (void)schema_of(kPeople, "city", Task::kRegression); }, ErrorCode::kCsvNotANumber, "data.table",
                {{"value", "Bern"}, {"column", "city"}});
  check_refusal([] { (void)schema_of("x,y\n1.5,0.5\n2.5,1.5\n", "", Task::kClassification); }, ErrorCode::kCsvNoTarget,
                "data.table", {});
  check_refusal([] { (void)schema_of("x,k\n1,a\n2,a\n", "k"); }, ErrorCode::kCsvTargetClasses, "data.table",
                {{"column", "k"}, {"value", "1"}, {"max", "20"}});
  check_refusal([] { (void)schema_of("v,k\nsame,a\nsame,b\n"); }, ErrorCode::kCsvNoFeatures, "data.table", {});
  check_refusal([] { (void)schema_of("x,k\n"); }, ErrorCode::kCsvEmpty, "data.table", {});
}

TEST_CASE("schema: one that a person changed is checked against the table") {
  const CellTable table = read_cells(kPeople);
  const Schema sound = guess_schema(table, "");
  CHECK_NOTHROW(check_schema(table, sound));
  const auto check_bad = [&](const auto& change, const ErrorParams& params) {
    Schema schema = sound;
    change(schema);
    check_refusal([&] { check_schema(table, schema); }, ErrorCode::kBadInput, "data.table.columns", params);
  };
  check_bad([](Schema& s) { s.columns.pop_back(); },
            {{"what", "the number of columns"}, {"value", "5"}, {"expected", "6"}});
  check_bad([](Schema& s) { s.columns[1].name = "years"; },
            {{"what", "a column"}, {"value", "years"}, {"expected", "age"}});
  check_bad([](Schema& s) { s.columns[0].role = ColumnRole::kTarget; },
            {{"what", "the number of targets"}, {"value", "2"}, {"expected", "1"}});
  check_bad([](Schema& s) { s.task = Task::kRegression; },
            {{"what", "the target of regression"}, {"value", "categorical"}, {"expected", "numeric"}});
  check_bad([](Schema& s) { s.columns[3].levels = {"T1"}; },
            {{"what", "the number of values of size"}, {"value", "1"}, {"expected", "2 to 64"}});
  check_bad([](Schema& s) { s.columns[3].levels = {"T1", "T1"}; },
            {{"what", "the order of size"}, {"value", "repeated"}, {"expected", "each value once"}});
  check_bad(
      [](Schema& s) {
        for (ColumnSpec& spec : s.columns) {
          if (spec.role == ColumnRole::kFeature) spec.role = ColumnRole::kIgnored;
        }
      },
      {{"what", "the number of features"}, {"value", "0"}, {"expected", "at least 1"}});
}

TEST_CASE("schema: a minus at the beginning of a text is the sign of its number") {
  const Schema cold = schema_of("t,x,k\n-5 C,1,a\n-20 C,2,b\n-10 C,3,a\n5 C,4,b\n", "k");
  CHECK(cold.columns[0].kind == ColumnKind::kOrdinal);
  CHECK(cold.columns[0].levels == Texts{"-20 C", "-10 C", "-5 C", "5 C"});
  const std::vector<ColumnChoice> choices{{.name = "n", .kind = ColumnKind::kOrdinal}};
  const Schema numbers = guess_schema(read_cells("n,x,k\n-2,1,a\n10,2,b\n0,3,a\n-1,3,b\n2,1,a\n"), "k", {}, choices);
  CHECK(numbers.columns[0].levels == Texts{"-2", "-1", "0", "2", "10"});
  CHECK(schema_of("v,x,k\nT-3,1,a\nT-1,2,b\nT-2,3,a\n", "k").columns[0].levels == Texts{"T-1", "T-2", "T-3"});
}

TEST_CASE("schema: the kind chosen for the target says what is to be learnt of it, unless the task is said") {
  const CellTable table = read_cells("x,n\n1,0\n2,1\n3,0\n4,2\n");
  const auto task_of = [&](std::optional<Task> task, ColumnKind kind) {
    const std::vector<ColumnChoice> choices{{.name = "n", .kind = kind}};
    return guess_schema(table, "n", task, choices).task;
  };
  CHECK(guess_schema(table, "n").task == Task::kClassification);
  CHECK(task_of({}, ColumnKind::kNumeric) == Task::kRegression);
  CHECK(task_of({}, ColumnKind::kCategorical) == Task::kClassification);
  CHECK(task_of(Task::kClassification, ColumnKind::kNumeric) == Task::kClassification);
  CHECK(task_of(Task::kRegression, ColumnKind::kNumeric) == Task::kRegression);
  check_refusal([&] { (void)task_of(Task::kRegression, ColumnKind::kOrdinal); }, ErrorCode::kBadInput,
                "data.table.columns[0].kind",
                {{"what", "the kind of n"}, {"value", "ordinal"}, {"expected", "numeric: the task is regression"}});
}

TEST_CASE("schema: what only features have is refused for the target") {
  const CellTable table = read_cells("x,k\n1,a\n2,b\n");
  const auto check_bad = [&](ColumnChoice choice, const std::string& field, const ErrorParams& params) {
    const std::vector<ColumnChoice> choices{{.name = "x"}, std::move(choice)};
    check_refusal([&] { (void)guess_schema(table, "k", {}, choices); }, ErrorCode::kBadInput,
                  "data.table.columns[1]." + field, params);
  };
  check_bad({.name = "k", .order = "a|b"}, "order",
            {{"what", "the order of k"}, {"value", "a|b"}, {"expected", "none: it is the target"}});
  check_bad({.name = "k", .embedding = 2}, "embedding",
            {{"what", "the embedding of k"}, {"value", "2"}, {"expected", "0: it is the target"}});
}

TEST_CASE("schema: values are counted to a thousand") {
  std::string csv = "x,k\n";
  for (int i = 0; i < 1500; ++i) csv += "1,k" + std::to_string(i) + "\n";
  check_refusal([&] { (void)schema_of(csv, "k"); }, ErrorCode::kCsvTargetClasses, "data.table",
                {{"column", "k"}, {"value", "1000+"}, {"max", "20"}});
}
