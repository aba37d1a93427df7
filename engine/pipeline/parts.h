// The parts of the data as the network sees them: numbers in rows, scaled, with targets.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/data/dataset.h"
#include "engine/data/scaler.h"
#include "engine/models/mlp.h"
#include "engine/pipeline/stage.h"

namespace athanor {

/// The fewest rows that may be left after cleaning.
inline constexpr Index kMinRows = 8;

/// One part of the data.
struct PartMatrix {
  Index rows = 0;
  std::vector<Real> features;        // (rows, columns), scaled
  std::vector<Real> targets;         // (rows, outputs), as the loss compares them
  std::vector<std::int32_t> labels;  // (rows); all 0 for regression
  std::vector<Real> values;          // (rows) for regression, in units of the data; else empty
  Real target_shift = 0;             // value = target * scale + shift
  Real target_scale = 1;
};

/// Throws kTooFewRows, or kTooFewClasses for classification, at the stage.
void require_enough(const Dataset& data, Stage stage);

/// The rows at the given positions. `target` is the scaler of the one column of regression targets.
[[nodiscard]] PartMatrix make_part(const Dataset& data, std::span<const std::int32_t> rows, const MlpSpec& spec,
                                   const Scaler& features, const Scaler& target);

/// Writes the targets anew for a loss that wants them otherwise. Allocates only where the number of outputs changes.
void encode_targets(const MlpSpec& spec, PartMatrix& part);

}  // namespace athanor
