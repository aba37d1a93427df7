// The engine's tables as JSON: every row is there under the name documents and pages use, with its meaning.
#include <catch2/catch_test_macros.hpp>
#include <set>

#include "engine/core/error.h"
#include "engine/data/generators.h"
#include "engine/experiment/presets.h"
#include "engine/graph/op_row.h"
#include "engine/optim/optimizer.h"
#include "engine/pipeline/run.h"
#include "engine/session/reference.h"
#include "tests/support/sessions.h"

using namespace athanor;
using namespace athanor::testing;

namespace {

/// The values under `key`, each of which must be there once and be no empty text.
std::vector<std::string> texts(const Json& list, const char* key) {
  std::vector<std::string> values;
  for (const Json& entry : list) values.push_back(entry.at(key));
  for (const std::string& value : values) CHECK_FALSE(value.empty());
  return values;
}

void check_names(const Json& list, const char* key, std::size_t count) {
  const std::vector<std::string> names = texts(list, key);
  CHECK(names.size() == count);
  CHECK(std::set<std::string>(names.begin(), names.end()).size() == count);
}

Json entry_of(const Json& list, const char* key, std::string_view name) {
  for (const Json& entry : list) {
    if (entry.at(key) == name) return entry;
  }
  FAIL("no " << name);
  return {};
}

}  // namespace

TEST_CASE("tables: every op, in the table's order, with what can be done with it") {
  const Json ops = describe_ops();
  check_names(ops, "name", kOpCount);
  (void)texts(ops, "meaning");
  (void)texts(ops, "onnx");
  CHECK(ops[static_cast<std::size_t>(Op::kMatmul)] == entry_of(ops, "name", "matmul"));
  const Json matmul = entry_of(ops, "name", "matmul");
  CHECK(matmul.at("arity") == 2);
  CHECK(matmul.at("hasGradient") == true);
  CHECK(matmul.at("inPlace") == false);
  CHECK(entry_of(ops, "name", "relu").at("inPlace") == true);
  CHECK(entry_of(ops, "name", "sign").at("hasGradient") == false);
}

TEST_CASE("tables: every stage of the flowchart, the question among them") {
  const Json stages = describe_stages();
  check_names(stages, "id", kStageCount);
  (void)texts(stages, "meaning");
  for (const Json& stage : stages) CHECK(stage.at("decision") == (stage.at("id") == "done"));
}

TEST_CASE("tables: every optimiser, with the numbers it keeps and whether it decays weights") {
  const Json optimizers = describe_optimizers();
  check_names(optimizers, "name", kOptimizerNames.size());
  (void)texts(optimizers, "meaning");
  CHECK(entry_of(optimizers, "name", "adam").at("slots") == 2);
  CHECK(entry_of(optimizers, "name", "adam").at("decays") == false);
  CHECK(entry_of(optimizers, "name", "adamw").at("decays") == true);
}

TEST_CASE("tables: every error code with its sentence") {
  const Json errors = describe_errors();
  check_names(errors, "code", kErrorCodeCount);
  (void)texts(errors, "sentence");
  CHECK(entry_of(errors, "code", "unknown_field").at("sentence") == "There is no field {path}.");
}

TEST_CASE("tables: every generator draws the columns and classes it is said to draw") {
  const Json generators = describe_generators();
  check_names(generators, "name", kGeneratorCount);
  (void)texts(generators, "meaning");
  for (const Json& generator : generators) {
    INFO(generator.dump());
    for (const int classes : {2, 5}) {
      Session session(quick_document(
          {{"data.generator", generator.at("name")}, {"data.classes", classes}, {"clean.duplicates", "keep"}}));
      session.step_stage();
      const Dataset& data = session.pipeline().run().data;
      CHECK(generator.at("dimensions") == data.columns.size());
      CHECK(generator.at("task") == (data.task == Task::kRegression ? "regression" : "classification"));
      const std::size_t said = generator.at(classes == 2 ? "leastClasses" : "mostClasses");
      CHECK(data.classes.size() == said);
    }
  }
}

TEST_CASE("tables: every preset with a document that the engine takes") {
  const Json list = describe_presets();
  check_names(list, "name", presets().size());
  (void)texts(list, "meaning");
  for (const Json& preset : list) {
    INFO(preset.at("name"));
    Json document = preset.at("document");
    const std::string table = preset.at("table");
    if (!table.empty()) document["data"]["table"]["csv"] = shipped_table(table);
    CHECK_NOTHROW(complete(document));
  }
}
