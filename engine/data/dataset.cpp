#include "engine/data/dataset.h"

#include <algorithm>

namespace athanor {

void Dataset::append(std::span<const Real> values, std::int32_t label) {
  origins.push_back(static_cast<std::int32_t>(rows()));
  features.insert(features.end(), values.begin(), values.end());
  labels.push_back(label);
  is_copy.push_back(0);
}

void Dataset::keep(const std::vector<bool>& flags) {
  std::size_t to = 0;
  const std::size_t columns_count = columns.size();
  for (std::size_t from = 0; from < flags.size(); ++from) {
    if (!flags[from]) continue;
    std::copy_n(features.begin() + static_cast<Index>(from * columns_count), columns_count,
                features.begin() + static_cast<Index>(to * columns_count));
    labels[to] = labels[from];
    origins[to] = origins[from];
    is_copy[to] = is_copy[from];
    ++to;
  }
  features.resize(to * columns_count);
  labels.resize(to);
  origins.resize(to);
  is_copy.resize(to);
}

}  // namespace athanor
