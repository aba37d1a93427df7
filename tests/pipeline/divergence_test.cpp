#include "engine/pipeline/divergence.h"

#include <catch2/catch_test_macros.hpp>
#include <limits>

#include "tests/support/documents.h"

using namespace athanor;
using namespace athanor::testing;

namespace {

constexpr Index kRows = 4;

/// Two inputs, layers "wide" and "2", two classes.
struct Case {
  MlpSpec spec{.columns = 2,
               .classes = 2,
               .layers = {{.name = "wide", .units = 3, .activation = Activation::kRelu},
                          {.units = 3, .activation = Activation::kSoftplus}}};
  Network network = training_mlp(spec, kRows);
  std::vector<Real> parameters =
      std::vector<Real>(static_cast<std::size_t>(network.graph.parameter_count), Real{1} / 2);
  std::vector<Real> features = std::vector<Real>(kRows * 2, 1);
  std::vector<Real> targets = std::vector<Real>{1, 0, 1, 0, 0, 1, 0, 1};

  Real& weight(std::size_t parameter) {
    return parameters[static_cast<std::size_t>(network.graph.parameters[parameter].offset)];
  }
  [[nodiscard]] std::optional<Divergence> find() const {
    return find_divergence(spec, network, parameters, features, targets, {}, {});
  }
};

}  // namespace

TEST_CASE("divergence: a step whose numbers are all finite has none") { CHECK_FALSE(Case().find()); }

TEST_CASE("divergence: a weight that is not finite is named by its layer") {
  Case first;
  first.weight(0) = std::numeric_limits<Real>::quiet_NaN();
  CHECK(value_of(first.find()).op == "parameter");
  CHECK(value_of(first.find()).layer == "wide");
  Case second;
  second.weight(3) = std::numeric_limits<Real>::infinity();
  CHECK(value_of(second.find()).layer == "2");
  Case last;
  last.weight(4) = std::numeric_limits<Real>::infinity();
  CHECK(value_of(last.find()).layer == "output");
}

TEST_CASE("divergence: of the ops the first that overflows is named, not those it drags along") {
  Case overflow;
  overflow.weight(2) = std::numeric_limits<Real>::max();  // times 1.5 from the layer before, twice over
  overflow.parameters[static_cast<std::size_t>(overflow.network.graph.parameters[2].offset) + 3] =
      std::numeric_limits<Real>::max();
  const Divergence found = value_of(overflow.find());
  CHECK(found.op == "matmul");
  CHECK(found.layer == "2");
  Case data;
  data.features[3] = std::numeric_limits<Real>::quiet_NaN();
  CHECK(value_of(data.find()).op == "matmul");
  CHECK(value_of(data.find()).layer == "wide");
}

TEST_CASE("divergence: an op of the backward pass is named by the layer whose gradient it belongs to") {
  Case backward;
  // Sums of layer "2" far below zero make its outputs 0, so the scores are moderate, however large the weights there.
  // What comes back from the scores is half of them, and is multiplied by features of 16 at the end.
  backward.spec.layers[1].activation = Activation::kLinear;
  backward.network = training_mlp(backward.spec, kRows);
  const auto fill = [&](std::size_t parameter, Real value) {
    const Parameter& p = backward.network.graph.parameters[parameter];
    std::fill_n(backward.parameters.begin() + p.offset, p.shape.size(), value);
  };
  const Real huge = std::numeric_limits<Real>::max() / 4;
  fill(2, 0);  // the weights and the bias of "2": its outputs are 0
  fill(3, 0);
  const Parameter& out = backward.network.graph.parameters[4];
  for (Index i = 0; i < out.shape.size(); ++i) {
    backward.parameters[static_cast<std::size_t>(out.offset + i)] = i % 2 == 0 ? huge : -huge;
  }
  backward.targets = {1, 0, 1, 0, 1, 0, 1, 0};
  CHECK_FALSE(backward.find());
  fill(0, 16);  // outputs of "wide" are some dozens now: the gradient of the weights of "2" is more than there is
  const Divergence found = value_of(backward.find());
  CHECK(found.op == "matmul");
  CHECK(found.layer == "2");
}
