// Categorical features embedded by a trained table.
#include <catch2/catch_approx.hpp>
#include <catch2/catch_test_macros.hpp>
#include <cmath>

#include "engine/pipeline/pipeline.h"
#include "tests/support/gradient_check.h"
#include "tests/support/sessions.h"

using namespace athanor;
using namespace athanor::testing;

namespace {

/// What a place sells depends on its city alone; the number beside it tells nothing.
std::string city_table() {
  std::string csv = "x,city,sold\n";
  const std::vector<std::pair<std::string, std::string>> cities{
      {"Bern", "yes"}, {"Rome", "no"}, {"Oslo", "yes"}, {"Riga", "no"}, {"Bonn", "yes"}};
  for (int i = 0; i < 100; ++i) {
    const auto& [city, sold] = cities[static_cast<std::size_t>(i * 7 % 5)];
    csv.append(std::to_string(i * 37 % 11)).append(".").append(std::to_string(i)).append(",");
    csv.append(city).append(",").append(sold).append("\n");
  }
  return csv;
}

Json embedded_document(Index size) {
  return table_document(city_table(), {{"data.table.columns", Json::array({{{"name", "city"}, {"embedding", size}}})},
                                       {"model.layers", Json::array({{{"units", 4}, {"activation", "tanh"}}})},
                                       {"training.learning_rate", 0.05},
                                       {"done.max_epochs", 60}});
}

}  // namespace

TEST_CASE("an embedded feature goes through its table and learns") {
  Session session(embedded_document(2));
  finish(session);
  const Run& run = session.pipeline().run();
  REQUIRE(run.spec.embeddings.size() == 1);
  CHECK(run.spec.embeddings[0].begin == 1);
  CHECK(run.spec.embeddings[0].levels == 5);
  CHECK(input_width(run.spec) == 3);
  const auto layout = run.trainer->layout();
  CHECK(layout[0].name == "embeddings.0.weight");
  CHECK(layout[0].shape == Shape{5, 2});
  CHECK(layout[1].name == "layers.0.weight");
  CHECK(layout[1].shape == Shape{3, 4});
  CHECK(value_of(run.test_measures).accuracy == 1);
}

TEST_CASE("an embedding is the row of its table: the sums are those of a dense layer over that row") {
  Session session(embedded_document(3));
  session.step_batch();
  const StepView view = session.next_step();
  const auto parameter = [&](const std::string& name) -> const ParameterView& {
    for (const ParameterView& one : view.parameters) {
      if (one.name == name) return one;
    }
    FAIL(name);
    return view.parameters[0];
  };
  const auto& table = parameter("embeddings.0.weight").before;
  const auto& weight = parameter("layers.0.weight").before;
  const auto& bias = parameter("layers.0.bias").before;
  for (std::size_t i = 0; i < view.rows.size(); ++i) {
    const Real* const row = view.features.data() + i * 6;
    const auto level = static_cast<std::size_t>(std::max_element(row + 1, row + 6) - (row + 1));
    REQUIRE(row[1 + level] == 1);
    for (std::size_t unit = 0; unit < 4; ++unit) {
      double sum = static_cast<double>(bias[unit]) + static_cast<double>(row[0]) * static_cast<double>(weight[unit]);
      for (std::size_t k = 0; k < 3; ++k) {
        sum += static_cast<double>(table[level * 3 + k]) * static_cast<double>(weight[(1 + k) * 4 + unit]);
      }
      CHECK(static_cast<double>(view.layers[0].sums[i * 4 + unit]) == Catch::Approx(sum).margin(1e-5));
    }
  }
  // Only rows of the table whose level is in the batch are moved by the gradient.
  for (std::size_t level = 0; level < 5; ++level) {
    bool is_in_batch = false;
    for (std::size_t i = 0; i < view.rows.size(); ++i) is_in_batch |= view.features[i * 6 + 1 + level] == 1;
    bool has_gradient = false;
    for (std::size_t k = 0; k < 3; ++k) {
      has_gradient |= parameter("embeddings.0.weight").gradient[level * 3 + k] != 0;
    }
    CHECK(has_gradient == is_in_batch);
  }
}

TEST_CASE("the residual edge from the input adds what the tables made of it") {
  Json document = embedded_document(2);
  document = with_field(document, "model.layers", Json::array({{{"units", 3}, {"residual", "input"}}}));
  Session session(document);
  session.step_batch();
  CHECK_FALSE(session.pipeline().failure());
  document = with_field(document, "model.layers[0].units", 6);
  Session other(document);
  const Error error = error_of([&] { other.step_batch(); });
  CHECK(error.code() == ErrorCode::kResidualSize);
  CHECK(param(error, "value") == "3");
}

TEST_CASE("embeddings survive a checkpoint, a live change of a setting and a rewind with the same bits") {
  Session whole(embedded_document(2));
  for (int i = 0; i < 20; ++i) whole.step_batch();
  const std::unique_ptr<Session> restored = Session::restore(whole.checkpoint());
  for (Session* const session : {&whole, restored.get()}) {
    CHECK(session->set("training.learning_rate", 0.02));
    CHECK(session->set("training.loss", "squared_error"));
    for (int i = 0; i < 20; ++i) session->step_batch();
  }
  CHECK(parameters_of(whole) == parameters_of(*restored));
}
