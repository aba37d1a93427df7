#include "engine/metrics/classification.h"

#include <cmath>
#include <string>

#include "engine/core/error.h"
#include "engine/data/dataset.h"

namespace athanor {
namespace {

double ratio(std::int64_t part, std::int64_t whole) {
  return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

PrecisionRecall figures_of(std::int64_t correct, std::int64_t predictions, std::int64_t truths) {
  const double precision = ratio(correct, predictions);
  const double recall = ratio(correct, truths);
  return {.precision = precision,
          .recall = recall,
          .f1 = precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall)};
}

void add_share(PrecisionRecall& sum, const PrecisionRecall& figures, double weight) {
  sum.precision += weight * figures.precision;
  sum.recall += weight * figures.recall;
  sum.f1 += weight * figures.f1;
}

void divide(PrecisionRecall& sum, double weights) {
  if (weights == 0) return;
  sum.precision /= weights;
  sum.recall /= weights;
  sum.f1 /= weights;
}

/// Covariance of truth and prediction over the root of their variances, all as counts times the number of rows.
double matthews_of(const std::vector<ClassMeasures>& classes, std::int64_t correct, std::int64_t total) {
  const auto rows = static_cast<double>(total);
  double both = static_cast<double>(correct) * rows;
  double truths = rows * rows;
  double predictions = rows * rows;
  for (const ClassMeasures& one : classes) {
    const auto true_count = static_cast<double>(one.truths);
    const auto predicted_count = static_cast<double>(one.predictions);
    both -= true_count * predicted_count;
    truths -= true_count * true_count;
    predictions -= predicted_count * predicted_count;
  }
  return truths * predictions == 0 ? 0 : both / std::sqrt(truths * predictions);
}

/// (accuracy - chance) / (1 - chance), where chance is how often labels dealt out at random in the same numbers would
/// agree; all as counts times the number of rows.
double kappa_of(const std::vector<ClassMeasures>& classes, std::int64_t correct, std::int64_t total) {
  const auto rows = static_cast<double>(total);
  double chance = 0;
  for (const ClassMeasures& one : classes) {
    chance += static_cast<double>(one.truths) * static_cast<double>(one.predictions);
  }
  const double room = rows * rows - chance;
  return room == 0 ? 0 : (static_cast<double>(correct) * rows - chance) / room;
}

}  // namespace

Confusion confusion_of(std::span<const std::int32_t> truths, std::span<const std::int32_t> predictions, Index classes) {
  const auto refuse = [](const char* what, const std::string& value, const std::string& expected) {
    throw Error(ErrorCode::kBadInput, "metrics.confusion", {{"what", what}, {"value", value}, {"expected", expected}});
  };
  if (classes < 1 || classes > kMaxClasses) {
    refuse("the number of classes", std::to_string(classes), "1 to " + std::to_string(kMaxClasses));
  }
  if (truths.size() != predictions.size()) {
    refuse("the number of predictions", std::to_string(predictions.size()), std::to_string(truths.size()));
  }
  Confusion confusion(classes);
  for (std::size_t i = 0; i < truths.size(); ++i) {
    for (const std::int32_t label : {truths[i], predictions[i]}) {
      if (label < 0 || label >= classes) {
        refuse("a label", std::to_string(label), "0 to " + std::to_string(classes - 1));
      }
    }
    confusion.add(truths[i], predictions[i]);
  }
  return confusion;
}

ClassificationReport report_classification(const Confusion& confusion) {
  ClassificationReport report;
  std::int64_t total = 0;
  std::int64_t correct = 0;
  double present = 0;
  double occurring = 0;
  for (Index k = 0; k < confusion.classes; ++k) {
    ClassMeasures one;
    for (Index other = 0; other < confusion.classes; ++other) {
      one.truths += confusion.at(k, other);
      one.predictions += confusion.at(other, k);
    }
    one.figures = figures_of(confusion.at(k, k), one.predictions, one.truths);
    total += one.truths;
    correct += confusion.at(k, k);
    if (one.truths + one.predictions > 0) {
      ++present;
      add_share(report.macro, one.figures, 1);
    }
    if (one.truths > 0) {
      ++occurring;
      report.balanced_accuracy += one.figures.recall;
      add_share(report.weighted, one.figures, static_cast<double>(one.truths));
    }
    report.classes.push_back(one);
  }
  report.accuracy = ratio(correct, total);
  report.micro = figures_of(correct, total, total);
  divide(report.macro, present);
  divide(report.weighted, static_cast<double>(total));
  if (occurring > 0) report.balanced_accuracy /= occurring;
  report.matthews = matthews_of(report.classes, correct, total);
  report.kappa = kappa_of(report.classes, correct, total);
  return report;
}

}  // namespace athanor
