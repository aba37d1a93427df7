// Cleaning: rows with missing values and rows that stand there twice.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/data/dataset.h"

namespace athanor {

/// Rows that miss a value, rising.
[[nodiscard]] std::vector<std::int32_t> find_missing(const Dataset& data);

/// Rows that equal an earlier one in all values and in the class or the regression target, rising.
[[nodiscard]] std::vector<std::int32_t> find_duplicates(const Dataset& data);

/// Drops the rows at the positions given; returns how many.
Index drop_rows(Dataset& data, std::span<const std::int32_t> rows);

}  // namespace athanor
