// Where a run that diverged first left the finite numbers.
#pragma once

#include <optional>
#include <string>

#include "engine/graph/op_row.h"
#include "engine/models/mlp.h"

namespace athanor {

struct Divergence {
  std::string op;     // the op's name in the table; "parameter" for weights that were not finite before the step
  std::string layer;  // a hidden layer's name, "output", "loss", "embedding"; of a gradient's op its layer's
};

/// The first parameter or op of the step, in the order it runs, with a value that is infinite or undefined; nothing
/// when all are finite. Runs the step once more with every value kept, so it takes memory and time: it is for the
/// report of a failure. `features` and `targets` are the batch's, `parameters` the block before the step.
[[nodiscard]] std::optional<Divergence> find_divergence(const MlpSpec& spec, const Network& network,
                                                        std::span<const Real> parameters,
                                                        std::span<const Real> features, std::span<const Real> targets,
                                                        std::span<const Real> class_weights, const StepState& state);

}  // namespace athanor
