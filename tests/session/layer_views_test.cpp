#include "engine/session/layer_views.h"

#include <catch2/catch_approx.hpp>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <numeric>

#include "tests/support/sessions.h"

using namespace athanor;
using namespace athanor::testing;

namespace {

Json small_document() {
  Json document = quick_document();
  document["model"]["layers"] =
      Json::array({{{"units", 3}, {"activation", "tanh"}}, {{"units", 2}, {"activation", "relu"}, {"dropout", 0.5}}});
  return document;
}

/// Parameter `name` of the session's network.
std::span<const Real> block_of(const Session& session, const std::string& name) {
  const Trainer& trainer = *session.pipeline().run().trainer;
  for (const Parameter& parameter : trainer.layout()) {
    if (parameter.name != name) continue;
    return trainer.parameters().subspan(static_cast<std::size_t>(parameter.offset),
                                        static_cast<std::size_t>(parameter.shape.size()));
  }
  FAIL("no parameter " << name);
  return {};
}

}  // namespace

TEST_CASE("neuron maps are what each neuron makes of the grid's points, computed by hand here") {
  Session session(small_document());
  session.step_epoch();
  constexpr Index kResolution = 5;
  const NeuronMaps maps = session.neuron_maps(kResolution, 0, 1);
  REQUIRE(maps.units == std::vector<Index>{3, 2});
  REQUIRE(maps.values.size() == 5 * 25);
  const Grid grid = session.grid(kResolution, 0, 1);
  CHECK(maps.x == grid.x);
  CHECK(maps.y == grid.y);
  const Scaler& scaler = session.pipeline().run().scaler;
  const auto first = block_of(session, "layers.0.weight");
  const auto first_bias = block_of(session, "layers.0.bias");
  const auto second = block_of(session, "layers.1.weight");
  const auto second_bias = block_of(session, "layers.1.bias");
  for (Index j = 0; j < kResolution; ++j) {
    for (Index i = 0; i < kResolution; ++i) {
      const Real share_x = static_cast<Real>(i) / 4;
      const Real share_y = static_cast<Real>(j) / 4;
      const std::vector<Real> raw{maps.x[0] + share_x * (maps.x[1] - maps.x[0]),
                                  maps.y[0] + share_y * (maps.y[1] - maps.y[0])};
      std::vector<Real> x(2);
      scaler.apply(raw, x);
      std::vector<double> hidden;
      for (std::size_t unit = 0; unit < 3; ++unit) {
        const auto sum = static_cast<double>(x[0] * first[unit] + x[1] * first[3 + unit] + first_bias[unit]);
        hidden.push_back(std::tanh(sum));
        const auto at = unit * 25 + static_cast<std::size_t>(j * kResolution + i);
        CHECK(static_cast<double>(maps.values[at]) == Catch::Approx(hidden.back()).margin(1e-5));
      }
      for (std::size_t unit = 0; unit < 2; ++unit) {
        auto sum = static_cast<double>(second_bias[unit]);
        for (std::size_t k = 0; k < 3; ++k) sum += hidden[k] * static_cast<double>(second[k * 2 + unit]);
        const auto at = (3 + unit) * 25 + static_cast<std::size_t>(j * kResolution + i);
        CHECK(static_cast<double>(maps.values[at]) == Catch::Approx(std::max(sum, 0.0)).margin(1e-5));
      }
    }
  }
}

TEST_CASE("neuron maps of a network without hidden layers are none; too many numbers are refused with what would do") {
  Json document = quick_document();
  document["model"]["layers"] = Json::array();
  Session plain(document);
  CHECK(code_of([&] { (void)plain.neuron_maps(8, 0, 1); }) == "bad_input");
  plain.step_batch();
  CHECK(plain.neuron_maps(8, 0, 1).values.empty());

  Session wide(quick_document({{"model.layers[0].units", 512}, {"model.layers[1].units", 512}}));
  wide.step_batch();
  const Error error = error_of([&] { (void)wide.neuron_maps(100, 0, 1); });
  CHECK(error.place() == "resolution");
  CHECK(param(error, "expected") == "at most 62 for 1024 neurons");
  CHECK(wide.neuron_maps(62, 0, 1).values.size() == std::size_t{1024} * 62 * 62);
  CHECK(code_of([&] { (void)wide.neuron_maps(8, 0, 2); }) == "bad_input");
  CHECK(code_of([&] { (void)wide.neuron_maps(1, 0, 1); }) == "bad_input");
}

TEST_CASE("histograms count every weight, every gradient of the last step and every activation once") {
  Session session(small_document());
  session.step_epoch();
  const std::vector<Histogram> all = session.histograms(7);
  REQUIRE(all.size() == 6 * 2 + 2);
  for (const Histogram& histogram : all) {
    INFO(histogram.name);
    const auto counted = std::accumulate(histogram.counts.begin(), histogram.counts.end(), std::int64_t{0});
    CHECK(histogram.counts.size() == 7);
    CHECK(histogram.not_finite == 0);
    CHECK(histogram.low <= histogram.mean);
    CHECK(histogram.mean <= histogram.high);
    if (histogram.quantity == Quantity::kActivations) {
      CHECK(counted == session.pipeline().run().train.rows * (histogram.name == "1" ? 3 : 2));
    } else {
      CHECK(counted == static_cast<std::int64_t>(block_of(session, histogram.name).size()));
    }
  }
  const auto weights = block_of(session, "layers.0.weight");
  CHECK(all[0].name == "layers.0.weight");
  CHECK(all[0].low == static_cast<double>(*std::min_element(weights.begin(), weights.end())));
  CHECK(all[0].high == static_cast<double>(*std::max_element(weights.begin(), weights.end())));
  CHECK(all[0].counts.front() >= 1);
  CHECK(all[0].counts.back() >= 1);
  // tanh outputs lie within its range, relu outputs are not negative, dropout does not scale them here.
  CHECK(all[12].low >= -1);
  CHECK(all[12].high <= 1);
  CHECK(all[13].low >= 0);
  CHECK(code_of([&] { (void)session.histograms(0); }) == "bad_input");
  CHECK(code_of([&] { (void)session.histograms(201); }) == "bad_input");
}

TEST_CASE("histograms of activations are of the first 512 training rows where there are more") {
  Session session(quick_document({{"data.samples", 1500}, {"model.layers", {{{"units", 3}}}}}));
  session.step_batch();
  const PartMatrix& train = session.pipeline().run().train;
  REQUIRE(train.rows > kHistogramRows);
  CHECK(kHistogramRows == 512);
  const auto weights = block_of(session, "layers.0.weight");
  const auto biases = block_of(session, "layers.0.bias");
  double sum = 0;
  double high = 0;
  for (std::size_t row = 0; row < 512; ++row) {
    for (std::size_t unit = 0; unit < 3; ++unit) {
      const Real output = train.features[2 * row] * weights[unit] + train.features[2 * row + 1] * weights[3 + unit];
      const auto value = std::max(static_cast<double>(output + biases[unit]), 0.0);
      sum += value;
      high = std::max(high, value);
    }
  }
  const std::vector<Histogram> all = session.histograms(9);
  const Histogram& activations = all.back();
  REQUIRE(activations.quantity == Quantity::kActivations);
  CHECK(std::accumulate(activations.counts.begin(), activations.counts.end(), std::int64_t{0}) == 512 * 3);
  CHECK(activations.low == 0);
  CHECK(activations.high == Catch::Approx(high).margin(1e-5));
  CHECK(activations.mean == Catch::Approx(sum / (512 * 3)).margin(1e-5));
}

TEST_CASE("histograms of a diverged run count apart what is not finite") {
  Session session(quick_document({{"training.optimizer", "sgd"},
                                  {"training.loss", "squared_error"},
                                  {"optimise.plateau", false},
                                  {"done.max_epochs", 5000}}));
  session.step_batch();
  REQUIRE(session.set("training.learning_rate", 10));
  REQUIRE(code_of([&] { session.advance(1e6, 5000); }) == "not_finite");
  std::int64_t not_finite = 0;
  for (const Histogram& histogram : session.histograms(5)) {
    INFO(kQuantityNames[static_cast<std::size_t>(histogram.quantity)] << " " << histogram.name);
    const auto counted = std::accumulate(histogram.counts.begin(), histogram.counts.end(), std::int64_t{0});
    if (histogram.quantity == Quantity::kGradients) {
      CHECK(counted + histogram.not_finite == static_cast<std::int64_t>(block_of(session, histogram.name).size()));
    }
    CHECK(std::isfinite(histogram.low));
    CHECK(std::isfinite(histogram.high));
    CHECK(std::isfinite(histogram.mean));
    not_finite += histogram.not_finite;
  }
  // In double the square of a loss leaves the range before any weight or gradient does.
  CHECK((not_finite > 0 || sizeof(Real) == 8));
}
