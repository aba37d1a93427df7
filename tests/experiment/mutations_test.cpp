// Documents damaged on purpose: each is refused with an error that says where, or it is a valid one, and then it runs.
#include <catch2/catch_test_macros.hpp>
#include <set>

#include "engine/core/random.h"
#include "tests/support/refusals.h"
#include "tests/support/sessions.h"

using namespace athanor;
using namespace athanor::testing;

namespace {

/// The document with what only takes time made small, where it stays valid without.
Json made_quick(Json document) {
  const auto lower = [&document](const std::string& path, int most) {
    const Json::json_pointer place(path);
    if (document.at(place) <= most) return;
    Json lowered = document;
    lowered[place] = most;
    if (validate(lowered).empty()) document = std::move(lowered);
  };
  lower("/data/samples", 40);
  lower("/augment/copies", 1);
  lower("/done/max_epochs", 2);
  for (std::size_t k = 0; k < document["model"]["layers"].size(); ++k) {
    lower("/model/layers/" + std::to_string(k) + "/units", 8);
  }
  return document;
}

struct Outcomes {
  int refused = 0;            // by validation
  int failed = 0;             // while running
  int finished = 0;           // to the end
  std::set<std::string> run;  // the valid ones: the same one again says nothing new
};

/// Runs a valid document to its end, unit by unit. It ends within so many units, in a measure or in an error that says
/// where.
void run_whole(const Json& document, Outcomes& outcomes) {
  if (!outcomes.run.insert(document.dump()).second) return;
  Session session(made_quick(document));
  // A unit is a batch or a stage at most, so nothing may take longer; clocks are not asked.
  constexpr int kMostUnits = 1000;
  try {
    for (int unit = 0; unit < kMostUnits && !session.pipeline().is_finished(); ++unit) session.advance(0, 1);
    REQUIRE(session.pipeline().is_finished());
    REQUIRE(session.pipeline().run().train_measures.has_value());
    ++outcomes.finished;
  } catch (const Error& error) {
    require_told(error);
    ++outcomes.failed;
  }
}

/// Reads a document as a page hands it in, and runs it when it is valid. What cannot be run must come back as an Error;
/// anything else fails the test.
void try_text(const std::string& text, Outcomes& outcomes) {
  Json document;
  try {
    document = complete(parse_json(text));
    REQUIRE(complete(document) == document);
  } catch (const Error& error) {
    require_told(error);
    ++outcomes.refused;
    return;
  }
  run_whole(document, outcomes);
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

TEST_CASE("eight thousand damaged document texts give an error or a document that runs") {
  const std::string original = default_document().dump(1);
  const std::size_t last_digit = original.find_last_of("0123456789");
  constexpr std::string_view kTroublesome = "{}[]\",:.-+eE0192ntf\\u \n\xFF";
  Outcomes outcomes;
  for (std::uint32_t seed = 0; seed < 8000; ++seed) {
    INFO("seed " << seed);
    Random random(seed, Stream::kGenerate, 91);
    std::string text = original;
    const std::uint32_t edits = 1 + random.below(3);
    for (std::uint32_t edit = 0; edit < edits; ++edit) {
      const std::size_t at = random.below(static_cast<std::uint32_t>(text.size()));
      const char byte = kTroublesome[random.below(static_cast<std::uint32_t>(kTroublesome.size()))];
      // Half of them change digits alone, which leaves many documents valid.
      switch (seed % 2 == 0 ? 4 : random.below(4)) {
        case 0:
          text[at] = byte;
          break;
        case 1:
          text.insert(at, 1, byte);
          break;
        case 2:
          text.erase(at, 1 + random.below(4));
          break;
        case 3:
          text[at] = static_cast<char>(random.below(256));
          break;
        default:
          text[text.find_first_of("0123456789", at % last_digit)] = static_cast<char>('0' + random.below(10));
      }
    }
    try_text(text, outcomes);
  }
  // Every outcome was reached.
  CHECK(outcomes.refused > 4000);
  CHECK(outcomes.finished > 800);
}

TEST_CASE("every member replaced by every kind of value gives an error or a document that runs") {
  std::string csv = "x,town,k\n";
  for (int i = 0; i < 20; ++i)
    csv += std::to_string(i) + (i % 3 == 0 ? ",Rome" : ",Bern") + (i % 2 == 0 ? ",a\n" : ",b\n");
  const Json columns = Json::array({{{"name", "town"}, {"embedding", 2}}});
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
                                 "table",
                                 std::string(300, 'x'),
                                 "\xFF",
                                 Json::array(),
                                 Json::object(),
                                 Json::array({1, Json::object()}),
                                 Json::object({{"units", 3}}),
                                 9223372036854775807,
                                 18446744073709551615U};
  Outcomes outcomes;
  for (const Json& original :
       {document_with({{"data.table.csv", csv}}), table_document(csv, {{"data.table.columns", columns}})}) {
    std::vector<Json::json_pointer> places;
    collect(original, Json::json_pointer(), places);
    for (const Json::json_pointer& place : places) {
      for (const Json& value : values) {
        Json document = original;
        document[place] = value;
        INFO(place.to_string() << " of a " << original.at("data").at("source"));
        const std::vector<Error> problems = validate(document);
        for (const Error& problem : problems) require_told(problem);
        CHECK((code_of([&] { (void)complete(document); }).empty()) == problems.empty());
        if (problems.empty()) run_whole(complete(document), outcomes);
      }
    }
  }
  CHECK(outcomes.failed > 3);  // tables that are none
  CHECK(outcomes.finished > 150);
}
