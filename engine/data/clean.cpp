#include "engine/data/clean.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

namespace athanor {

Index drop_missing(Dataset& data) {
  std::vector<bool> keep(data.labels.size());
  for (Index i = 0; i < data.rows(); ++i) {
    const std::span<const Real> row = data.row(i);
    keep[static_cast<std::size_t>(i)] = std::none_of(row.begin(), row.end(), [](Real x) { return std::isnan(x); });
  }
  const Index before = data.rows();
  data.keep(keep);
  return before - data.rows();
}

Index drop_duplicates(Dataset& data) {
  // Sorting positions brings equal rows together; the stable sort leaves the earliest of them first. NaN sorts last and
  // counts as equal to NaN, so that the order is a strict weak one.
  const auto compare = [](Real a, Real b) {
    if (std::isnan(a) || std::isnan(b)) return static_cast<int>(std::isnan(a)) - static_cast<int>(std::isnan(b));
    return a < b ? -1 : static_cast<int>(a > b);
  };
  const auto order_of = [&](Index a, Index b) {
    const std::span<const Real> left = data.row(a);
    const std::span<const Real> right = data.row(b);
    for (std::size_t c = 0; c < left.size(); ++c) {
      if (const int order = compare(left[c], right[c]); order != 0) return order;
    }
    if (data.task == Task::kRegression) {
      return compare(data.values[static_cast<std::size_t>(a)], data.values[static_cast<std::size_t>(b)]);
    }
    return data.labels[static_cast<std::size_t>(a)] - data.labels[static_cast<std::size_t>(b)];
  };
  std::vector<Index> order(data.labels.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(), [&](Index a, Index b) { return order_of(a, b) < 0; });
  std::vector<bool> keep(data.labels.size(), true);
  for (std::size_t i = 1; i < order.size(); ++i) {
    if (order_of(order[i - 1], order[i]) == 0) keep[static_cast<std::size_t>(order[i])] = false;
  }
  const Index before = data.rows();
  data.keep(keep);
  return before - data.rows();
}

}  // namespace athanor
