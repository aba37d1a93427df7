// Everything that can be measured of one part of the data, on demand: it costs a pass over the part and a sort per
// class.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "engine/metrics/measures.h"
#include "engine/metrics/probability.h"
#include "engine/pipeline/run.h"

namespace athanor {

enum class Part : std::uint8_t { kTrain, kValidation, kTest };
inline constexpr std::array<std::string_view, 3> kPartNames{"train", "validation", "test"};

/// Throws kNotAChoice at "part".
[[nodiscard]] Part part_named(std::string_view name);

/// Points of a curve that are shown at most; of longer ones every so-manyth and both ends.
inline constexpr std::size_t kMaxCurvePoints = 200;

/// How well the predicted probabilities rank and how true they are.
struct ProbabilityReport {
  std::optional<double> log_loss;
  std::optional<double> brier;
  std::optional<double> roc_auc;                          // of two classes: of class 1; of more: mean over the classes
  std::optional<double> average_precision;                // likewise
  std::vector<std::optional<double>> roc_aucs;            // (classes), each against all others
  std::vector<std::optional<double>> average_precisions;  // (classes)
  std::vector<std::vector<CurvePoint>> roc;               // (classes)
  std::vector<std::vector<CurvePoint>> precision_recall;  // (classes)
};

/// Without rows there are the sizes alone. Of classes `classification` and `probability` are set, of real values
/// `regression`.
struct PartReport {
  Index rows = 0;
  Measures measures;
  std::optional<ClassificationReport> classification;
  std::optional<ProbabilityReport> probability;
  std::optional<RegressionMeasures> regression;
  /// What a prediction reaches that looks at no feature: the share of the part's most frequent class, or the mean
  /// squared error of the part's mean, which is the variance of its targets.
  double baseline = 0;
};

/// What the network takes the rows of a part for, as it is now.
struct Decisions {
  Confusion confusion;
  std::vector<std::int32_t> rows;       // positions in the data set
  std::vector<std::int32_t> truths;     // (rows)
  std::vector<std::int32_t> predicted;  // (rows)
};

/// Without a threshold each row is taken for its most probable class, the first of equals. With one, which takes two
/// classes, for class 1 when that has at least this probability, else for class 0. Throws kBadInput where report_part
/// would, for real values, and for a threshold that is NaN or given for more classes.
[[nodiscard]] Decisions decide_rows(const Run& run, Part part, bool is_finished, std::optional<double> threshold);

/// One class against all others (report_at). Throws kBadInput where report_part would, for real values, for a class
/// that is none and for NaN.
[[nodiscard]] ThresholdReport report_threshold(const Run& run, Part part, bool is_finished, std::int32_t positive,
                                               double threshold);

/// The rows of a part, as positions in the data set, whose class is `truth` and which are predicted as `predicted`:
/// what stands behind a cell of the confusion matrix. Throws kBadInput where report_part would, for real values and for
/// a class that is none.
[[nodiscard]] std::vector<std::int32_t> rows_in_cell(const Run& run, Part part, bool is_finished, std::int32_t truth,
                                                     std::int32_t predicted);

/// Throws kBadInput before there is a network, after a run has diverged, and for the test part before Finish has opened
/// it.
[[nodiscard]] PartReport report_part(const Run& run, Part part, bool is_finished);

}  // namespace athanor
