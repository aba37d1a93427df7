#include "engine/optim/schedule.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace athanor {
namespace {

/// From `start` to `end` along half a cosine, `share` of the way.
double cosine_between(double start, double end, double share) {
  return end + (start - end) * (1 + std::cos(std::numbers::pi * share)) / 2;
}

double constant(const ScheduleSettings& /*settings*/, double /*t*/, double /*total*/) { return 1; }

double step(const ScheduleSettings& settings, double t, double /*total*/) {
  return std::pow(settings.factor, std::floor(t / settings.period));
}

double exponential(const ScheduleSettings& settings, double t, double /*total*/) {
  return std::pow(settings.factor, t / settings.period);
}

double polynomial(const ScheduleSettings& settings, double t, double total) {
  return std::pow(std::max(0.0, 1 - t / total), settings.power);
}

double cosine(const ScheduleSettings& settings, double t, double /*total*/) {
  double length = settings.period;
  double since = t;
  if (settings.growth > 1) {
    // Periods p, p g, p g^2, … : the number of whole ones before t from the sum of the geometric series.
    const double series = 1 + t / settings.period * (settings.growth - 1);
    // A hair above, so that a restart falls on the moment it belongs to and not just before it.
    const double whole = std::floor(std::log(series) / std::log(settings.growth) + 1e-9);
    const double grown = std::pow(settings.growth, whole);
    since = std::max(0.0, t - settings.period * (grown - 1) / (settings.growth - 1));
    length = settings.period * grown;
  } else {
    since = std::fmod(t, settings.period);
  }
  return cosine_between(1, settings.floor, since / length);
}

double one_cycle(const ScheduleSettings& /*settings*/, double t, double total) {
  constexpr double kRise = 0.3;
  constexpr double kStart = 1.0 / 25;
  constexpr double kEnd = kStart / 1e4;
  const double share = std::min(1.0, t / total);
  return share < kRise ? cosine_between(kStart, 1, share / kRise)
                       : cosine_between(1, kEnd, (share - kRise) / (1 - kRise));
}

using Function = double(const ScheduleSettings& settings, double t, double total);
constexpr std::array<Function*, kScheduleNames.size()> kFunctions{constant,   step,   exponential,
                                                                  polynomial, cosine, one_cycle};

}  // namespace

double schedule_factor(const ScheduleSettings& settings, double epoch) {
  Function* const function = kFunctions[static_cast<std::size_t>(settings.schedule)];
  const double total = std::max(settings.total - settings.warmup, 1e-9);
  if (epoch < settings.warmup) {
    constexpr double kStart = 0.01;  // not 0, which would waste the first step
    return (kStart + (1 - kStart) * epoch / settings.warmup) * function(settings, 0, total);
  }
  return function(settings, epoch - settings.warmup, total);
}

}  // namespace athanor
