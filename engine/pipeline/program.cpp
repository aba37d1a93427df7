#include "engine/pipeline/program.h"

#include <algorithm>

namespace athanor {
namespace {

std::unique_ptr<Program> compile(Network network, Index rows, const Real* parameters, std::span<const NodeId> kept,
                                 std::span<const Placement> placed, std::span<Real> workspace) {
  auto program = std::make_unique<Program>();
  program->rows = rows;
  program->network = std::move(network);
  program->executor = std::make_unique<Executor>(program->network.graph, parameters, kept, placed, workspace);
  program->features = program->executor->input(program->network.features);
  program->targets = program->executor->input(program->network.targets);
  return program;
}

Network evaluation_network(const MlpSpec& spec, Index rows) {
  const Network network = evaluation_mlp(spec, rows);
  return simplified(network, std::vector<NodeId>{network.scores, network.row_losses});
}

}  // namespace

void fill_class_weights(std::span<const std::int32_t> labels, std::span<Real> weights) {
  std::vector<Index> counts(weights.size(), 0);
  for (const std::int32_t label : labels) ++counts[static_cast<std::size_t>(label)];
  const auto present = std::count_if(counts.begin(), counts.end(), [](Index count) { return count > 0; });
  for (std::size_t k = 0; k < weights.size(); ++k) {
    weights[k] = counts[k] == 0 ? Real{0} : static_cast<Real>(labels.size()) / static_cast<Real>(present * counts[k]);
  }
}

void update_statistic(std::span<const Real> batch, std::span<Real> running) {
  constexpr auto kShare = static_cast<Real>(kStatisticShare);
  for (std::size_t i = 0; i < batch.size(); ++i) running[i] += kShare * (batch[i] - running[i]);
}

Network training_network(const MlpSpec& spec, Index rows) {
  const Network network = training_mlp(spec, rows);
  std::vector<NodeId> outputs = training_outputs(network);
  outputs.insert(outputs.end(), network.gradients.begin(), network.gradients.end());
  return simplified(network, outputs);
}

std::vector<NodeId> training_outputs(const Network& network) {
  std::vector<NodeId> outputs{network.loss};
  for (const RunningStatistic& statistic : network.statistics) outputs.push_back(statistic.batch);
  return outputs;
}

std::unique_ptr<Program> compile_evaluation(const MlpSpec& spec, Index rows, const Real* parameters,
                                            std::span<Real> workspace) {
  Network network = evaluation_network(spec, rows);
  const std::vector<NodeId> kept{network.scores, network.row_losses};
  return compile(std::move(network), rows, parameters, kept, {}, workspace);
}

ArenaSize measure_evaluation(const MlpSpec& spec, Index rows) {
  const Network network = evaluation_network(spec, rows);
  return lay_out(network.graph, std::vector<NodeId>{network.scores, network.row_losses}).size;
}

ArenaSize measure_training(const MlpSpec& spec, Index rows) {
  const Network network = training_network(spec, rows);
  return lay_out(network.graph, training_outputs(network), network.gradients).size;
}

std::unique_ptr<Program> compile_training(const MlpSpec& spec, Index rows, const Real* parameters, Real* gradients,
                                          std::span<const std::int32_t> labels, std::span<Real> workspace) {
  Network network = training_network(spec, rows);
  const std::vector<NodeId> kept = training_outputs(network);
  std::vector<Placement> placed;
  for (std::size_t i = 0; i < network.gradients.size(); ++i) {
    placed.push_back({.node = network.gradients[i], .where = gradients + network.graph.parameters[i].offset});
  }
  auto program = compile(std::move(network), rows, parameters, kept, placed, workspace);
  for (const RunningStatistic& statistic : program->network.statistics) {
    program->statistics.emplace_back(program->executor->value(statistic.batch),
                                     program->network.graph.parameters[statistic.parameter].offset);
  }
  const NodeId weights = program->network.class_weights;
  if (weights != kNoNode) fill_class_weights(labels, program->executor->input(weights));
  return program;
}

}  // namespace athanor
