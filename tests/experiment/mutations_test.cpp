#include <catch2/catch_test_macros.hpp>

#include "engine/core/random.h"
#include "tests/support/documents.h"

using namespace athanor;
using namespace athanor::testing;

namespace {

/// Reads a document as a page hands it in. What it cannot run must come back as an Error; anything else fails the test.
bool is_runnable(const std::string& text) {
  try {
    const Json document = complete(parse_json(text));
    (void)read_experiment(document);
    REQUIRE(complete(document) == document);
    return true;
  } catch (const Error& error) {
    REQUIRE_FALSE(std::string(error.what()).empty());
    return false;
  }
}

/// Every place in a document, so that each can be replaced.
void collect(const Json& value, const Json::json_pointer& at, std::vector<Json::json_pointer>& places) {
  places.push_back(at);
  if (value.is_object()) {
    for (const auto& [key, member] : value.items()) collect(member, at / key, places);
  } else if (value.is_array()) {
    for (std::size_t i = 0; i < value.size(); ++i) collect(value[i], at / i, places);
  }
}

}  // namespace

TEST_CASE("eight thousand damaged document texts give an error or a valid document") {
  const std::string original = default_document().dump(1);
  constexpr std::string_view kTroublesome = "{}[]\",:.-+eE0192ntf\\u \n\xFF";
  int runnable = 0;
  for (std::uint32_t seed = 0; seed < 8000; ++seed) {
    INFO("seed " << seed);
    Random random(seed, Stream::kGenerate, 91);
    std::string text = original;
    const std::uint32_t edits = 1 + random.below(3);
    for (std::uint32_t edit = 0; edit < edits; ++edit) {
      const std::size_t at = random.below(static_cast<std::uint32_t>(text.size()));
      const char byte = kTroublesome[random.below(static_cast<std::uint32_t>(kTroublesome.size()))];
      switch (random.below(4)) {
        case 0:
          text[at] = byte;
          break;
        case 1:
          text.insert(at, 1, byte);
          break;
        case 2:
          text.erase(at, 1 + random.below(4));
          break;
        default:
          text[at] = static_cast<char>(random.below(256));
      }
    }
    runnable += is_runnable(text) ? 1 : 0;
  }
  // Both outcomes were reached.
  CHECK(runnable > 50);
  CHECK(runnable < 7000);
}

TEST_CASE("every member replaced by every kind of value gives an error or a valid document") {
  const Json original = document_with({{"data.table.csv", "x,k\n1,a\n"}});
  std::vector<Json::json_pointer> places;
  collect(original, Json::json_pointer(), places);
  const std::vector<Json> values{nullptr,
                                 true,
                                 false,
                                 0,
                                 -1,
                                 1,
                                 2.5,
                                 1e300,
                                 -0.0,
                                 "",
                                 "spirals",
                                 std::string(300, 'x'),
                                 "\xFF",
                                 Json::array(),
                                 Json::object(),
                                 Json::array({1, Json::object()}),
                                 Json::object({{"units", 3}}),
                                 9223372036854775807,
                                 18446744073709551615U};
  int runnable = 0;
  for (const Json::json_pointer& place : places) {
    for (const Json& value : values) {
      Json document = original;
      document[place] = value;
      INFO(place.to_string());
      const std::vector<Error> problems = validate(document);
      const bool is_valid = problems.empty();
      CHECK((code_of([&] { (void)complete(document); }).empty()) == is_valid);
      if (is_valid) (void)read_experiment(complete(document));
      runnable += is_valid ? 1 : 0;
    }
  }
  CHECK(runnable > 50);
}
