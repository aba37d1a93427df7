#include "engine/data/dataset.h"

#include <algorithm>

namespace athanor {

bool Dataset::is_level(Index column) const {
  return std::any_of(groups.begin(), groups.end(), [column](const LevelGroup& group) {
    return column >= group.begin && column < group.begin + group.size;
  });
}

void Dataset::append(std::span<const Real> row_values, std::int32_t label) {
  origins.push_back(static_cast<std::int32_t>(rows()));
  features.insert(features.end(), row_values.begin(), row_values.end());
  labels.push_back(label);
  is_copy.push_back(0);
}

void Dataset::append_value(std::span<const Real> row_values, Real value) {
  append(row_values, 0);
  values.push_back(value);
}

void Dataset::append_copy(std::span<const Real> row_values, Index original) {
  const auto from = static_cast<std::size_t>(original);
  append(row_values, labels[from]);
  origins.back() = origins[from];
  is_copy.back() = 1;
  if (task != Task::kRegression) return;
  const Real value = values[from];  // by value: growing the vector may move what it refers to
  values.push_back(value);
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
    if (!values.empty()) values[to] = values[from];
    ++to;
  }
  features.resize(to * columns_count);
  labels.resize(to);
  origins.resize(to);
  is_copy.resize(to);
  if (!values.empty()) values.resize(to);
}

}  // namespace athanor
