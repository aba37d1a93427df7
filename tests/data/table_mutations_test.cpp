#include <catch2/catch_test_macros.hpp>
#include <cmath>

#include "engine/core/random.h"
#include "engine/data/table.h"
#include "tests/support/documents.h"

using namespace athanor;
using namespace athanor::testing;

namespace {

/// What holds for every table, however damaged its text.
void check_invariants(const Table& table, std::size_t lines) {
  const Dataset& data = table.data;
  REQUIRE(data.features.size() == data.labels.size() * data.columns.size());
  REQUIRE(data.origins.size() == data.labels.size());
  REQUIRE(data.values.size() == (data.task == Task::kRegression ? data.labels.size() : 0));
  if (table.error) {
    REQUIRE(data.rows() == 0);
    REQUIRE_FALSE(std::string(table.error->what()).empty());
    return;
  }
  for (const std::int32_t label : data.labels) {
    REQUIRE(label >= 0);
    REQUIRE((data.task == Task::kRegression || static_cast<std::size_t>(label) < data.classes.size()));
  }
  for (const Real value : data.features) REQUIRE_FALSE(std::isinf(value));
  // Every line of the file is a header, a row, a problem, blank, or inside a quoted cell.
  REQUIRE(data.labels.size() + table.problems.size() + 1 <= lines);
  int line = 0;
  for (const RowProblem& problem : table.problems) {
    REQUIRE(problem.line >= line);
    line = problem.line;
    REQUIRE(static_cast<std::size_t>(problem.line) <= lines);
  }
}

std::size_t count_lines(const std::string& text) {
  std::size_t lines = 1;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool is_lone_return = text[i] == '\r' && (i + 1 == text.size() || text[i + 1] != '\n');
    if (text[i] == '\n' || is_lone_return) ++lines;
  }
  return lines;
}

}  // namespace

TEST_CASE("table: four thousand damaged copies of iris.csv are read without a crash or a throw") {
  const std::string original = iris_csv().substr(0, 1500);
  constexpr std::string_view kTroublesome = "\",\n\r\0;.-eE ?\xEF\xBB\xBF\xFF";
  int errors = 0;
  int problems = 0;
  for (std::uint32_t seed = 0; seed < 4000; ++seed) {
    INFO("seed " << seed);
    Random random(seed, Stream::kGenerate, 77);
    std::string text = original;
    const std::uint32_t edits = 1 + random.below(8);
    for (std::uint32_t edit = 0; edit < edits && !text.empty(); ++edit) {
      const std::size_t at = random.below(static_cast<std::uint32_t>(text.size()));
      const char byte = random.below(2) == 0
                            ? kTroublesome[random.below(static_cast<std::uint32_t>(kTroublesome.size()))]
                            : static_cast<char>(random.below(256));
      switch (random.below(5)) {
        case 0:
          text[at] = byte;
          break;
        case 1:
          text.insert(at, 1, byte);
          break;
        case 2:
          text.erase(at, 1 + random.below(20));
          break;
        case 3:
          text.insert(at, text.substr(random.below(static_cast<std::uint32_t>(text.size())), random.below(60)));
          break;
        default:
          text.resize(at);
      }
    }
    const Table table = read_table(text, {});
    check_invariants(table, count_lines(text));
    errors += table.error ? 1 : 0;
    problems += table.problems.empty() ? 0 : 1;
  }
  // The damage reached both kinds of trouble.
  CHECK(errors > 20);
  CHECK(problems > 1000);
}

TEST_CASE("table: two thousand texts of random bytes are read without a crash or a throw") {
  for (std::uint32_t seed = 0; seed < 2000; ++seed) {
    INFO("seed " << seed);
    Random random(seed, Stream::kGenerate, 78);
    constexpr std::string_view kLikely = "\"\",,,\n\n\r01a ";
    std::string text;
    const std::uint32_t size = random.below(300);
    for (std::uint32_t i = 0; i < size; ++i) {
      text += random.below(4) == 0 ? static_cast<char>(random.below(256))
                                   : kLikely[random.below(static_cast<std::uint32_t>(kLikely.size()))];
    }
    check_invariants(read_table(text, {}), count_lines(text));
  }
}
