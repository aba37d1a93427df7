// The real-valued formulas of shapes.h.
#include <algorithm>
#include <cmath>
#include <numbers>

#include "engine/data/shapes.h"

namespace athanor::shapes {
namespace {

constexpr double kPi = std::numbers::pi;

double bump(double dx, double dy) { return std::exp(-12 * (dx * dx + dy * dy)); }

}  // namespace

double plane(double x, double y) { return (2 * x + y) / 3; }
double saddle(double x, double y) { return x * x - y * y; }
double bowl(double x, double y) { return x * x + y * y - 1; }

double ripple(double x, double y) {
  const double radius = std::hypot(x, y);
  return std::cos(8 * radius) / (1 + 2 * radius * radius);
}

double bumps(double x, double y) { return bump(x - 0.45, y - 0.4) - bump(x + 0.45, y + 0.4); }
double cliff(double x, double y) { return x + y / 2 > 0 ? 0.8 : -0.8; }

/// Four levels from -1 to 1.
double terraces(double x, double /*y*/) {
  const double level = std::clamp(std::floor((x + 1) * 2), 0.0, 3.0);
  return level * 2 / 3 - 1;
}

double waves(double x, double y) { return std::sin(2 * kPi * x) * std::cos(kPi * y); }

double line(double x, double /*y*/) { return 0.8 * x; }
double kink(double x, double /*y*/) { return 2 * std::abs(x) - 1; }
double step(double x, double /*y*/) { return x > 0 ? 0.8 : -0.8; }
double sine(double x, double /*y*/) { return std::sin(2 * kPi * x); }
/// Chebyshev's third polynomial: touches both bounds twice.
double cubic(double x, double /*y*/) { return (4 * x * x - 3) * x; }

double sinc(double x, double /*y*/) {
  const double angle = 4 * kPi * x;
  return angle == 0 ? 1 : std::sin(angle) / angle;
}

/// The frequency rises from nothing at the left end to three turns per unit at the right end.
double chirp(double x, double /*y*/) { return std::sin(1.5 * kPi * (x + 1) * (x + 1)); }

}  // namespace athanor::shapes
