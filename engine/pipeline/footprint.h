// How large a network is and what its training will take, before any of it is taken.
#pragma once

#include <cstddef>

#include "engine/experiment/experiment.h"
#include "engine/models/mlp.h"

namespace athanor {

struct Footprint {
  Index parameters = 0;  // trained numbers: weights, biases, gains
  std::size_t bytes = 0;
};

/// Of the trainer that these settings make for so many rows of training: what its parameter_count() and memory_bytes()
/// will say before its first step. A trainer asks this before it takes anything, so what a person is told and what is
/// refused are one figure. Plans the network, which costs some milliseconds for a large one.
/// Each parameter is seven numbers: itself, its gradient, the optimiser's two, and at the mark itself and those two;
/// with accumulate and with restore_best one more, with an average two. Arenas: of a full batch, of the epoch's last
/// where it is smaller, of evaluation, with an average twice. The data are the caller's.
[[nodiscard]] Footprint footprint_of(const MlpSpec& spec, const Experiment& experiment, Index train_rows);

}  // namespace athanor
