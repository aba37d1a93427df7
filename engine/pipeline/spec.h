// From the document to the network.
#pragma once

#include <vector>

#include "engine/data/dataset.h"
#include "engine/experiment/experiment.h"
#include "engine/models/mlp.h"

namespace athanor {

/// The network an experiment asks for, given the data's sizes and what of it is embedded; no classes for regression. A
/// loss left to the engine is cross-entropy for classes, squared error for values. Throws kNotAChoice at
/// "training.loss" for one that does not suit.
[[nodiscard]] MlpSpec spec_of(const Experiment& experiment, Index columns, Index classes,
                              std::vector<Embedding> embeddings = {});

/// What of a data set is embedded.
[[nodiscard]] std::vector<Embedding> embeddings_of(const Dataset& data);

}  // namespace athanor
