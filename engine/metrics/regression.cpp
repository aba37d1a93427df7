#include "engine/metrics/regression.h"

#include <cmath>
#include <string>

#include "engine/core/error.h"

namespace athanor {
namespace {

[[noreturn]] void refuse(const char* what, const std::string& value, const std::string& expected) {
  throw Error(ErrorCode::kBadInput, "metrics.regression", {{"what", what}, {"value", value}, {"expected", expected}});
}

void check(std::span<const Real> truths, std::span<const Real> predictions) {
  if (truths.size() != predictions.size()) {
    refuse("the number of predictions", std::to_string(predictions.size()), std::to_string(truths.size()));
  }
  for (const std::span<const Real> values : {truths, predictions}) {
    for (const Real value : values) {
      if (!std::isfinite(value)) refuse("a value", number_text(static_cast<double>(value)), "a finite number");
    }
  }
}

}  // namespace

std::optional<RegressionMeasures> measure_regression(std::span<const Real> truths, std::span<const Real> predictions) {
  check(truths, predictions);
  if (truths.empty()) return std::nullopt;
  const auto rows = static_cast<double>(truths.size());
  RegressionMeasures measures;
  double truth_mean = 0;
  double error_mean = 0;
  bool is_constant = true;
  for (std::size_t i = 0; i < truths.size(); ++i) {
    const double error = static_cast<double>(truths[i]) - static_cast<double>(predictions[i]);
    truth_mean += static_cast<double>(truths[i]) / rows;
    error_mean += error / rows;
    measures.mae += std::abs(error) / rows;
    measures.mse += error * error / rows;
    if (truths[i] != truths[0]) is_constant = false;
  }
  measures.rmse = std::sqrt(measures.mse);
  if (is_constant) return measures;
  // A second pass around the means, so that a large offset of the target costs no digits.
  double truth_variance = 0;
  double error_variance = 0;
  for (std::size_t i = 0; i < truths.size(); ++i) {
    const auto truth = static_cast<double>(truths[i]);
    const double error = truth - static_cast<double>(predictions[i]);
    truth_variance += (truth - truth_mean) * (truth - truth_mean) / rows;
    error_variance += (error - error_mean) * (error - error_mean) / rows;
  }
  if (truth_variance == 0) return measures;  // differences whose squares vanish even in double
  measures.r2 = 1 - measures.mse / truth_variance;
  measures.explained_variance = 1 - error_variance / truth_variance;
  return measures;
}

}  // namespace athanor
