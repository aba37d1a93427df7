#include "engine/data/augment.h"

#include <cmath>
#include <vector>

#include "engine/core/random.h"
#include "engine/data/scaler.h"

namespace athanor {
namespace {

/// Whether all values of a column that are there are the same. The scaler gives such a column a deviation of 1, by
/// which nothing may be moved.
bool is_constant(const Dataset& data, std::span<const std::int32_t> rows, std::size_t column) {
  Real first = NAN;
  for (const std::int32_t i : rows) {
    const Real value = data.row(i)[column];
    if (std::isnan(first)) first = value;
    if (!std::isnan(value) && value != first) return false;
  }
  return true;
}

}  // namespace

Index add_jittered_copies(Dataset& data, Index copies, double jitter, std::uint32_t seed,
                          std::span<const std::int32_t> fitted_on) {
  const Index originals = data.rows();
  const std::size_t width = data.columns.size();
  std::vector<std::int32_t> all(static_cast<std::size_t>(originals));
  for (std::size_t i = 0; i < all.size(); ++i) all[i] = static_cast<std::int32_t>(i);
  const std::span<const std::int32_t> fitted = fitted_on.empty() ? std::span<const std::int32_t>(all) : fitted_on;
  std::vector<Real> deviation = fit_standard(data, fitted).scale;
  for (std::size_t c = 0; c < width; ++c) {
    if (is_constant(data, fitted, c) || data.is_level(static_cast<Index>(c))) deviation[c] = 0;
  }
  Random random(seed, Stream::kAugment);
  std::vector<Real> moved(width);
  for (Index copy = 0; copy < copies; ++copy) {
    for (Index i = 0; i < originals; ++i) {
      for (std::size_t c = 0; c < width; ++c) {
        moved[c] = data.row(i)[c] + static_cast<Real>(jitter) * deviation[c] * random.normal();
      }
      data.append_copy(moved, i);
    }
  }
  return data.rows() - originals;
}

}  // namespace athanor
