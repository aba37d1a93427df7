// Reduce-on-plateau: the learning rate shrinks when a loss stops improving. Also the patience of early stopping.
#pragma once

#include <cmath>
#include <limits>

namespace athanor {

/// Counts how many evaluations in a row brought no improvement. As PyTorch's ReduceLROnPlateau in mode "min" with a
/// relative threshold: a loss improves when it is below best * (1 - threshold). One that is not a number never does,
/// and every other improves on it.
struct PlateauCounter {
  double best = 0;
  int evaluations = 0;
  int bad = 0;  // evaluations since the best

  /// Returns true when the loss improved.
  bool observe(double loss, double threshold) {
    if (evaluations++ == 0) best = std::numeric_limits<double>::quiet_NaN();
    const bool improved = !std::isnan(loss) && (std::isnan(best) || loss < best * (1 - threshold));
    if (improved) {
      best = loss;
      bad = 0;
    } else {
      ++bad;
    }
    return improved;
  }
};

}  // namespace athanor
