#include "engine/experiment/document.h"

#include <catch2/catch_test_macros.hpp>

#include "engine/experiment/fields.h"
#include "tests/support/documents.h"

using namespace athanor;
using namespace athanor::testing;

namespace {

struct Problem {
  std::string code;
  std::string path;
  bool operator==(const Problem&) const = default;
};

std::vector<Problem> problems_of(const std::string& text) {
  std::vector<Problem> problems;
  for (const Error& error : validate(parse_json(text))) {
    problems.push_back({std::string(error_name(error.code())), error.place()});
  }
  return problems;
}

std::string nested(int levels) {
  return std::string(static_cast<std::size_t>(levels), '[') + std::string(static_cast<std::size_t>(levels), ']');
}

}  // namespace

TEST_CASE("the default document is complete, valid and what an empty one is completed to") {
  const Json document = default_document();
  CHECK(validate(document).empty());
  CHECK(complete(Json::object()) == document);
  CHECK(complete(document) == document);
  CHECK(document.at("athanor") == kDocumentVersion);
  for (const Field& field : fields()) {
    std::string pointer = "/" + std::string(field.path);
    for (char& c : pointer) c = c == '.' ? '/' : c;
    INFO(pointer);
    REQUIRE(document.contains(Json::json_pointer(pointer)));
    CHECK(document.at(Json::json_pointer(pointer)) == default_value(field));
  }
  for (const Json& layer : document.at("model").at("layers")) CHECK(layer.size() == layer_fields().size());
}

TEST_CASE("a document keeps what it says, and layers are filled up too") {
  const Json document = complete(parse_json(
      R"({"seed": 3, "model": {"layers": [{"units": 5}, {"activation": "tanh"}]}, "training": {"momentum": 0}})"));
  CHECK(document.at("seed") == 3);
  CHECK(document.at("training").at("momentum") == 0);
  CHECK(document.at("training").at("optimizer") == default_document().at("training").at("optimizer"));
  const Json& layers = document.at("model").at("layers");
  REQUIRE(layers.size() == 2);
  CHECK(layers[0].at("units") == 5);
  CHECK(layers[0].at("dropout") == 0);
  CHECK(layers[1].at("activation") == "tanh");
}

TEST_CASE("a completed document goes through text and back unchanged") {
  const Json document = document_with({{"training.learning_rate", 0.1}, {"seed", 4294967295U}});
  CHECK(parse_json(document.dump()) == document);
  CHECK(complete(parse_json(document.dump(2))) == document);
}

TEST_CASE("unknown fields are refused with their whole path") {
  CHECK(problems_of(R"({"speed": 1})") == std::vector<Problem>{{"unknown_field", "speed"}});
  CHECK(problems_of(R"({"": 1})") == std::vector<Problem>{{"unknown_field", ""}});
  CHECK(problems_of(R"({"training": {"speed": 1}})") == std::vector<Problem>{{"unknown_field", "training.speed"}});
  CHECK(problems_of(R"({"data": {"table": {"rows": 1}}})") ==
        std::vector<Problem>{{"unknown_field", "data.table.rows"}});
  CHECK(problems_of(R"({"model": {"layers": [{}, {"width": 1}]}})") ==
        std::vector<Problem>{{"unknown_field", "model.layers[1].width"}});
  CHECK(problems_of(R"({"training": {"athanor": 1}})") == std::vector<Problem>{{"unknown_field", "training.athanor"}});
}

TEST_CASE("a member whose name is a dotted path is unknown, not silently without effect") {
  CHECK(problems_of(R"({"training.learning_rate": 0.5})").size() == 1);
  CHECK(problems_of(R"({"data": {"table.csv": "x"}})").size() == 1);
  CHECK(problems_of(R"({"data.table": {"csv": "x"}})").size() == 1);
}

TEST_CASE("every problem of a document is told, in the document's order") {
  CHECK(problems_of(R"({"seed": -1, "training": {"loss": "anger", "momentum": "much"},
                        "model": {"layers": [{"units": 0}, 7, {"dropout": 0.95, "activation": 1}]}})") ==
        std::vector<Problem>{{"out_of_range", "seed"},
                             {"not_a_choice", "training.loss"},
                             {"wrong_type", "training.momentum"},
                             {"out_of_range", "model.layers[0].units"},
                             {"wrong_type", "model.layers[1]"},
                             {"out_of_range", "model.layers[2].dropout"},
                             {"not_a_choice", "model.layers[2].activation"}});
}

TEST_CASE("sections and the document itself must be objects") {
  CHECK(problems_of("[]") == std::vector<Problem>{{"wrong_type", "document"}});
  CHECK(problems_of("null") == std::vector<Problem>{{"wrong_type", "document"}});
  CHECK(problems_of(R"({"training": 3})") == std::vector<Problem>{{"wrong_type", "training"}});
  CHECK(problems_of(R"({"data": {"table": null}})") == std::vector<Problem>{{"wrong_type", "data.table"}});
}

TEST_CASE("versions this engine does not know are refused") {
  CHECK(problems_of(R"({"athanor": 1})").empty());
  for (const char* version : {"0", "2", "-1", "1.5", "\"1\"", "null", "true", "[1]"}) {
    INFO(version);
    const std::vector<Error> problems = validate(parse_json(std::string(R"({"athanor": )") + version + "}"));
    REQUIRE(problems.size() == 1);
    CHECK(problems[0].code() == ErrorCode::kUnsupportedVersion);
    CHECK(problems[0].place() == "athanor");
    CHECK(param(problems[0], "value") == version);
    CHECK(param(problems[0], "max") == "1");
  }
}

TEST_CASE("a tenth of the rows must be left for training") {
  CHECK(problems_of(R"({"split": {"validation": 0.45, "test": 0.45}})").empty());
  CHECK(problems_of(R"({"split": {"validation": 0.1, "test": 0.8}})").empty());
  const std::vector<Error> problems = validate(parse_json(R"({"split": {"validation": 0.5, "test": 0.45}})"));
  REQUIRE(problems.size() == 1);
  CHECK(problems[0].code() == ErrorCode::kSplitTooSmall);
  CHECK(problems[0].place() == "split");
  CHECK(param(problems[0], "value") == "0.05");
}

TEST_CASE("a table as source needs a table") {
  CHECK(problems_of(R"({"data": {"source": "table"}})") == std::vector<Problem>{{"csv_empty", "data.table.csv"}});
}

TEST_CASE("text that is no JSON is refused with line and column") {
  const auto place_of = [](const std::string& text) {
    const Error error = error_of([&] { (void)parse_json(text); });
    CHECK(error.code() == ErrorCode::kBadJson);
    return param(error, "line") + ":" + param(error, "column");
  };
  CHECK(place_of("{\"seed\": 1,}") == "1:12");
  CHECK(place_of("{\n  \"seed\": 1\n  \"data\": {}\n}") == "3:8");
  CHECK(place_of("nul") == "1:4");
  CHECK(place_of("{} x") == "1:4");
  CHECK(place_of("") == "1:1");
  CHECK(place_of("{\n\n\"a\": \xFF}").starts_with("3:"));
}

TEST_CASE("text that is not UTF-8 is refused by its path: no checkpoint could hold it") {
  Json document = default_document();
  document["data"]["table"]["csv"] = "x,k\nZ\xFCrich,a\n";
  const Error error = error_of([&] { (void)complete(document); });
  CHECK(error.code() == ErrorCode::kWrongType);
  CHECK(error.place() == "data.table.csv");
  CHECK(param(error, "expected") == "text in UTF-8");
  document["data"]["table"]["csv"] = "x,k\nZ\xC3\xBCrich,a\n";
  CHECK(validate(document).empty());
  document["model"]["layers"][0]["name"] = "\xC3";
  CHECK(error_of([&] { (void)complete(document); }).place() == "model.layers[0].name");
}

TEST_CASE("numbers beyond what a double holds are refused as bad JSON, not passed on") {
  CHECK(code_of([] { (void)parse_json(R"({"training": {"learning_rate": 1e999}})"); }) == "bad_json");
  CHECK(code_of([] { (void)parse_json("-1e999"); }) == "bad_json");
  CHECK(parse_json("123456789012345678901234567890").is_number_float());
}

TEST_CASE("nesting is refused beyond sixteen levels, and no depth exhausts the stack") {
  CHECK(parse_json(nested(16)).is_array());
  CHECK(code_of([] { (void)parse_json(nested(17)); }) == "bad_json");
  CHECK(code_of([] { (void)parse_json(nested(1'000'000)); }) == "bad_json");
  // Brackets in texts are no levels, escaped quotes end none.
  CHECK(parse_json(R"(["[[[[[[[[[[[[[[[[[[[[", "\"[[[[[[[[[[[[[[[[[[", "\\"])").size() == 3);
  CHECK(code_of([] { (void)parse_json(R"(["\\", )" + nested(16) + "]"); }) == "bad_json");
  CHECK(code_of([] { (void)parse_json(std::string(1'000'000, '[')); }) == "bad_json");
}

TEST_CASE("many members are read in time that grows with them alone") {
  std::string list = "[{}";
  for (int i = 0; i < 200'000; ++i) list += ",{}";  // minutes, were each compared with all before it
  CHECK(parse_json(list + "]").size() == 200'001);
}

TEST_CASE("text beyond the limit is refused before it is read") {
  const Error error = error_of([] { (void)parse_json(std::string(kMaxDocumentBytes + 1, ' ')); });
  CHECK(error.code() == ErrorCode::kTooLong);
  CHECK(param(error, "max") == std::to_string(kMaxDocumentBytes));
}

TEST_CASE("a value in a message is cut to a readable length") {
  const std::vector<Error> problems = validate({{"seed", std::string(5000, 'x')}});
  REQUIRE(problems.size() == 1);
  CHECK(param(problems[0], "value").size() < 100);
  CHECK(validate({{std::string(5000, 'x'), 1}})[0].place().size() < 100);
}
