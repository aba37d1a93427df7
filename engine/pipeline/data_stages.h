// The stages that make the data ready: prepare, clean, augment, split.
#pragma once

#include "engine/pipeline/run.h"

namespace athanor::stages {

/// Draws or reads the rows. How columns are scaled is chosen here; the statistics come from the training part, so they
/// are fitted when the split has made it.
bool prepare(Run& run);
/// Drops broken rows (found while reading), rows with missing values, duplicates and outliers; drops or relabels rows
/// whose label its neighbours contradict. Works on all rows: what they will be used for is not decided yet.
bool clean(Run& run);
/// Adds jittered, turned, stretched, shifted, mirrored and mixed copies. Throws kMemoryLimit for too many.
bool augment(Run& run);
/// No copies are asked for.
bool is_augment_off(const Experiment& experiment);
/// Divides the rows, fits the scaling on the training part alone and scales all parts with it.
bool split(Run& run);

}  // namespace athanor::stages
