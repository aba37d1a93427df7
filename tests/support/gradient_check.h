// Compares gradients made by autodiff with central finite differences, as PyTorch's gradcheck does.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "engine/core/random.h"
#include "engine/graph/builder.h"
#include "engine/models/mlp.h"
#include "engine/runtime/executor.h"

namespace athanor::testing {

struct WholeNumbers {
  Shape shape;
  std::uint32_t below = 2;
};

/// A graph under test: which nodes are inputs (values are filled in) and which single number is differentiated.
struct Sample {
  std::string name;
  /// Shapes of the inputs that are differentiated; parameters that `build` appends are too.
  std::vector<Shape> inputs;
  /// Builds the output from the inputs; it may have any shape, the check sums it with fixed random weights.
  std::function<NodeId(Builder&, const std::vector<NodeId>&)> build;
  /// Values are drawn from ±range.
  Real range = 1;
  /// Inputs beyond these many are data: rows that sum to 1, not differentiated.
  std::vector<Shape> distributions = {};
  /// And after those, data again: whole numbers from 0 to below a limit.
  std::vector<WholeNumbers> whole_numbers = {};
};

/// Draws values for the inputs of a sample, in its order: those that are differentiated, distributions, whole numbers.
void fill_inputs(const Sample& sample, std::span<const NodeId> inputs, Executor& executor, Random& random);

struct Tolerance {
  double step = 1e-6;
  double absolute = 1e-6;
  double relative = 1e-3;
};

/// The largest excess of |autodiff - finite difference| over the tolerance; at most 0 when all entries agree. `factor`
/// multiplies the gradients of autodiff, so that a test can make them wrong. Values are drawn away from every kink of
/// the graph and of its gradients (kinks.h).
double worst_gradient_excess(const Sample& sample, std::uint32_t seed, const Tolerance& tolerance = {},
                             double factor = 1);

/// The same for every trained parameter of training_mlp(spec, rows), on random features and targets.
double worst_network_excess(const MlpSpec& spec, Index rows, std::uint32_t seed, const Tolerance& tolerance = {},
                            double factor = 1);

}  // namespace athanor::testing
