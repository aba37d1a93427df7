// The split into training, validation and test part.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/data/dataset.h"

namespace athanor {

struct SplitSettings {
  double validation = 0.2;
  double test = 0.2;
  bool stratified = true;
  std::uint32_t seed = 0;
};

/// Positions of rows in the data set. A copy follows its original into the training part; copies of held-out rows
/// belong nowhere, because a model trained on them would have seen the held-out row.
struct Split {
  std::vector<std::int32_t> train;
  std::vector<std::int32_t> validation;
  std::vector<std::int32_t> test;
  Index copies_dropped = 0;
};

/// Seeded; stratified means that every class is divided in the same proportions (rounded per class, but at least one
/// row of every class stays for training); regression has no classes and is divided as one group.
[[nodiscard]] Split split(const Dataset& data, const SplitSettings& settings);

}  // namespace athanor
