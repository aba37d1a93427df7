// How large a network is and what its training will take, before any of it is taken.
#pragma once

#include <cstddef>
#include <string_view>

#include "engine/experiment/experiment.h"
#include "engine/models/mlp.h"
#include "engine/runtime/layout.h"

namespace athanor {

/// Memory one run may take; more is refused before it is taken.
inline constexpr std::size_t kMaxRunBytes = std::size_t{512} * 1024 * 1024;

/// Throws kMemoryLimit of the place `path` where there are more.
void check_memory(std::size_t bytes, std::string_view path);

struct Footprint {
  Index parameters = 0;  // trained numbers: weights, biases, gains
  std::size_t bytes = 0;
};

/// Of the trainer that these settings make for so many rows of training: what its parameter_count() and memory_bytes()
/// will say before its first step. A trainer asks this before it takes anything, so what a person is told and what is
/// refused are one figure. Plans the network, which costs some milliseconds for a large one.
/// Each parameter is seven numbers: itself, its gradient, the optimiser's two, and at the mark itself and those two;
/// with accumulate and with restore_best one more, with an average two. To these comes what measure_programs() tells.
/// The data are the caller's.
[[nodiscard]] Footprint footprint_of(const MlpSpec& spec, const Experiment& experiment, Index train_rows);

/// What the programs of a trainer take: those of a full batch, of the epoch's last where it is smaller, of evaluation,
/// with an average twice. Each has its own inputs and outputs; one runs at a time, so the workspace is that of the
/// largest.
[[nodiscard]] ArenaSize measure_programs(const MlpSpec& spec, Index batch_rows, Index train_rows, bool is_averaging);

}  // namespace athanor
