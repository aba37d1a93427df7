// Cleaning: rows with missing values and rows that stand there twice.
#pragma once

#include <cstdint>

#include "engine/data/dataset.h"

namespace athanor {

/// Drops rows that miss a value; returns how many.
Index drop_missing(Dataset& data);

/// Drops rows that equal an earlier one in all values and in the class or the regression target; returns how many.
Index drop_duplicates(Dataset& data);

}  // namespace athanor
