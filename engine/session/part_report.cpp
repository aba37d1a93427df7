#include "engine/session/part_report.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "engine/core/error.h"

namespace athanor {
namespace {

Error bad_input(const std::string& value, const std::string& expected) {
  return {ErrorCode::kBadInput, "measures", {{"what", "measures"}, {"value", value}, {"expected", expected}}};
}

std::vector<CurvePoint> thinned(std::vector<CurvePoint> curve) {
  if (curve.size() <= kMaxCurvePoints) return curve;
  std::vector<CurvePoint> kept;
  for (std::size_t i = 0; i < kMaxCurvePoints; ++i)
    kept.push_back(curve[i * (curve.size() - 1) / (kMaxCurvePoints - 1)]);
  return kept;
}

ProbabilityReport report_probability(const Probabilities& given) {
  ProbabilityReport report{.log_loss = log_loss(given),
                           .brier = brier_score(given),
                           .roc_auc = mean_roc_auc(given),
                           .average_precision = mean_average_precision(given)};
  for (std::int32_t k = 0; k < given.classes; ++k) {
    report.roc_aucs.push_back(roc_auc(given, k));
    report.average_precisions.push_back(average_precision(given, k));
    report.roc.push_back(thinned(roc_curve(given, k)));
    report.precision_recall.push_back(thinned(precision_recall_curve(given, k)));
  }
  return report;
}

/// Throws kBadInput where there is nothing to be seen.
const PartMatrix& matrix_of(const Run& run, Part part, bool is_finished) {
  if (!run.trainer) throw bad_input("no network yet", "a run that has reached Train");
  if (part == Part::kTest && !is_finished) {
    throw bad_input("test", "train or validation until Finish opens the test part");
  }
  const std::array<const PartMatrix*, 3> parts{&run.train, &run.validation, &run.test};
  return *parts[static_cast<std::size_t>(part)];
}

struct Judged {
  Measures measures;
  std::vector<Real> predictions;  // (rows, predictions)
};

/// Throws kBadInput when the loss or a prediction is not finite.
Judged judge(const Run& run, const PartMatrix& part) {
  Judged judged{.measures = run.trainer->evaluate(part), .predictions = run.trainer->predict(part)};
  const bool is_finite =
      std::isfinite(judged.measures.loss) && std::all_of(judged.predictions.begin(), judged.predictions.end(),
                                                         [](Real value) { return std::isfinite(value); });
  if (!is_finite) throw bad_input("a network whose predictions are not finite", "a run that has not diverged");
  return judged;
}

/// Throws kBadInput for a class that is none.
void check_class(const Run& run, std::int32_t label) {
  const Index classes = run.spec.classes;
  if (label >= 0 && label < classes) return;
  throw bad_input("class " + std::to_string(label),
                  classes == 0 ? "a run that learns classes" : "0 to " + std::to_string(classes - 1));
}

double baseline_of(const PartMatrix& part, Index classes) {
  const auto rows = static_cast<double>(part.rows);
  if (classes > 0) {
    std::vector<Index> counts(static_cast<std::size_t>(classes), 0);
    for (const std::int32_t label : part.labels) ++counts[static_cast<std::size_t>(label)];
    return static_cast<double>(*std::max_element(counts.begin(), counts.end())) / rows;
  }
  double mean = 0;
  for (const Real value : part.values) mean += static_cast<double>(value) / rows;
  double variance = 0;
  for (const Real value : part.values) variance += std::pow(static_cast<double>(value) - mean, 2) / rows;
  return variance;
}

}  // namespace

Part part_named(std::string_view name) {
  const auto* const found = std::find(kPartNames.begin(), kPartNames.end(), name);
  if (found == kPartNames.end()) throw not_a_choice("part", excerpt(name), kPartNames);
  return static_cast<Part>(found - kPartNames.begin());
}

Decisions decide_rows(const Run& run, Part part, bool is_finished, std::optional<double> threshold) {
  const PartMatrix& matrix = matrix_of(run, part, is_finished);
  const Index classes = run.spec.classes;
  check_class(run, 0);
  if (threshold && classes != 2) {
    throw bad_input("a threshold for " + std::to_string(classes) + " classes", "a run that learns two classes");
  }
  if (threshold && std::isnan(*threshold)) throw bad_input("the threshold NaN", "a number");
  const std::vector<Real> predictions = judge(run, matrix).predictions;
  const std::array<const std::vector<std::int32_t>*, 3> parts{&run.parts.train, &run.parts.validation, &run.parts.test};
  Decisions decisions{.confusion = Confusion(classes),
                      .rows = *parts[static_cast<std::size_t>(part)],
                      .truths = matrix.labels,
                      .predicted = {}};
  decisions.predicted.reserve(decisions.rows.size());
  for (std::size_t i = 0; i < decisions.rows.size(); ++i) {
    const auto first = predictions.begin() + static_cast<Index>(i) * classes;
    const Index best = threshold ? (static_cast<double>(first[1]) >= *threshold ? 1 : 0)
                                 : std::max_element(first, first + classes) - first;
    decisions.predicted.push_back(static_cast<std::int32_t>(best));
    decisions.confusion.add(matrix.labels[i], decisions.predicted.back());
  }
  return decisions;
}

ThresholdReport report_threshold(const Run& run, Part part, bool is_finished, std::int32_t positive, double threshold) {
  const PartMatrix& matrix = matrix_of(run, part, is_finished);
  check_class(run, positive);
  const std::vector<Real> predictions = judge(run, matrix).predictions;
  return report_at({.values = predictions, .labels = matrix.labels, .classes = run.spec.classes}, positive, threshold);
}

std::vector<std::int32_t> rows_in_cell(const Run& run, Part part, bool is_finished, std::int32_t truth,
                                       std::int32_t predicted) {
  const Decisions decisions = decide_rows(run, part, is_finished, std::nullopt);
  check_class(run, truth);
  check_class(run, predicted);
  std::vector<std::int32_t> rows;
  for (std::size_t i = 0; i < decisions.rows.size(); ++i) {
    if (decisions.truths[i] == truth && decisions.predicted[i] == predicted) rows.push_back(decisions.rows[i]);
  }
  return rows;
}

PartReport report_part(const Run& run, Part part, bool is_finished) {
  const PartMatrix& matrix = matrix_of(run, part, is_finished);
  PartReport report{.rows = matrix.rows};
  if (matrix.rows == 0) return report;
  const Judged judged = judge(run, matrix);
  report.measures = judged.measures;
  report.baseline = baseline_of(matrix, run.spec.classes);
  report.regression = report.measures.regression;
  if (report.regression) return report;
  report.classification = report_classification(report.measures.confusion);
  report.probability =
      report_probability({.values = judged.predictions, .labels = matrix.labels, .classes = run.spec.classes});
  return report;
}

}  // namespace athanor
