#include "engine/data/generators.h"

#include <cmath>
#include <numbers>
#include <string>

#include "engine/core/random.h"

namespace athanor {
namespace {

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

Point polar(double radius, double angle) {
  return {static_cast<Real>(radius * std::cos(angle)), static_cast<Real>(radius * std::sin(angle))};
}

constexpr double kTurn = 2 * std::numbers::pi;

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

struct GeneratorRow {
  Point (*draw)(const Draw&);
  bool any_classes;
};

constexpr std::array<GeneratorRow, kGeneratorNames.size()> kRows{{
    {.draw = blob, .any_classes = true},
    {.draw = exclusive_or, .any_classes = false},
    {.draw = circle, .any_classes = false},
    {.draw = moon, .any_classes = false},
    {.draw = spiral, .any_classes = true},
    {.draw = checker, .any_classes = false},
}};

}  // namespace

Dataset generate(const GeneratorSettings& settings) {
  const GeneratorRow& generator = kRows[static_cast<std::size_t>(settings.generator)];
  const Index classes = generator.any_classes ? settings.classes : 2;
  Dataset data;
  data.columns = {"x1", "x2"};
  for (Index label = 0; label < classes; ++label) data.classes.push_back(std::to_string(label));

  Random shape(settings.seed, Stream::kGenerate, 0);
  Random noise(settings.seed, Stream::kGenerate,
               1);  // its own: turning the noise up moves points, it draws no new ones
  const auto deviation = static_cast<Real>(0.2 * settings.noise);
  for (Index i = 0; i < settings.samples; ++i) {
    const Index label = i % classes;
    const Index count = (settings.samples - label + classes - 1) / classes;
    const Point point =
        generator.draw({.random = shape, .label = label, .classes = classes, .position = i / classes, .count = count});
    const Real dx = noise.normal();
    const Real dy = noise.normal();
    const std::array<Real, 2> values{point.x + deviation * dx, point.y + deviation * dy};
    data.append(values, static_cast<std::int32_t>(label));
  }
  return data;
}

}  // namespace athanor
