#include "engine/pipeline/evaluator.h"

#include <algorithm>
#include <cmath>

namespace athanor {
namespace {

/// Rows per forward pass; large enough to keep the matrix product busy, small enough for the cache.
constexpr Index kEvaluationRows = 128;

Index rows_at_a_time(Index train_rows) { return std::min(kEvaluationRows, std::max<Index>(train_rows, 1)); }

}  // namespace

Evaluator::Evaluator(const MlpSpec& spec, const PartMatrix& train, const Real* parameters, std::span<Real> workspace)
    : spec_(spec),
      target_shift_(train.target_shift),
      target_scale_(train.target_scale),
      program_(compile_evaluation(spec, rows_at_a_time(train.rows), parameters, workspace)) {}

ArenaSize Evaluator::measure_arena(const MlpSpec& spec, Index train_rows) {
  return measure_evaluation(spec, rows_at_a_time(train_rows));
}

template <typename Visit>
void Evaluator::forward(std::span<const Real> features, std::span<const Real> targets, Visit visit) {
  const auto columns = static_cast<std::size_t>(spec_.columns);
  const auto outputs = static_cast<std::size_t>(output_count(spec_));
  const std::size_t rows = features.size() / columns;
  Program& program = *program_;
  const auto chunk = static_cast<std::size_t>(program.rows);
  const std::span<const Real> scores = program.executor->value(program.network.scores);
  const std::span<const Real> row_losses = program.executor->value(program.network.row_losses);
  for (std::size_t first = 0; first < rows; first += chunk) {
    const std::size_t count = std::min(chunk, rows - first);
    // A last, shorter chunk leaves rows of the one before in place; their results are not visited.
    std::copy_n(features.data() + first * columns, count * columns, program.features.data());
    if (!targets.empty()) std::copy_n(targets.data() + first * outputs, count * outputs, program.targets.data());
    program.executor->run({});
    for (std::size_t i = 0; i < count; ++i) visit(first + i, scores.subspan(i * outputs, outputs), row_losses[i]);
  }
}

Measures Evaluator::evaluate(const PartMatrix& part) {
  const bool is_regression = spec_.classes == 0;
  Confusion confusion(spec_.classes);
  std::vector<Real> values(is_regression ? part.values.size() : 0);
  std::vector<Real> prediction(static_cast<std::size_t>(prediction_count(spec_)));
  double loss = 0;
  forward(part.features, part.targets, [&](std::size_t i, std::span<const Real> scores, Real row_loss) {
    loss += static_cast<double>(row_loss);
    read_prediction(scores, prediction);
    if (is_regression) {
      values[i] = prediction[0];
    } else {
      const auto best = std::max_element(prediction.begin(), prediction.end()) - prediction.begin();
      confusion.add(part.labels[i], static_cast<std::int32_t>(best));
    }
  });
  const double mean_loss = part.rows > 0 ? loss / static_cast<double>(part.rows) : 0;
  if (!is_regression) return measure(confusion, mean_loss);
  // Where a run diverges the loss says so; measures of what is no number would be none.
  const bool is_finite = std::all_of(values.begin(), values.end(), [](Real value) { return std::isfinite(value); });
  RegressionMeasures measures;
  if (is_finite) measures = measure_regression(part.values, values).value_or(measures);
  return {.loss = mean_loss, .regression = measures};
}

void Evaluator::read_prediction(std::span<const Real> scores, std::span<Real> out) const {
  if (spec_.classes > 0) {
    class_probabilities(spec_, scores, out);
  } else {
    out[0] = scores[0] * target_scale_ + target_shift_;
  }
}

void Evaluator::predict(std::span<const Real> features, std::span<Real> predictions) {
  const auto width = static_cast<std::size_t>(prediction_count(spec_));
  forward(features, {}, [&](std::size_t i, std::span<const Real> scores, Real /*row_loss*/) {
    read_prediction(scores, predictions.subspan(i * width, width));
  });
}

}  // namespace athanor
