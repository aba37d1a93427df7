// The network without its training: forward passes over rows, as many as there are, some at a time.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "engine/metrics/measures.h"
#include "engine/models/mlp.h"
#include "engine/pipeline/parts.h"
#include "engine/pipeline/program.h"

namespace athanor {

class Evaluator {
 public:
  /// Reads the weights at `parameters`, laid out as the network's, whenever it runs; they must outlive it. A predicted
  /// value of regression is put into units of the data as `train` says. Fewer rows than kEvaluationRows are done at a
  /// time when `train` has fewer. The workspace is lent (Executor).
  Evaluator(const MlpSpec& spec, const PartMatrix& train, const Real* parameters, std::span<Real> workspace);

  [[nodiscard]] Measures evaluate(const PartMatrix& part);

  /// Class probabilities (rows, classes), or values (rows, 1) in units of the data, of rows of scaled features
  /// (rows, columns). Allocates nothing.
  void predict(std::span<const Real> features, std::span<Real> predictions);

  /// What such an evaluator will take and need.
  [[nodiscard]] static ArenaSize measure_arena(const MlpSpec& spec, Index train_rows);
  /// Without the workspace.
  [[nodiscard]] std::size_t memory_bytes() const { return program_->executor->arena_bytes(); }

 private:
  void read_prediction(std::span<const Real> scores, std::span<Real> out) const;
  template <typename Visit>
  void forward(std::span<const Real> features, std::span<const Real> targets, Visit visit);

  MlpSpec spec_;
  Real target_shift_;
  Real target_scale_;
  std::unique_ptr<Program> program_;
};

}  // namespace athanor
