#include "tests/support/gradient_check.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/core/random.h"
#include "engine/graph/autodiff.h"
#include "engine/runtime/executor.h"

namespace athanor::testing {
namespace {

void fill(std::span<Real> values, Random& random, const Sample& sample) {
  for (Real& value : values) {
    value = random.uniform(-sample.range, sample.range);
    if (std::abs(value) < sample.keep_away_from_zero) value += std::copysign(sample.keep_away_from_zero, value);
  }
}

void fill_distribution(std::span<Real> values, Index classes, Random& random) {
  for (std::size_t row = 0; row < values.size(); row += static_cast<std::size_t>(classes)) {
    Real sum = 0;
    for (Index c = 0; c < classes; ++c)
      sum += values[row + static_cast<std::size_t>(c)] = random.uniform() + Real{1} / 8;
    for (Index c = 0; c < classes; ++c) values[row + static_cast<std::size_t>(c)] /= sum;
  }
}

}  // namespace

double worst_gradient_excess(const Sample& sample, std::uint32_t seed, const Tolerance& tolerance, double factor) {
  Graph graph;
  Builder builder(graph);
  std::vector<NodeId> inputs;
  for (const Shape& shape : sample.inputs) inputs.push_back(builder.input(shape));
  for (const Shape& shape : sample.distributions) inputs.push_back(builder.input(shape));
  for (const WholeNumbers& numbers : sample.whole_numbers) inputs.push_back(builder.input(numbers.shape));
  const NodeId output = sample.build(builder, inputs);
  const NodeId weights = builder.input(builder.shape(output));  // every output entry counts, each differently
  const NodeId loss = builder.sum(builder.multiply(output, weights));
  const std::vector<NodeId> wrt(inputs.begin(), inputs.begin() + static_cast<std::ptrdiff_t>(sample.inputs.size()));
  std::vector<NodeId> kept = differentiate(graph, loss, wrt);
  const std::vector<NodeId> gradients = kept;
  kept.push_back(loss);
  verify(graph);

  Executor executor(graph, nullptr, kept);
  Random random(seed, Stream::kInit);
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    if (i < wrt.size()) {
      fill(executor.input(inputs[i]), random, sample);
    } else if (i < wrt.size() + sample.distributions.size()) {
      fill_distribution(executor.input(inputs[i]), builder.shape(inputs[i]).last(), random);
    } else {
      const std::uint32_t below = sample.whole_numbers[i - wrt.size() - sample.distributions.size()].below;
      for (Real& value : executor.input(inputs[i])) value = static_cast<Real>(random.below(below));
    }
  }
  for (Real& value : executor.input(weights)) value = random.uniform(-1, 1);

  const StepState state{.seed = seed, .step = 3};
  executor.run(state);
  std::vector<std::vector<Real>> analytic;
  for (const NodeId gradient : gradients) {
    const std::span<const Real> values = executor.value(gradient);
    analytic.emplace_back(values.begin(), values.end());
  }
  double worst = -std::numeric_limits<double>::infinity();
  for (std::size_t i = 0; i < wrt.size(); ++i) {
    const std::span<Real> values = executor.input(wrt[i]);
    for (std::size_t k = 0; k < values.size(); ++k) {
      const Real before = values[k];
      const auto loss_at = [&](double offset) {
        values[k] = static_cast<Real>(static_cast<double>(before) + offset);
        executor.run(state);
        return static_cast<double>(executor.value(loss)[0]);
      };
      const double numeric = (loss_at(tolerance.step) - loss_at(-tolerance.step)) / (2 * tolerance.step);
      values[k] = before;
      const double difference = std::abs(factor * static_cast<double>(analytic[i][k]) - numeric);
      worst = std::max(worst, difference - tolerance.absolute - tolerance.relative * std::abs(numeric));
    }
  }
  return worst;
}

}  // namespace athanor::testing
