// A plane through the data: two columns run along the axes, all others are held at their mean.
#pragma once

#include <array>
#include <span>
#include <vector>

#include "engine/pipeline/run.h"

namespace athanor {

/// The most grid points along one axis.
inline constexpr Index kMaxResolution = 512;

class Plane {
 public:
  /// The plane's ranges are those of the training part with a margin of 5 %. Throws kBadInput unless the run is split
  /// and both are columns of the data.
  Plane(const Run& run, Index x_column, Index y_column);

  [[nodiscard]] const std::array<Real, 2>& x() const { return x_; }
  [[nodiscard]] const std::array<Real, 2>& y() const { return y_; }

  /// Throws kBadInput for a resolution outside 2 to kMaxResolution.
  static void check_resolution(Index resolution);
  /// The scaled features of grid line `j` of `resolution`, counted from the smallest y: out (resolution, columns).
  void line(Index j, Index resolution, std::span<Real> out);

 private:
  const Run& run_;
  Index x_column_;
  Index y_column_;
  std::array<Real, 2> x_{};
  std::array<Real, 2> y_{};
  std::vector<Real> raw_;  // a row in units of the data
};

}  // namespace athanor
