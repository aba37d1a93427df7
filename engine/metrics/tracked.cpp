#include "engine/metrics/tracked.h"

namespace athanor {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

constexpr std::array<TrackedMeasure, kMostTracked> kOfClasses{{
    {.name = "accuracy", .of = [](const Measures& m) { return m.accuracy; }},
    {.name = "balancedAccuracy", .of = [](const Measures& m) { return m.balanced_accuracy; }},
    {.name = "precision", .of = [](const Measures& m) { return m.precision; }},
    {.name = "recall", .of = [](const Measures& m) { return m.recall; }},
    {.name = "f1", .of = [](const Measures& m) { return m.f1; }},
    {.name = "matthews", .of = [](const Measures& m) { return m.matthews; }},
    {.name = "kappa", .of = [](const Measures& m) { return m.kappa; }},
}};

constexpr std::array<TrackedMeasure, 5> kOfValues{{
    {.name = "r2", .of = [](const Measures& m) { return m.regression->r2.value_or(kNone); }},
    {.name = "rmse", .of = [](const Measures& m) { return m.regression->rmse; }},
    {.name = "mae", .of = [](const Measures& m) { return m.regression->mae; }},
    {.name = "mse", .of = [](const Measures& m) { return m.regression->mse; }},
    {.name = "explainedVariance",
     .of = [](const Measures& m) { return m.regression->explained_variance.value_or(kNone); }},
}};

}  // namespace

std::span<const TrackedMeasure> tracked_measures(bool are_values) {
  if (are_values) return kOfValues;
  return kOfClasses;
}

TrackedValues track(const std::optional<Measures>& measures) {
  TrackedValues values;
  values.fill(kNone);
  if (!measures) return values;
  const std::span<const TrackedMeasure> rows = tracked_measures(measures->regression.has_value());
  for (std::size_t i = 0; i < rows.size(); ++i) values[i] = rows[i].of(*measures);
  return values;
}

}  // namespace athanor
