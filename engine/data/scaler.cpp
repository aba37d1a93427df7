#include "engine/data/scaler.h"

#include <cmath>

namespace athanor {

void Scaler::apply(std::span<const Real> row, std::span<Real> out) const {
  for (std::size_t c = 0; c < row.size(); ++c) {
    const Real value = std::isnan(row[c]) ? mean[c] : row[c];
    out[c] = is_identity ? value : (value - mean[c]) / deviation[c];
  }
}

Scaler fit_standard(const Dataset& data, std::span<const std::int32_t> rows) {
  Scaler scaler;
  for (std::size_t c = 0; c < data.columns.size(); ++c) {
    // Two passes in double: the mean first, so that a large offset costs no digits of the deviation.
    double sum = 0;
    double count = 0;
    for (const std::int32_t i : rows) {
      const Real x = data.row(i)[c];
      if (std::isnan(x)) continue;
      sum += static_cast<double>(x);
      ++count;
    }
    const double mean = count > 0 ? sum / count : 0;
    double squares = 0;
    for (const std::int32_t i : rows) {
      const auto x = static_cast<double>(data.row(i)[c]);
      if (!std::isnan(x)) squares += (x - mean) * (x - mean);
    }
    const double deviation = count > 0 ? std::sqrt(squares / count) : 0;
    const auto rounded = static_cast<Real>(deviation);  // may become 0 where the double is not
    scaler.mean.push_back(static_cast<Real>(mean));
    scaler.deviation.push_back(deviation > 1e-12 * std::abs(mean) && rounded > 0 ? rounded : Real{1});
  }
  return scaler;
}

}  // namespace athanor
