#include "tests/support/gradient_check.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/core/buffer.h"
#include "engine/core/error.h"
#include "engine/graph/autodiff.h"
#include "tests/support/kinks.h"

namespace athanor::testing {
namespace {

void fill(std::span<Real> values, Random& random, const Sample& sample) {
  for (Real& value : values) value = random.uniform(-sample.range, sample.range);
}

void fill_distribution(std::span<Real> values, Index classes, Random& random) {
  for (std::size_t row = 0; row < values.size(); row += static_cast<std::size_t>(classes)) {
    Real sum = 0;
    for (Index c = 0; c < classes; ++c)
      sum += values[row + static_cast<std::size_t>(c)] = random.uniform() + Real{1} / 8;
    for (Index c = 0; c < classes; ++c) values[row + static_cast<std::size_t>(c)] /= sum;
  }
}

/// Draws values and runs until no number is near a kink of the graph. Most draws do; a graph of which none does is one
/// that always sits on a kink.
void draw_away_from_kinks(const Executor& executor, std::span<const NodeId> distances,
                          const std::function<void()>& draw_and_run) {
  constexpr int kMostDraws = 1000;
  for (int draw = 0; draw < kMostDraws; ++draw) {
    draw_and_run();
    if (nearest_kink(executor, distances) >= kFromKinks) return;
  }
  ensure(false, "some values are away from the kinks of the graph");
}

/// Values that are moved one by one, and the gradient towards each.
struct Moved {
  std::span<Real> values;
  std::vector<Real> gradients;
};

std::vector<Real> copy_of(std::span<const Real> values) { return {values.begin(), values.end()}; }

/// `loss` runs the graph and reads its loss.
double worst_excess(const std::vector<Moved>& all, const std::function<double()>& loss, const Tolerance& tolerance,
                    double factor) {
  double worst = -std::numeric_limits<double>::infinity();
  for (const Moved& moved : all) {
    for (std::size_t k = 0; k < moved.values.size(); ++k) {
      const Real before = moved.values[k];
      const auto loss_at = [&](double offset) {
        moved.values[k] = static_cast<Real>(static_cast<double>(before) + offset);
        return loss();
      };
      const double numeric = (loss_at(tolerance.step) - loss_at(-tolerance.step)) / (2 * tolerance.step);
      moved.values[k] = before;
      const double difference = std::abs(factor * static_cast<double>(moved.gradients[k]) - numeric);
      worst = std::max(worst, difference - tolerance.absolute - tolerance.relative * std::abs(numeric));
    }
  }
  return worst;
}

std::span<Real> part_of(Buffer& block, const Parameter& parameter) {
  return block.span().subspan(static_cast<std::size_t>(parameter.offset),
                              static_cast<std::size_t>(parameter.shape.size()));
}

/// Random targets: values, or classes as the loss wants them.
void fill_targets(const MlpSpec& spec, std::span<Real> targets, Random& random) {
  const auto outputs = static_cast<std::size_t>(output_count(spec));
  for (std::size_t row = 0; row < targets.size(); row += outputs) {
    if (spec.classes == 0) {
      targets[row] = random.uniform(-1, 1);
    } else {
      const std::uint32_t label = random.below(static_cast<std::uint32_t>(spec.classes));
      encode_target(spec, static_cast<std::int32_t>(label), targets.subspan(row, outputs));
    }
  }
}

}  // namespace

void fill_inputs(const Sample& sample, std::span<const NodeId> inputs, Executor& executor, Random& random) {
  const std::size_t distributions = sample.inputs.size();
  const std::size_t whole_numbers = distributions + sample.distributions.size();
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    if (i < distributions) {
      fill(executor.input(inputs[i]), random, sample);
    } else if (i < whole_numbers) {
      fill_distribution(executor.input(inputs[i]), sample.distributions[i - distributions].last(), random);
    } else {
      const std::uint32_t below = sample.whole_numbers[i - whole_numbers].below;
      for (Real& value : executor.input(inputs[i])) value = static_cast<Real>(random.below(below));
    }
  }
}

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
  std::vector<NodeId> wrt(inputs.begin(), inputs.begin() + static_cast<std::ptrdiff_t>(sample.inputs.size()));
  for (const Parameter& parameter : graph.parameters) wrt.push_back(parameter.node);
  std::vector<NodeId> kept = differentiate(graph, loss, wrt);
  const std::vector<NodeId> gradients = kept;
  kept.push_back(loss);
  const std::vector<NodeId> distances = append_kink_distances(builder, kept);
  kept.insert(kept.end(), distances.begin(), distances.end());
  verify(graph);

  Buffer parameters(graph.parameter_count);
  Executor executor(graph, parameters.data(), kept);
  Random random(seed, Stream::kInit);
  const StepState state{.seed = seed, .step = 3};
  draw_away_from_kinks(executor, distances, [&] {
    fill_inputs(sample, inputs, executor, random);
    for (Real& value : executor.input(weights)) value = random.uniform(-1, 1);
    fill(parameters.span(), random, sample);
    executor.run(state);
  });
  std::vector<Moved> all;
  for (std::size_t i = 0; i < wrt.size(); ++i) {
    const std::size_t count = sample.inputs.size();
    const std::span<Real> values =
        i < count ? executor.input(wrt[i]) : part_of(parameters, graph.parameters[i - count]);
    all.push_back({.values = values, .gradients = copy_of(executor.value(gradients[i]))});
  }
  const auto loss_now = [&] {
    executor.run(state);
    return static_cast<double>(executor.value(loss)[0]);
  };
  return worst_excess(all, loss_now, tolerance, factor);
}

double worst_network_excess(const MlpSpec& spec, Index rows, std::uint32_t seed, const Tolerance& tolerance,
                            double factor) {
  Network network = training_mlp(spec, rows);
  std::vector<NodeId> kept = network.gradients;
  kept.push_back(network.loss);
  Builder builder(network.graph);
  const std::vector<NodeId> distances = append_kink_distances(builder, kept);
  kept.insert(kept.end(), distances.begin(), distances.end());
  Buffer parameters(network.graph.parameter_count);
  Executor executor(network.graph, parameters.data(), kept);
  Random random(seed, Stream::kGenerate);
  const StepState state{.seed = seed, .step = 3};
  draw_away_from_kinks(executor, distances, [&] {
    initialize(network.graph, network.starts, seed, parameters.span());
    // Away from gains of exactly 1 and biases of exactly 0, which hide a factor or a term that is missing.
    for (Real& value : parameters.span()) value += random.uniform(-0.5, 0.5);
    for (Real& value : executor.input(network.features)) value = random.uniform(-1, 1);
    fill_targets(spec, executor.input(network.targets), random);
    if (network.class_weights != kNoNode) {
      for (Real& value : executor.input(network.class_weights)) value = random.uniform(0.5, 2);
    }
    executor.run(state);
  });
  std::vector<Moved> all;
  for (std::size_t i = 0; i < network.graph.parameters.size(); ++i) {
    const Parameter& parameter = network.graph.parameters[i];
    if (!parameter.is_trained) continue;
    all.push_back(
        {.values = part_of(parameters, parameter), .gradients = copy_of(executor.value(network.gradients[i]))});
  }
  const auto loss_now = [&] {
    executor.run(state);
    return static_cast<double>(executor.value(network.loss)[0]);
  };
  return worst_excess(all, loss_now, tolerance, factor);
}

}  // namespace athanor::testing
