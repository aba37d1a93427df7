#include "engine/metrics/probability.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <utility>

#include "engine/core/error.h"
#include "engine/data/dataset.h"

namespace athanor {
namespace {

[[noreturn]] void refuse(const char* what, std::string value, std::string expected) {
  throw Error(ErrorCode::kBadInput, "metrics.probability",
              {{"what", what}, {"value", std::move(value)}, {"expected", std::move(expected)}});
}

void check(const Probabilities& given) {
  if (given.classes < 2 || given.classes > kMaxClasses) {
    refuse("the number of classes", std::to_string(given.classes), "2 to " + std::to_string(kMaxClasses));
  }
  const std::size_t expected = given.labels.size() * static_cast<std::size_t>(given.classes);
  if (given.values.size() != expected) {
    refuse("the number of probabilities", std::to_string(given.values.size()), std::to_string(expected));
  }
  for (const std::int32_t label : given.labels) {
    if (label < 0 || label >= given.classes) {
      refuse("a label", std::to_string(label), "0 to " + std::to_string(given.classes - 1));
    }
  }
  for (const Real value : given.values) {
    const bool is_within = value >= 0 && value <= 1;  // false for NaN
    if (!is_within) refuse("a probability", number_text(static_cast<double>(value)), "0 to 1");
  }
}

void check_class(const Probabilities& given, std::int32_t positive) {
  if (positive < 0 || positive >= given.classes) {
    refuse("the class", std::to_string(positive), "0 to " + std::to_string(given.classes - 1));
  }
}

double probability(const Probabilities& given, std::size_t row, std::size_t label) {
  return static_cast<double>(given.values[row * static_cast<std::size_t>(given.classes) + label]);
}

/// Rows at or above a threshold: how many are of the class, how many are not.
struct Step {
  double threshold = 0;
  std::int64_t hits = 0;
  std::int64_t false_alarms = 0;
};

/// One step per different probability, falling; the last one holds the totals. Rows are checked before.
std::vector<Step> steps_of(const Probabilities& given, std::int32_t positive) {
  std::vector<std::size_t> order(given.labels.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  const auto column = static_cast<std::size_t>(positive);
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return probability(given, a, column) > probability(given, b, column);
  });
  std::vector<Step> steps;
  for (const std::size_t row : order) {
    const double threshold = probability(given, row, column);
    if (steps.empty()) {
      steps.push_back({.threshold = threshold});
    } else if (steps.back().threshold != threshold) {
      steps.push_back(steps.back());
      steps.back().threshold = threshold;
    }
    ++(given.labels[row] == positive ? steps.back().hits : steps.back().false_alarms);
  }
  return steps;
}

std::vector<Step> checked_steps(const Probabilities& given, std::int32_t positive) {
  check(given);
  check_class(given, positive);
  return steps_of(given, positive);
}

bool has_hits(const std::vector<Step>& steps) { return !steps.empty() && steps.back().hits > 0; }
bool has_both(const std::vector<Step>& steps) { return has_hits(steps) && steps.back().false_alarms > 0; }

double share(std::int64_t part, std::int64_t whole) { return static_cast<double>(part) / static_cast<double>(whole); }

double precision_at(const Step& step) { return share(step.hits, step.hits + step.false_alarms); }

/// Whether a step goes on as the one before came: in whole numbers, so that rounding hides no corner.
bool is_midpoint(const Step& before, const Step& step, const Step& after) {
  return after.hits - step.hits == step.hits - before.hits &&
         after.false_alarms - step.false_alarms == step.false_alarms - before.false_alarms;
}

std::optional<double> roc_area(const std::vector<Step>& steps) {
  if (!has_both(steps)) return std::nullopt;
  // Trapezoids in whole numbers of pairs, so that no rounding adds up: 100 000 rows make at most 5e9 of them, doubled.
  std::int64_t doubled_area = 0;
  Step before;
  for (const Step& step : steps) {
    doubled_area += (step.false_alarms - before.false_alarms) * (step.hits + before.hits);
    before = step;
  }
  return static_cast<double>(doubled_area) /
         (2 * static_cast<double>(before.hits) * static_cast<double>(before.false_alarms));
}

std::optional<double> precision_area(const std::vector<Step>& steps) {
  if (!has_hits(steps)) return std::nullopt;
  double sum = 0;
  std::int64_t hits = 0;
  for (const Step& step : steps) {
    sum += static_cast<double>(step.hits - hits) * precision_at(step);
    hits = step.hits;
  }
  return sum / static_cast<double>(hits);
}

std::optional<double> mean_over_classes(const Probabilities& given,
                                        std::optional<double> (*area)(const std::vector<Step>&)) {
  check(given);
  if (given.classes == 2) return area(steps_of(given, 1));
  double sum = 0;
  double count = 0;
  for (std::int32_t label = 0; label < given.classes; ++label) {
    const std::optional<double> value = area(steps_of(given, label));
    if (!value) continue;
    sum += *value;
    ++count;
  }
  if (count == 0) return std::nullopt;
  return sum / count;
}

}  // namespace

std::optional<double> log_loss(const Probabilities& given) {
  check(given);
  if (given.labels.empty()) return std::nullopt;
  double sum = 0;
  for (std::size_t row = 0; row < given.labels.size(); ++row) {
    const double value = probability(given, row, static_cast<std::size_t>(given.labels[row]));
    sum -= std::log(std::max(value, std::numeric_limits<double>::epsilon()));
  }
  return sum / static_cast<double>(given.labels.size());
}

std::optional<double> brier_score(const Probabilities& given) {
  check(given);
  if (given.labels.empty()) return std::nullopt;
  const std::size_t first = given.classes == 2 ? 1 : 0;
  double sum = 0;
  for (std::size_t row = 0; row < given.labels.size(); ++row) {
    for (std::size_t k = first; k < static_cast<std::size_t>(given.classes); ++k) {
      const double truth = static_cast<std::size_t>(given.labels[row]) == k ? 1 : 0;
      const double gap = probability(given, row, k) - truth;
      sum += gap * gap;
    }
  }
  return sum / static_cast<double>(given.labels.size());
}

std::vector<CurvePoint> roc_curve(const Probabilities& given, std::int32_t positive) {
  const std::vector<Step> steps = checked_steps(given, positive);
  if (!has_both(steps)) return {};
  const Step& total = steps.back();
  std::vector<CurvePoint> points{{.threshold = std::numeric_limits<double>::infinity()}};
  for (std::size_t i = 0; i < steps.size(); ++i) {
    if (i > 0 && i + 1 < steps.size() && is_midpoint(steps[i - 1], steps[i], steps[i + 1])) continue;
    const Step& step = steps[i];
    points.push_back({.x = share(step.false_alarms, total.false_alarms),
                      .y = share(step.hits, total.hits),
                      .threshold = step.threshold});
  }
  return points;
}

std::vector<CurvePoint> precision_recall_curve(const Probabilities& given, std::int32_t positive) {
  const std::vector<Step> steps = checked_steps(given, positive);
  if (!has_hits(steps)) return {};
  std::vector<CurvePoint> points{{.x = 0, .y = 1, .threshold = std::numeric_limits<double>::infinity()}};
  for (const Step& step : steps) {
    points.push_back({.x = share(step.hits, steps.back().hits), .y = precision_at(step), .threshold = step.threshold});
  }
  return points;
}

std::optional<double> roc_auc(const Probabilities& given, std::int32_t positive) {
  return roc_area(checked_steps(given, positive));
}

std::optional<double> average_precision(const Probabilities& given, std::int32_t positive) {
  return precision_area(checked_steps(given, positive));
}

ThresholdReport report_at(const Probabilities& given, std::int32_t positive, double threshold) {
  check(given);
  check_class(given, positive);
  if (std::isnan(threshold)) refuse("the threshold", "NaN", "a number");
  Confusion confusion(2);  // 1 is the class, 0 the rest
  for (std::size_t row = 0; row < given.labels.size(); ++row) {
    const bool is_taken = probability(given, row, static_cast<std::size_t>(positive)) >= threshold;
    confusion.add(given.labels[row] == positive ? 1 : 0, is_taken ? 1 : 0);
  }
  const ClassificationReport report = report_classification(confusion);
  return {
      .true_positives = confusion.at(1, 1),
      .false_positives = confusion.at(0, 1),
      .false_negatives = confusion.at(1, 0),
      .true_negatives = confusion.at(0, 0),
      .accuracy = report.accuracy,
      .false_positive_rate = report.classes[0].truths == 0 ? 0 : share(confusion.at(0, 1), report.classes[0].truths),
      .figures = report.classes[1].figures};
}

std::optional<double> mean_roc_auc(const Probabilities& given) { return mean_over_classes(given, roc_area); }

std::optional<double> mean_average_precision(const Probabilities& given) {
  return mean_over_classes(given, precision_area);
}

}  // namespace athanor
