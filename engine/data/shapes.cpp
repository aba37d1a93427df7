// The points of shapes.h.
#include "engine/data/shapes.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace athanor::shapes {
namespace {

Point polar(double radius, double angle) {
  return {static_cast<Real>(radius * std::cos(angle)), static_cast<Real>(radius * std::sin(angle))};
}

constexpr double kTurn = 2 * std::numbers::pi;

/// A normal deviate that strays no further than `most`: without noise no point may leave the square.
double bounded_normal(Random& random, double most) {
  return std::clamp(static_cast<double>(random.normal()), -most, most);
}

double between(Random& random, double low, double high) {
  return low + (high - low) * static_cast<double>(random.uniform());
}

Point point_at(double x, double y) { return {static_cast<Real>(x), static_cast<Real>(y)}; }

/// A point anywhere in the square.
Point anywhere(Random& random) {
  const Real x = random.uniform(-1, 1);
  const Real y = random.uniform(-1, 1);
  return {x, y};
}

/// Below 0 inside: the sextic (x² + y² - 1)³ - x² y³, moved and scaled into the square.
double heart_side(const Point& point) {
  const double x = 1.3 * static_cast<double>(point.x);
  const double y = 1.3 * static_cast<double>(point.y) + 0.1;
  const double disc = x * x + y * y - 1;
  return disc * disc * disc - x * x * y * y * y;
}

constexpr double kEyeX = 0.38;
constexpr double kEyeY = 0.35;
constexpr double kEyeRadius = 0.15;
constexpr double kMouthRadius = 0.55;
constexpr double kMouthWidth = 0.07;  // to either side

/// Whether a point lies on an eye or on the mouth, or within `margin` of them.
bool is_on_feature(const Point& point, double margin) {
  const auto x = static_cast<double>(point.x);
  const auto y = static_cast<double>(point.y);
  if (std::hypot(std::abs(x) - kEyeX, y - kEyeY) < kEyeRadius + margin) return true;
  return y < -0.1 && std::abs(std::hypot(x, y) - kMouthRadius) < kMouthWidth + margin;
}

}  // namespace

/// Evenly spaced centres on a circle, so that no two classes hide each other.
Point blob(const Draw& draw) {
  constexpr double kSpread = 0.12;
  const auto label = static_cast<double>(draw.label);
  const Point centre = polar(0.6, kTurn * (0.125 + label / static_cast<double>(draw.classes)));
  const Real dx = draw.random.normal();
  const Real dy = draw.random.normal();
  return {centre.x + static_cast<Real>(kSpread) * dx, centre.y + static_cast<Real>(kSpread) * dy};
}

/// Opposite quadrants share a class; a margin keeps the quadrants apart when there is no noise.
Point exclusive_or(const Draw& draw) {
  constexpr auto kMargin = static_cast<Real>(0.05);
  const Real x = draw.random.uniform(kMargin, 1) * (draw.random.below(2) == 0 ? Real{1} : Real{-1});
  const Real y = draw.random.uniform(kMargin, 1);
  const bool same_sign = draw.label == 0;
  return {x, (x > 0) == same_sign ? y : -y};
}

/// A disc and a ring around it.
Point circle(const Draw& draw) {
  constexpr auto kDisc = static_cast<Real>(0.45);
  constexpr auto kRing = static_cast<Real>(0.65);
  const Real radius = draw.label == 0 ? draw.random.uniform(0, kDisc) : draw.random.uniform(kRing, 1);
  return polar(static_cast<double>(radius), kTurn * static_cast<double>(draw.random.uniform()));
}

/// Two interleaving half circles, as in scikit-learn's make_moons, moved and scaled into the square.
Point moon(const Draw& draw) {
  const double angle = std::numbers::pi * static_cast<double>(draw.random.uniform());
  const double x = draw.label == 0 ? std::cos(angle) : 1 - std::cos(angle);
  const double y = draw.label == 0 ? std::sin(angle) : 0.5 - std::sin(angle);
  return {static_cast<Real>((x - 0.5) * 0.62), static_cast<Real>((y - 0.25) * 0.9)};
}

/// Two arms turn once from near the centre to the rim; more arms turn less, so that they stay as far apart.
Point spiral(const Draw& draw) {
  const double along = (static_cast<double>(draw.position) + 0.5) / static_cast<double>(draw.count);
  const double turns = 2.0 / static_cast<double>(draw.classes);
  const double start = static_cast<double>(draw.label) / static_cast<double>(draw.classes);
  return polar(0.06 + 0.94 * along, kTurn * (start + turns * along));
}

/// Four by four squares.
Point checker(const Draw& draw) {
  constexpr Index kSide = 4;
  constexpr double kMargin = 0.06;
  const Index row = draw.random.below(kSide);
  const Index column = 2 * static_cast<Index>(draw.random.below(kSide / 2)) + (row + draw.label) % 2;
  const auto within = [&](Index cell) {
    const double place = kMargin + (1 - 2 * kMargin) * static_cast<double>(draw.random.uniform());
    return static_cast<Real>((static_cast<double>(cell) + place) * 2 / kSide - 1);
  };
  const Real x = within(column);
  const Real y = within(row);
  return {x, y};
}

/// Two halves of the square along a tilted line, with a margin.
Point half(const Draw& draw) {
  for (;;) {
    const Point point = anywhere(draw.random);
    const double side = 0.866 * static_cast<double>(point.x) + 0.5 * static_cast<double>(point.y);
    if (std::abs(side) < 0.08) continue;
    return (side > 0) == (draw.label > 0) ? point : Point{-point.x, -point.y};
  }
}

/// Wide normal clouds whose centres lie closer together than the clouds are wide.
Point overlapping(const Draw& draw) {
  const double angle = kTurn * (0.125 + static_cast<double>(draw.label) / static_cast<double>(draw.classes));
  const double dx = 0.35 * bounded_normal(draw.random, 2.4);
  const double dy = 0.35 * bounded_normal(draw.random, 2.4);
  return point_at(0.3 * std::cos(angle) + dx, 0.3 * std::sin(angle) + dy);
}

/// Long parallel clouds side by side, tilted.
Point stretched(const Draw& draw) {
  constexpr double kCosine = 0.819;  // 35 degrees
  constexpr double kSine = 0.574;
  const auto gaps = static_cast<double>(draw.classes - 1);
  const double spacing = std::min(0.5, 1.4 / gaps);
  const double along = 0.36 * bounded_normal(draw.random, 2.2);
  const double across =
      spacing * (static_cast<double>(draw.label) - gaps / 2) + 0.16 * spacing * bounded_normal(draw.random, 2.2);
  return point_at(along * kCosine - across * kSine, along * kSine + across * kCosine);
}

/// Two more rings than classes, which take turns from the centre outwards.
Point ring(const Draw& draw) {
  const Index rings = draw.classes + 2;
  const Index own = (rings - draw.label + draw.classes - 1) / draw.classes;
  const Index index =
      draw.label + draw.classes * static_cast<Index>(draw.random.below(static_cast<std::uint32_t>(own)));
  const double radius = (static_cast<double>(index) + between(draw.random, 0.15, 0.85)) / static_cast<double>(rings);
  return polar(radius, kTurn * static_cast<double>(draw.random.uniform()));
}

/// One normal cloud cut into rings of equal probability, as scikit-learn's make_gaussian_quantiles; the outermost
/// hundredth is left out.
Point quantile_ring(const Draw& draw) {
  const double share = (static_cast<double>(draw.label) + static_cast<double>(draw.random.uniform())) /
                       static_cast<double>(draw.classes);
  const double radius = std::sqrt(-2 * std::log(1 - 0.99 * share)) * 0.33;
  return polar(radius, kTurn * static_cast<double>(draw.random.uniform()));
}

/// Blades that bend with the distance from the centre, after M. J. Johnson et al., "Composing graphical models with
/// neural networks" (NIPS 2016).
Point pinwheel(const Draw& draw) {
  const double radius = 0.55 + 0.18 * bounded_normal(draw.random, 2.2);
  const double across = 0.05 * bounded_normal(draw.random, 2.2);
  const double blade = 0.125 + static_cast<double>(draw.label) / static_cast<double>(draw.classes);
  const double angle = kTurn * blade + 2.2 * (radius - 0.9);
  return point_at(radius * std::cos(angle) - across * std::sin(angle),
                  radius * std::sin(angle) + across * std::cos(angle));
}

/// Slanting bands, two for each class in turn.
Point stripe(const Draw& draw) {
  const Index bands = 2 * draw.classes;
  const Index band = draw.label + draw.classes * static_cast<Index>(draw.random.below(2));
  const double place = (static_cast<double>(band) + between(draw.random, 0.1, 0.9)) / static_cast<double>(bands);
  const double y = between(draw.random, -1, 1);
  return point_at(1.3 * place - 0.65 - 0.35 * y, y);
}

/// One rolled-up band, cut along its length into two pieces for each class in turn.
Point roll(const Draw& draw) {
  const Index piece = draw.label + draw.classes * static_cast<Index>(draw.random.below(2));
  const double along =
      (static_cast<double>(piece) + between(draw.random, 0.05, 0.95)) / static_cast<double>(2 * draw.classes);
  return polar(0.15 + 0.83 * along, kTurn * 1.75 * along);
}

/// Frames around each other, one for each class; the innermost is a full square.
Point square(const Draw& draw) {
  const double least = draw.label == 0 ? 0 : static_cast<double>(draw.label) + 0.12;
  const double size = between(draw.random, least, static_cast<double>(draw.label) + 0.88);
  const double half_side = size / static_cast<double>(draw.classes);
  const double place = half_side * between(draw.random, -1, 1);
  switch (draw.random.below(4)) {
    case 0:
      return point_at(half_side, place);
    case 1:
      return point_at(-half_side, place);
    case 2:
      return point_at(place, half_side);
    default:
      return point_at(place, -half_side);
  }
}

/// Inside and outside of five petals.
Point flower(const Draw& draw) {
  const double angle = kTurn * static_cast<double>(draw.random.uniform());
  const double edge = 0.6 + 0.25 * std::cos(5 * angle);
  // The root spreads the points evenly over the area.
  const double radius = draw.label == 0 ? (edge - 0.05) * std::sqrt(static_cast<double>(draw.random.uniform()))
                                        : between(draw.random, edge + 0.05, 1);
  return polar(radius, angle);
}

/// Inside and outside of a heart.
Point heart(const Draw& draw) {
  for (;;) {
    const Point point = anywhere(draw.random);
    const double side = heart_side(point);
    if (draw.label == 0 ? side < -0.03 : side > 0.1) return point;
  }
}

/// A face, and the eyes and the mouth on it.
Point smile(const Draw& draw) {
  if (draw.label == 0) {
    for (;;) {
      const Point point = anywhere(draw.random);
      const double radius = std::hypot(static_cast<double>(point.x), static_cast<double>(point.y));
      if (radius <= 1 && !is_on_feature(point, 0.05)) return point;
    }
  }
  const std::uint32_t part = draw.random.below(4);  // the mouth is as long as two eyes are wide, twice over
  const auto first = static_cast<double>(draw.random.uniform());
  const auto second = static_cast<double>(draw.random.uniform());
  if (part >= 2) {
    return polar(kMouthRadius + kMouthWidth * (2 * first - 1), kTurn * (0.56 + 0.38 * second));
  }
  const Point in_eye = polar(kEyeRadius * std::sqrt(first), kTurn * second);
  return {in_eye.x + static_cast<Real>(part == 0 ? kEyeX : -kEyeX), in_eye.y + static_cast<Real>(kEyeY)};
}

/// The two halves of a disc, divided by two half circles, each half with a dot of the other class. Half a turn changes
/// them for one another, so one draw serves both classes.
Point yin_yang(const Draw& draw) {
  constexpr double kDot = 0.17;
  constexpr double kMargin = 0.03;
  for (;;) {
    const Point point = anywhere(draw.random);
    const auto x = static_cast<double>(point.x);
    const auto y = static_cast<double>(point.y);
    const double upper = std::hypot(x, y - 0.5);  // distances from the centres of the half circles and the dots
    const double lower = std::hypot(x, y + 0.5);
    const double from_border = std::abs((x > 0 ? upper : lower) - 0.5);
    const double from_dots = std::abs(std::min(upper, lower) - kDot);
    if (std::hypot(x, y) > 1 || std::min(from_border, from_dots) < kMargin) continue;
    const bool is_yang = upper < 0.5 || (x < 0 && lower > 0.5);
    const bool is_in_dot = std::min(upper, lower) < kDot;
    return (is_yang != is_in_dot) == (draw.label == 0) ? point : Point{-point.x, -point.y};
  }
}

}  // namespace athanor::shapes
