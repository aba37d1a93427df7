#include <catch2/catch_test_macros.hpp>
#include <cmath>

#include "engine/pipeline/pipeline.h"
#include "engine/pipeline/training_stages.h"
#include "tests/support/documents.h"
#include "tests/support/goldens.h"

using namespace athanor;
using namespace athanor::testing;

namespace {

/// A pipeline that stands before Optimise with a network, so that losses can be put in by hand.
std::unique_ptr<Pipeline> before_optimise(const Json& values) {
  Json document = document_with({{"data.samples", 40}, {"training.learning_rate", 0.8}});
  for (const auto& [path, value] : values.items()) document = with_field(document, path, value);
  auto pipeline = std::make_unique<Pipeline>(read_experiment(document));
  while (pipeline->stage() != Stage::kOptimise) {
    const bool is_going_on = pipeline->work();
    REQUIRE(is_going_on);
  }
  return pipeline;
}

/// The learning rate after each of these validation losses.
std::vector<double> rates(Pipeline& pipeline, const std::vector<double>& losses) {
  std::vector<double> result;
  for (const double loss : losses) {
    pipeline.run().validation_measures = measure(Confusion(2), loss);
    stages::optimise(pipeline.run());
    result.push_back(pipeline.run().trainer->progress().learning_rate);
  }
  return result;
}

}  // namespace

TEST_CASE("optimise: the learning rate after each of a hundred losses is PyTorch's, whatever the settings") {
  const Json goldens = read_golden("torch_optimizers.json");
  int reductions = 0;
  for (const Json& golden : goldens.at("plateaus")) {
    const Json& settings = golden.at("settings");
    INFO(settings.dump());
    const auto pipeline = before_optimise({{"training.learning_rate", settings.at("learning_rate")},
                                           {"optimise.patience", settings.at("patience")},
                                           {"optimise.factor", settings.at("factor")},
                                           {"optimise.threshold", settings.at("threshold")},
                                           {"optimise.min_learning_rate", settings.at("min_learning_rate")}});
    const auto expected = golden.at("rates").get<std::vector<double>>();
    REQUIRE(expected.size() == 100);
    const std::vector<double> values = rates(*pipeline, golden_values(golden.at("losses")));
    for (std::size_t k = 0; k < expected.size(); ++k) {
      INFO("loss " << k);
      REQUIRE(values[k] == expected[k]);
    }
    reductions += pipeline->run().reductions;
  }
  CHECK(reductions > 100);
}

TEST_CASE("optimise: the learning rate is reduced when the patience is exceeded, and the count begins anew") {
  // As PyTorch's ReduceLROnPlateau: patience 2 forgives two bad epochs, the third reduces.
  const auto pipeline = before_optimise({{"optimise.patience", 2}, {"optimise.factor", 0.5}});
  CHECK(rates(*pipeline, {1, 1, 1, 1, 1, 1, 1, 0.5, 0.5, 0.5, 0.5}) ==
        std::vector<double>{0.8, 0.8, 0.8, 0.4, 0.4, 0.4, 0.2, 0.2, 0.2, 0.2, 0.1});
  CHECK(pipeline->run().reductions == 3);
}

TEST_CASE("optimise: a falling loss never reduces the rate") {
  const auto pipeline = before_optimise({{"optimise.patience", 1}});
  std::vector<double> losses;
  for (int i = 0; i < 100; ++i) losses.push_back(std::pow(0.99, i));
  CHECK(rates(*pipeline, losses) == std::vector<double>(100, 0.8));
}

TEST_CASE("optimise: a drop within the threshold is no improvement, one beyond it is") {
  const Json values{{"optimise.patience", 1}, {"optimise.threshold", 0.1}};
  const auto small = before_optimise(values);
  CHECK(rates(*small, {1, 0.95, 0.91}) == std::vector<double>{0.8, 0.8, 0.4});
  const auto large = before_optimise(values);
  CHECK(rates(*large, {1, 0.89, 0.85, 0.79}) == std::vector<double>{0.8, 0.8, 0.8, 0.8});
  // Exactly at the threshold is not below it.
  const auto exact = before_optimise({{"optimise.patience", 1}, {"optimise.threshold", 0.5}});
  CHECK(rates(*exact, {1, 0.5, 0.5}) == std::vector<double>{0.8, 0.8, 0.4});
}

TEST_CASE("optimise: the rate stops at its least value, and reaching it is the last reduction counted") {
  const auto pipeline =
      before_optimise({{"optimise.patience", 1}, {"optimise.factor", 0.5}, {"optimise.min_learning_rate", 0.3}});
  CHECK(rates(*pipeline, {1, 1, 1, 1, 1, 1, 1, 1, 1}) ==
        std::vector<double>{0.8, 0.8, 0.4, 0.4, 0.3, 0.3, 0.3, 0.3, 0.3});
  CHECK(pipeline->run().reductions == 2);
}

TEST_CASE("optimise: a least value above the rate chosen does not raise it") {
  const auto pipeline = before_optimise({{"optimise.patience", 1}, {"optimise.min_learning_rate", 1}});
  CHECK(rates(*pipeline, {1, 1, 1, 1, 1}) == std::vector<double>(5, 0.8));
}

TEST_CASE("optimise: a loss that is not a number is no improvement") {
  const auto pipeline = before_optimise({{"optimise.patience", 1}});
  CHECK(rates(*pipeline, {1, std::nan(""), std::nan("")}) == std::vector<double>{0.8, 0.8, 0.4});
  const auto first = before_optimise({{"optimise.patience", 1}});
  CHECK(rates(*first, {std::nan(""), 1, 0.5, 0.25, 0.125}) == std::vector<double>(5, 0.8));
}

TEST_CASE("optimise: the reduced rate is what the next step uses") {
  const auto reduced = before_optimise({{"optimise.patience", 1}, {"training.optimizer", "sgd"}});
  const auto plain = before_optimise({{"optimise.patience", 1}, {"training.optimizer", "sgd"}});
  const std::vector<Real> start(reduced->run().trainer->parameters().begin(),
                                reduced->run().trainer->parameters().end());
  REQUIRE(std::equal(start.begin(), start.end(), plain->run().trainer->parameters().begin()));
  (void)rates(*reduced, {1, 1, 1});
  reduced->run().trainer->train_batch();
  plain->run().trainer->train_batch();
  CHECK_FALSE(std::equal(plain->run().trainer->parameters().begin(), plain->run().trainer->parameters().end(),
                         reduced->run().trainer->parameters().begin()));
  CHECK(reduced->run().figures[position(Stage::kOptimise)] == Figures{{"learning_rate", 0.4}, {"reductions", 1}});
}
