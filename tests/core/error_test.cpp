#include "engine/core/error.h"

#include <catch2/catch_test_macros.hpp>
#include <limits>
#include <set>

using namespace athanor;

TEST_CASE("an error says the place and the values, and keeps them apart for translation") {
  const Error error(ErrorCode::kOutOfRange, "training.learning_rate",
                    {{"path", "training.learning_rate"}, {"value", "99"}, {"min", "1e-6"}, {"max", "10"}});
  CHECK(std::string(error.what()) == "training.learning_rate: training.learning_rate is 99; allowed are 1e-6 to 10.");
  CHECK(error_name(error.code()) == "out_of_range");
  CHECK(error.place() == "training.learning_rate");
  CHECK(error.params()[1].second == "99");
}

TEST_CASE("every code has a name of its own") {
  std::set<std::string_view> names;
  for (int i = 0; i < kErrorCodeCount; ++i) names.insert(error_name(static_cast<ErrorCode>(i)));
  CHECK(names.size() == kErrorCodeCount);
}

TEST_CASE("a value that looks like a parameter is not replaced again") {
  CHECK(error_sentence(ErrorCode::kBadJson, {{"detail", "{detail} {x}"}}) == "This is not valid JSON: {detail} {x}.");
  CHECK(error_sentence(ErrorCode::kBadJson, {}) == "This is not valid JSON: ?.");
}

TEST_CASE("numbers in messages are short and read back") {
  CHECK(number_text(0.1) == "0.1");
  CHECK(number_text(100000) == "100000");
  CHECK(number_text(1e-6) == "1e-6");
  CHECK(number_text(-1.5e-12) == "-1.5e-12");
  CHECK(number_text(std::numeric_limits<double>::quiet_NaN()) == "NaN");
  CHECK(number_text(-std::numeric_limits<double>::infinity()) == "-Infinity");
}

TEST_CASE("an excerpt never cuts a character in two") {
  std::string chinese;
  for (int i = 0; i < 40; ++i) chinese += "炉";
  const std::string cut = excerpt(chinese);
  CHECK(cut.size() == 60 + std::string("…").size());
  CHECK(excerpt("short") == "short");
  CHECK(excerpt("a" + chinese).size() == 58 + std::string("…").size());
}
