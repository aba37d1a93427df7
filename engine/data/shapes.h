// The formulas behind the generators: where a point of a class lies, and what value a surface has at a point.
#pragma once

#include "engine/core/random.h"
#include "engine/core/real.h"

namespace athanor::shapes {

struct Point {
  Real x;
  Real y;
};

/// What one point is drawn from. `position` counts the points of this class, `count` is how many it gets.
struct Draw {
  Random& random;
  Index label;
  Index classes;
  Index position;
  Index count;
};

// One point of the class asked for, without noise, in about [-1, 1] x [-1, 1].
[[nodiscard]] Point blob(const Draw& draw);
[[nodiscard]] Point exclusive_or(const Draw& draw);
[[nodiscard]] Point circle(const Draw& draw);
[[nodiscard]] Point moon(const Draw& draw);
[[nodiscard]] Point spiral(const Draw& draw);
[[nodiscard]] Point checker(const Draw& draw);
[[nodiscard]] Point half(const Draw& draw);
[[nodiscard]] Point overlapping(const Draw& draw);
[[nodiscard]] Point stretched(const Draw& draw);
[[nodiscard]] Point ring(const Draw& draw);
[[nodiscard]] Point quantile_ring(const Draw& draw);
[[nodiscard]] Point pinwheel(const Draw& draw);
[[nodiscard]] Point stripe(const Draw& draw);
[[nodiscard]] Point roll(const Draw& draw);
[[nodiscard]] Point square(const Draw& draw);
[[nodiscard]] Point flower(const Draw& draw);
[[nodiscard]] Point heart(const Draw& draw);
[[nodiscard]] Point smile(const Draw& draw);
[[nodiscard]] Point yin_yang(const Draw& draw);

// The value at a point of [-1, 1] x [-1, 1], within [-1, 1].
[[nodiscard]] double plane(double x, double y);
[[nodiscard]] double saddle(double x, double y);
[[nodiscard]] double bowl(double x, double y);
[[nodiscard]] double ripple(double x, double y);
[[nodiscard]] double bumps(double x, double y);
[[nodiscard]] double cliff(double x, double y);
[[nodiscard]] double terraces(double x, double y);
[[nodiscard]] double waves(double x, double y);

// Of one dimension; they share the surfaces' type and do not look at y.
[[nodiscard]] double line(double x, double y);
[[nodiscard]] double kink(double x, double y);
[[nodiscard]] double step(double x, double y);
[[nodiscard]] double sine(double x, double y);
[[nodiscard]] double cubic(double x, double y);
[[nodiscard]] double sinc(double x, double y);
[[nodiscard]] double chirp(double x, double y);

}  // namespace athanor::shapes
