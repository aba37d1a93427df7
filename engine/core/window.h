// How a window moves over the two inner axes of images laid out (batch, height, width, channels).
#pragma once

#include "engine/core/real.h"

namespace athanor {

/// Along one axis. `before` and `after` are rows of zeros that count as part of the image; `after` may be negative:
/// rows at the end that no window reaches.
struct WindowAxis {
  Index size = 1;
  Index stride = 1;
  Index dilation = 1;  // from one entry of the window to the next
  Index before = 0;
  Index after = 0;

  /// Rows from the first entry of a window to its last, both included.
  [[nodiscard]] Index reach() const { return dilation * (size - 1) + 1; }
  /// How many windows there are in `length` rows; 0 or less when not even one fits.
  [[nodiscard]] Index outputs(Index length) const {
    const Index free = length + before + after - reach();
    return free < 0 ? 0 : free / stride + 1;
  }
  /// How many rows so many windows cover, without the padding.
  [[nodiscard]] Index inputs(Index outputs) const { return (outputs - 1) * stride + reach() - before - after; }
  bool operator==(const WindowAxis&) const = default;
};

struct Window {
  WindowAxis rows;
  WindowAxis columns;
  Index groups = 1;  // convolutions: channels of one group do not see those of another
  bool operator==(const Window&) const = default;
};

}  // namespace athanor
