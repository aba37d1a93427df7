#include "engine/experiment/fields.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <set>

#include "tests/support/documents.h"

using namespace athanor;
using namespace athanor::testing;

namespace {

bool is_number(FieldType type) { return type == FieldType::kInteger || type == FieldType::kNumber; }

/// A field by its path as with_field takes it, the fields of the first layer among them.
struct Place {
  std::string path;
  FieldType type;
  double initial;
  double min;
  double max;
  std::span<const std::string_view> choices;
  Effect effect;
};

std::vector<Place> places() {
  std::vector<Place> all;
  const auto add = [&](const auto& field, const std::string& prefix) {
    all.push_back({prefix + std::string(field.path), field.type, field.initial, field.min, field.max, field.choices,
                   field.effect});
  };
  for (const Field& field : fields()) add(field, "");
  for (const LayerField& field : layer_fields()) add(field, "model.layers[0].");
  for (const ColumnField& field : column_fields()) add(field, "data.table.columns[0].");
  return all;
}

Json as_json(const Place& place, double number) {
  if (place.type == FieldType::kInteger) return static_cast<std::int64_t>(number);
  return number;
}

/// Sets a value without the conditions between fields getting in the way.
Json roomy_document() {
  return document_with(
      {{"split.validation", 0}, {"split.test", 0}, {"data.table.columns", Json::array({Json::object()})}});
}

/// The value at a field's path: "model.layers[0].units" is /model/layers/0/units.
Json member_of(const Json& document, const std::string& path) {
  std::string pointer = "/";
  for (const char c : path) {
    if (c == '.' || c == '[') pointer += '/';
    if (c != '.' && c != '[' && c != ']') pointer += c;
  }
  return document.at(Json::json_pointer(pointer));
}

void check_refused(const Place& place, const Json& value, ErrorCode code) {
  INFO(place.path << " = " << value.dump().substr(0, 80));
  const Json document = roomy_document();
  const Error error = error_of([&] { (void)with_field(document, place.path, value); });
  CHECK(error.code() == code);
  CHECK(error.place() == place.path);
  CHECK(param(error, "path") == place.path);
  CHECK(document == roomy_document());
}

}  // namespace

TEST_CASE("fields: every path is there once, with a meaning, a since and a range that holds its default") {
  std::set<std::string> paths;
  for (const Json& field : describe_fields()) {
    const std::string path = field.at("path");
    INFO(path);
    CHECK(paths.insert(path).second);
    CHECK(field.at("meaning").get<std::string>().size() > 10);
    CHECK(field.at("since") == 1);
    CHECK((field.at("effect") == "live" || field.at("effect") == "restart"));
    if (field.at("type") == "integer" || field.at("type") == "number") {
      CHECK(field.at("default") >= field.at("min"));
      CHECK(field.at("default") <= field.at("max"));
      CHECK((field.at("scale") == "linear" || field.at("scale") == "log" || field.at("scale") == "log_to_one"));
    }
    if (field.at("type") == "choice") CHECK(field.at("choices").size() >= 2);
  }
  CHECK(paths.size() == fields().size() + layer_fields().size() + column_fields().size());
  CHECK(paths.count("model.layers[].units") == 1);
}

TEST_CASE("fields: a scale begins above 0 or with 0 and its first value, and ends before 1 where it goes towards it") {
  std::set<std::string> towards_one;
  std::set<std::string> from_zero;
  for (const Json& field : describe_fields()) {
    if (!field.contains("scale")) continue;
    const std::string path = field.at("path");
    INFO(path);
    if (field.at("scale") == "log_to_one") {
      towards_one.insert(path);
      CHECK(field.at("max") < 1);
      CHECK_FALSE(field.contains("first"));
    }
    if (!field.contains("first")) {
      CHECK((field.at("scale") != "log" || field.at("min") > 0));
      continue;
    }
    if (field.at("scale") == "log") from_zero.insert(path);
    CHECK(field.at("min") == 0);
    CHECK(field.at("first") > 0);
    CHECK(field.at("first") < field.at("max"));
  }
  CHECK(towards_one == std::set<std::string>{"training.momentum", "training.beta1", "training.beta2", "training.rho",
                                             "training.average"});
  for (const char* path : {"training.l1", "training.l2", "training.weight_decay", "training.clip_norm",
                           "training.clip_value", "done.patience", "optimise.threshold"}) {
    INFO(path);
    CHECK(from_zero.contains(path));
  }
}

TEST_CASE("fields: the first value that a scale offers above 0 is taken") {
  int firsts = 0;
  for (const Json& field : describe_fields()) {
    if (!field.contains("first")) continue;
    std::string path = field.at("path");
    if (const auto list = path.find("[]"); list != std::string::npos) path.replace(list, 2, "[0]");
    INFO(path);
    ++firsts;
    Json first = field.at("first");
    if (field.at("type") == "integer") first = static_cast<std::int64_t>(first.get<double>());
    CHECK(validate(with_field(roomy_document(), path, first)).empty());
  }
  CHECK(firsts >= 12);
}

TEST_CASE("fields: a condition names a field that exists and values it can have") {
  int conditions = 0;
  const Json rows = describe_fields();
  for (const Json& field : rows) {
    if (!field.contains("when")) continue;
    const Json& when = field.at("when");
    INFO(field.at("path"));
    ++conditions;
    const auto found =
        std::find_if(rows.begin(), rows.end(), [&](const Json& other) { return other.at("path") == when.at("path"); });
    REQUIRE(found != rows.end());
    if (found->at("type") == "choice") {
      CHECK_FALSE(when.at("choices").empty());
      CHECK_FALSE(when.contains("least"));
      for (const Json& choice : when.at("choices")) {
        CHECK(std::find(found->at("choices").begin(), found->at("choices").end(), choice) !=
              found->at("choices").end());
      }
    } else {
      CHECK_FALSE(when.contains("choices"));
      const double most = found->at("type") == "boolean" ? 1 : found->at("max").get<double>();
      CHECK(when.at("least") > 0);
      CHECK(when.at("least") <= most);
    }
  }
  CHECK(conditions >= 30);
}

TEST_CASE("fields: the least and the greatest value are taken") {
  for (const Place& place : places()) {
    if (!is_number(place.type)) continue;
    INFO(place.path);
    for (const double value : {place.min, place.max}) {
      const Json document = with_field(roomy_document(), place.path, as_json(place, value));
      CHECK(validate(document).empty());
      CHECK(with_field(document, place.path, as_json(place, value)) == document);
    }
  }
}

TEST_CASE("fields: a value just outside its range is refused with path, value and range") {
  for (const Place& place : places()) {
    if (!is_number(place.type)) continue;
    for (const bool above : {false, true}) {
      const double bound = above ? place.max : place.min;
      double value = above ? bound + 1 : bound - 1;
      if (place.type == FieldType::kNumber) value = std::nextafter(bound, above ? HUGE_VAL : -HUGE_VAL);
      check_refused(place, as_json(place, value), ErrorCode::kOutOfRange);
      const Error error = error_of([&] { (void)with_field(roomy_document(), place.path, as_json(place, value)); });
      CHECK(param(error, "value") == number_text(value));
      CHECK(param(error, "min") == number_text(place.min));
      CHECK(param(error, "max") == number_text(place.max));
    }
    check_refused(place, std::nan(""), ErrorCode::kOutOfRange);
    check_refused(place, -HUGE_VAL, ErrorCode::kOutOfRange);
    check_refused(place, HUGE_VAL, ErrorCode::kOutOfRange);
  }
}

TEST_CASE("fields: whole numbers may be written as 16.0 but not as 16.5") {
  CHECK(read_experiment(document_with({{"training.batch_size", 20.0}})).batch_size == 20);
  for (const Place& place : places()) {
    if (place.type == FieldType::kInteger) check_refused(place, place.min + 0.5, ErrorCode::kWrongType);
  }
}

TEST_CASE("fields: a value of another type is refused at its path") {
  const std::vector<Json> samples{nullptr, true, 1, "text", Json::array(), Json::object()};
  for (const Place& place : places()) {
    for (const Json& value : samples) {
      const bool fits =
          (is_number(place.type) && value.is_number()) || (place.type == FieldType::kBoolean && value.is_boolean()) ||
          (place.type == FieldType::kText && value.is_string()) || (place.type == FieldType::kList && value.is_array());
      if (fits) continue;
      const bool is_choice = place.type == FieldType::kChoice;
      check_refused(place, value, is_choice ? ErrorCode::kNotAChoice : ErrorCode::kWrongType);
    }
  }
}

TEST_CASE("fields: every choice is taken, another is refused with the list of choices") {
  for (const Place& place : places()) {
    if (place.type != FieldType::kChoice) continue;
    std::string list;
    for (const std::string_view choice : place.choices) {
      list += (list.empty() ? "" : ", ") + std::string(choice);
      if (choice == "table") continue;  // needs a table
      const Json changed = with_field(roomy_document(), place.path, choice);
      CHECK(member_of(changed, place.path) == std::string(choice));
    }
    check_refused(place, "gauss", ErrorCode::kNotAChoice);
    const Error error = error_of([&] { (void)with_field(roomy_document(), place.path, "gauss"); });
    CHECK(param(error, "choices") == list);
    CHECK(param(error, "value") == "\"gauss\"");
  }
}

TEST_CASE("fields: texts and lists are taken up to their length and refused beyond") {
  for (const Place& place : places()) {
    const auto most = static_cast<std::size_t>(place.max);
    if (place.type == FieldType::kText) {
      const bool is_reference = place.path.ends_with("residual");  // must name a layer: tested with the models
      if (!is_reference) CHECK(validate(with_field(roomy_document(), place.path, std::string(most, 'x'))).empty());
      check_refused(place, std::string(most + 1, 'x'), ErrorCode::kTooLong);
    }
    if (place.type == FieldType::kList) {
      const Json items(most, Json::object());
      CHECK(member_of(with_field(default_document(), place.path, items), place.path).size() == most);
      check_refused(place, Json(most + 1, Json::object()), ErrorCode::kTooLong);
      CHECK(member_of(with_field(default_document(), place.path, Json::array()), place.path).empty());
    }
  }
}

TEST_CASE("fields: live ones are those of training, optimise and done, and what keeps every shape") {
  for (const Place& place : places()) {
    INFO(place.path);
    const auto ends = [&](const char* text) { return place.path.ends_with(text); };
    const bool is_of_layer = place.path.starts_with("model.layers[");
    const bool keeps_shape = ends("activation") || (is_of_layer && (ends("].dropout") || ends("].residual"))) ||
                             (is_of_layer && ends("].name")) || place.path == "data.table.name";
    const bool expected = keeps_shape || place.path.starts_with("training.") || place.path.starts_with("optimise.") ||
                          place.path.starts_with("done.");
    CHECK(is_live(place.path) == expected);
  }
  CHECK(code_of([] { (void)is_live("training.speed"); }) == "unknown_field");
}
