#include "engine/data/generators.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "engine/core/error.h"
#include "engine/core/random.h"
#include "engine/data/shapes.h"

namespace athanor {
namespace {

using shapes::Draw;
using shapes::Point;

using DrawPoint = Point (*)(const Draw&);
using Surface = double (*)(double x, double y);

constexpr Index kMostClasses = 5;  // more would touch each other at the usual noise

struct GeneratorRow {
  GeneratorInfo info;
  DrawPoint draw = nullptr;   // classification
  Surface surface = nullptr;  // regression; without one the values are drawn by chance
};

constexpr GeneratorRow two_classes(std::string_view name, DrawPoint draw, std::string_view meaning) {
  return {.info = {.name = name,
                   .task = Task::kClassification,
                   .dimensions = 2,
                   .least_classes = 2,
                   .most_classes = 2,
                   .meaning = meaning},
          .draw = draw};
}

constexpr GeneratorRow any_classes(std::string_view name, DrawPoint draw, std::string_view meaning) {
  GeneratorRow row = two_classes(name, draw, meaning);
  row.info.most_classes = kMostClasses;
  return row;
}

constexpr GeneratorRow regression(std::string_view name, Index dimensions, Surface surface, std::string_view meaning) {
  return {.info = {.name = name,
                   .task = Task::kRegression,
                   .dimensions = dimensions,
                   .least_classes = 0,
                   .most_classes = 0,
                   .meaning = meaning},
          .surface = surface};
}

constexpr std::array<GeneratorRow, kGeneratorCount> kRows{{
    any_classes("blobs", shapes::blob, "round clouds far apart: straight lines divide them, one layer is enough"),
    two_classes("xor", shapes::exclusive_or,
                "opposite quadrants share a class: no single line divides them, a hidden layer does"),
    two_classes("circles", shapes::circle, "a disc in a ring: the distance from the centre is what matters"),
    two_classes("moons", shapes::moon, "two interleaving half circles: a bent boundary"),
    any_classes("spirals", shapes::spiral, "arms wound around each other: needs several neurons and patience"),
    two_classes("checkerboard", shapes::checker, "four by four squares: many small regions need many neurons"),
    two_classes("halves", shapes::half, "two halves beside a tilted line: a single neuron learns it"),
    any_classes("overlap", shapes::overlapping,
                "wide clouds that overlap: of two, no model can tell more than about 80 % apart"),
    any_classes("stretched", shapes::stretched,
                "long parallel clouds: neither column alone tells the classes apart, both together do"),
    any_classes("rings", shapes::ring, "rings that take turns: one measure, the radius, but many steps of it"),
    any_classes("quantiles", shapes::quantile_ring,
                "one cloud cut into rings: classes that touch, so that points at the border stay unsure"),
    any_classes("pinwheel", shapes::pinwheel, "bent blades: boundaries that turn with the distance from the centre"),
    any_classes("stripes", shapes::stripe, "slanting bands in turn: only one direction matters, and it repeats"),
    any_classes("roll", shapes::roll, "one rolled-up band in pieces: near along the band is not near in the plane"),
    any_classes("squares", shapes::square, "frames around each other: corners, which smooth activations round off"),
    two_classes("flower", shapes::flower,
                "inside and outside of five petals: a boundary with bays, narrow layers miss some"),
    two_classes("heart", shapes::heart, "inside and outside of a heart: a notch and a tip on one boundary"),
    two_classes("smile", shapes::smile, "eyes and a mouth on a face: one class in three separate islands"),
    two_classes("yin_yang", shapes::yin_yang,
                "two bent halves of a disc, each with an island in the other: one winding boundary is not enough"),
    regression("plane", 2, shapes::plane, "a tilted plane: a linear model is exact"),
    regression("saddle", 2, shapes::saddle,
               "rises along one axis, falls along the other: a linear model learns nothing at all"),
    regression("bowl", 2, shapes::bowl, "the squared distance from the centre: smooth, with a single minimum"),
    regression("ripple", 2, shapes::ripple,
               "waves around a stone's fall: what is far out is fainter and easily missed"),
    regression("bumps", 2, shapes::bumps, "a hill and a hollow in flat land: most points say nothing"),
    regression("cliff", 2, shapes::cliff, "two levels along a tilted edge: smooth models overshoot or blur it"),
    regression("terraces", 2, shapes::terraces, "four levels in a row, the other column tells nothing"),
    regression("waves", 2, shapes::waves, "hills and valleys side by side: many bends in both directions"),
    regression("line", 1, shapes::line, "a straight line: one weight and noise"),
    regression("kink", 1, shapes::kink, "a sharp bend: two rectified units fit it exactly, a sigmoid rounds it"),
    regression("step", 1, shapes::step, "a jump: a steep sigmoid fits it, a polynomial rings"),
    regression("sine", 1, shapes::sine, "two full waves: how many hidden units does a bend cost?"),
    regression("cubic", 1, shapes::cubic, "a polynomial with two turning points"),
    regression("sinc", 1, shapes::sinc, "a peak with fading side waves: the small ones are fitted last"),
    regression("chirp", 1, shapes::chirp, "waves that get faster: networks learn slow ones first"),
    regression("chance", 2, nullptr,
               "values drawn at random, whatever the point: what a network fits here it has learnt by heart"),
}};

constexpr bool is_sound() {
  for (std::size_t i = 0; i < kRows.size(); ++i) {
    const GeneratorRow& row = kRows[i];
    const bool draws_points = row.info.task == Task::kClassification;
    const bool has_surface = !draws_points && static_cast<Generator>(i) != Generator::kChance;
    if (row.info.meaning.empty() || (row.draw != nullptr) != draws_points || (row.surface != nullptr) != has_surface) {
      return false;
    }
    if (row.info.name != kGeneratorNames[i]) return false;
  }
  return true;
}
static_assert(is_sound(), "every generator needs its row, in the order of the names, a meaning and a formula");

const GeneratorRow& row_of(Generator generator) { return kRows[static_cast<std::size_t>(generator)]; }

void check(const GeneratorSettings& settings) {
  const GeneratorInfo& info = generator_info(settings.generator);
  check_range("data.samples", static_cast<double>(settings.samples), 1, static_cast<double>(kMaxRows));
  check_range("data.noise", settings.noise, 0, 1);
  if (info.least_classes != info.most_classes) {
    check_range("data.classes", static_cast<double>(settings.classes), static_cast<double>(info.least_classes),
                static_cast<double>(info.most_classes));
  }
  if (settings.first_share) check_range("data.first_share", *settings.first_share, kLeastFirstShare, kMostFirstShare);
}

/// (rows): in turn, or with the first class spread evenly at its share and the others in turn between.
std::vector<std::int32_t> labels_of(const GeneratorSettings& settings, Index classes) {
  std::vector<std::int32_t> labels;
  const Index most = std::max<Index>(settings.samples - 1, 1);
  const Index first =
      settings.first_share
          ? std::clamp<Index>(std::lround(*settings.first_share * static_cast<double>(settings.samples)), 1, most)
          : 0;
  Index others = 0;
  for (std::int64_t i = 0; i < settings.samples; ++i) {
    if (!settings.first_share) {
      labels.push_back(static_cast<std::int32_t>(i % classes));
    } else if ((i + 1) * first / settings.samples != i * first / settings.samples) {
      labels.push_back(0);
    } else {
      labels.push_back(static_cast<std::int32_t>(1 + others++ % (classes - 1)));
    }
  }
  return labels;
}

/// Its own stream: turning the noise up moves points, it draws no new ones.
Random noise_of(const GeneratorSettings& settings) { return {settings.seed, Stream::kGenerate, 1}; }

Dataset draw_points(const GeneratorSettings& settings) {
  const GeneratorRow& row = row_of(settings.generator);
  const Index classes = std::clamp(settings.classes, row.info.least_classes, row.info.most_classes);
  Dataset data;
  data.columns = {"x1", "x2"};
  for (Index label = 0; label < classes; ++label) data.classes.push_back(std::to_string(label));
  const std::vector<std::int32_t> labels = labels_of(settings, classes);
  std::vector<Index> counts(data.classes.size(), 0);
  for (const std::int32_t label : labels) ++counts[static_cast<std::size_t>(label)];

  Random shape(settings.seed, Stream::kGenerate, 0);
  Random noise = noise_of(settings);
  const auto deviation = static_cast<Real>(0.2 * settings.noise);
  std::vector<Index> drawn(data.classes.size(), 0);
  for (const std::int32_t label : labels) {
    const auto k = static_cast<std::size_t>(label);
    const Point point =
        row.draw({.random = shape, .label = label, .classes = classes, .position = drawn[k]++, .count = counts[k]});
    const Real dx = noise.normal();
    const Real dy = noise.normal();
    const std::array<Real, 2> values{point.x + deviation * dx, point.y + deviation * dy};
    data.append(values, label);
  }
  return data;
}

Dataset draw_values(const GeneratorSettings& settings) {
  const GeneratorRow& row = row_of(settings.generator);
  Dataset data;
  data.task = Task::kRegression;
  if (row.info.dimensions == 1) {
    data.columns = {"x"};
  } else {
    data.columns = {"x1", "x2"};
  }
  Random shape(settings.seed, Stream::kGenerate, 0);
  Random noise = noise_of(settings);
  const bool is_chance = row.surface == nullptr;
  const Real low = is_chance ? 0 : -1;
  for (Index i = 0; i < settings.samples; ++i) {
    std::array<Real, 2> point{};
    for (std::size_t c = 0; c < data.columns.size(); ++c) point[c] = shape.uniform(low, 1);
    const double value = is_chance ? static_cast<double>(shape.uniform())
                                   : row.surface(static_cast<double>(point[0]), static_cast<double>(point[1]));
    const double stray = 0.2 * settings.noise * static_cast<double>(noise.normal());
    data.append_value(std::span(point).first(data.columns.size()), static_cast<Real>(value + stray));
  }
  return data;
}

}  // namespace

const GeneratorInfo& generator_info(Generator generator) { return row_of(generator).info; }

Dataset generate(const GeneratorSettings& settings) {
  check(settings);
  return row_of(settings.generator).info.task == Task::kClassification ? draw_points(settings) : draw_values(settings);
}

}  // namespace athanor
