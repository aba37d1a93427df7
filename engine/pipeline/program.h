// A network compiled for a fixed number of rows, ready to run.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "engine/models/mlp.h"
#include "engine/runtime/executor.h"
#include "engine/runtime/layout.h"

namespace athanor {

struct Program {
  Network network;
  std::unique_ptr<Executor> executor;
  Index rows = 0;
  std::span<Real> features;  // (rows, columns), to be filled before a run
  std::span<Real> targets;   // (rows, outputs), likewise
  /// What the batch measured for each running statistic, and where that one lies in the parameter block.
  std::vector<std::pair<std::span<const Real>, Index>> statistics;
};

/// The network that compile_training() compiles: simplified, so that sums under activations are not among its nodes.
[[nodiscard]] Network training_network(const MlpSpec& spec, Index rows);
/// What a step reads of a training network beside its gradients: the loss, and the batch's statistics.
[[nodiscard]] std::vector<NodeId> training_outputs(const Network& network);

/// Forward pass over `parameters`, which must outlive the program, as must a workspace that is lent (Executor).
[[nodiscard]] std::unique_ptr<Program> compile_evaluation(const MlpSpec& spec, Index rows, const Real* parameters,
                                                          std::span<Real> workspace = {});

/// What compile_evaluation() and compile_training() would take, without taking it.
[[nodiscard]] ArenaSize measure_evaluation(const MlpSpec& spec, Index rows);
[[nodiscard]] ArenaSize measure_training(const MlpSpec& spec, Index rows);

/// Forward and backward pass; gradients go straight into the block `gradients`, laid out like `parameters`. Both must
/// outlive the program, as must a workspace that is lent. `labels` are those of all training rows: balanced class
/// weights are made of them.
[[nodiscard]] std::unique_ptr<Program> compile_training(const MlpSpec& spec, Index rows, const Real* parameters,
                                                        Real* gradients, std::span<const std::int32_t> labels,
                                                        std::span<Real> workspace = {});

/// Balanced class weights (classes): rows / (classes present * rows of the class), as scikit-learn's
/// class_weight="balanced".
void fill_class_weights(std::span<const std::int32_t> labels, std::span<Real> weights);

/// Moves a running statistic towards the batch's by kStatisticShare.
void update_statistic(std::span<const Real> batch, std::span<Real> running);

}  // namespace athanor
