// From the document to the network.
#pragma once

#include "engine/experiment/experiment.h"
#include "engine/models/mlp.h"

namespace athanor {

/// The network an experiment asks for, given the data's sizes; no classes for regression. A loss left to the engine is
/// cross-entropy for classes, squared error for values. Throws kNotAChoice at "training.loss" for one that does not
/// suit.
[[nodiscard]] MlpSpec spec_of(const Experiment& experiment, Index columns, Index classes);

}  // namespace athanor
