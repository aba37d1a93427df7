// The step that Train will take next, computed on copies of everything it changes: what the step inspector reads.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "engine/core/buffer.h"
#include "engine/pipeline/run.h"
#include "engine/runtime/executor.h"

namespace athanor {

/// The trainer of a run, or, before Train has begun, the one it will begin with.
class UpcomingTrainer {
 public:
  /// Throws kBadInput at "inspector" before the split, kMemoryLimit.
  explicit UpcomingTrainer(const Run& run);
  [[nodiscard]] const Trainer& operator*() const { return *trainer_; }
  [[nodiscard]] const Trainer* operator->() const { return trainer_; }

 private:
  std::unique_ptr<Trainer> own_;
  const Trainer* trainer_;
};

/// Forward and backward pass over the next batch and the optimiser's step, with these very bits when the step is taken.
class StepPreview {
 public:
  /// Builds the network of the step and runs nothing. The run must outlive it. Throws what UpcomingTrainer throws.
  explicit StepPreview(const Run& run);

  [[nodiscard]] const Trainer& trainer() const { return *upcoming_; }
  [[nodiscard]] const NextBatch& next() const { return next_; }
  /// Rows of the batch.
  [[nodiscard]] Index rows() const { return rows_; }
  /// Nodes may be appended to its graph before compute().
  [[nodiscard]] Network& network() { return network_; }
  [[nodiscard]] const Network& network() const { return network_; }

  /// Computes the step; once. `more` are nodes to be read beside those that Network names. Throws kMemoryLimit.
  void compute(std::span<const NodeId> more = {});

  // What there is to read after that, each block in the layout of the trainer's.

  /// The values of a node that Network names, of an input, or of one that was kept.
  [[nodiscard]] std::span<const Real> value(NodeId node) const { return executor_->value(node); }
  /// Of the loss of this batch alone.
  [[nodiscard]] std::span<const Real> batch_gradients() const { return batch_gradients_.span(); }
  /// The mean over the accumulated batches.
  [[nodiscard]] std::span<const Real> gradients() const { return gradients_.span(); }
  /// The same with penalties, clipped: what the optimiser gets. Equals gradients() when the step only accumulates.
  [[nodiscard]] std::span<const Real> applied() const { return applied_.span(); }
  [[nodiscard]] std::span<const Real> parameters() const { return parameters_.span(); }
  [[nodiscard]] std::span<const Real> slots() const { return slots_.span(); }

 private:
  [[nodiscard]] std::vector<NodeId> kept_nodes(std::span<const NodeId> more) const;
  [[nodiscard]] std::vector<Placement> placements();
  void load();
  void collect_gradients();
  void update();

  const Run& run_;
  UpcomingTrainer upcoming_;
  NextBatch next_;
  Index rows_;
  Network network_;
  std::unique_ptr<Executor> executor_;
  Buffer batch_gradients_;
  Buffer gradients_;
  Buffer applied_;
  Buffer parameters_;
  Buffer slots_;
};

}  // namespace athanor
