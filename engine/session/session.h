// One experiment being run: what a page, a test or a program holds. Every operation of the playground is a function
// here.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "engine/core/json.h"
#include "engine/pipeline/pipeline.h"
#include "engine/session/diagnosis.h"
#include "engine/session/layer_views.h"
#include "engine/session/neuron_view.h"
#include "engine/session/part_report.h"
#include "engine/session/step_trace.h"
#include "engine/session/step_view.h"
#include "engine/session/weight_view.h"

namespace athanor {

/// What the network predicts on a square grid.
struct Grid {
  Index resolution = 0;
  Index width = 0;          // predictions per point: a probability per class, or one value in units of the data
  std::array<Real, 2> x{};  // range of the first axis, in units of the data
  std::array<Real, 2> y{};
  std::vector<Real> predictions;  // (resolution, resolution, width), rows from the smallest y up
};

/// Where a point of the data belongs.
enum class PointPart : std::uint8_t { kTrain, kValidation, kTest, kCopy };

/// The rows seen along two columns, in units of the data.
struct Points {
  std::vector<Real> x;
  std::vector<Real> y;
  std::vector<std::uint8_t> labels;   // all 0 for regression
  std::vector<Real> values;           // targets of regression; else empty
  std::vector<std::uint8_t> parts;    // PointPart
  std::vector<std::int32_t> rows;     // positions in the data set
  std::vector<std::int32_t> origins;  // positions of the rows that copies were made from; of others their own
};

class Session {
 public:
  static constexpr Index kMaxPredictRows = 100'000;

  /// Throws the first problem of the document. No data is read and no network built before the first step.
  explicit Session(const Json& document);

  // Running. All do nothing once the run is finished or has failed; what a stage throws is thrown on.

  /// Works until `milliseconds` have passed or `max_epochs` epochs have been evaluated, at least one unit; returns the
  /// number of optimiser steps done.
  std::int64_t advance(double milliseconds, int max_epochs);
  /// Up to and including the next optimiser step.
  void step_batch();
  /// Up to and including the next Evaluate.
  void step_epoch();
  /// The rest of the current stage.
  void step_stage();
  /// As much of it as can be begun before `milliseconds` have passed, at least one unit; false when some of it is left.
  bool step_stage_for(double milliseconds);
  /// After a run whose numbers ceased to be finite: back to the beginning of the last sound epoch (Pipeline::recover),
  /// with the settings as they are now. Throws kBadInput when there is nothing to recover.
  void recover();
  /// Back to the start of the flowchart with the document as it stands now; the same seed gives the same initial
  /// weights.
  void rewind();

  // The document

  [[nodiscard]] const Json& document() const { return document_; }
  /// Changes one field (path as in with_field). Returns true when the run goes on with it; false when it takes effect
  /// with the next rewind(). A bad path or value throws and changes nothing.
  bool set(std::string_view path, const Json& value);
  /// Changes one weight, bias or other trained number of the network under way, before its next step
  /// (athanor::change_parameter). The document knows nothing of it: a link to this experiment does not replay it, a
  /// checkpoint keeps it.
  void set_parameter(std::string_view name, Index index, double value);
  /// Removes one neuron of a hidden layer, both counted from 0, from the network under way, which goes on without it:
  /// no other weight and nothing of the optimiser's state changes (Pipeline::remove_unit), and the layer's `units` are
  /// one less in the document. Which neuron it was the document does not say: a rewind gives the narrower network its
  /// own initial weights, and a link does not replay the removal; a checkpoint keeps it. Throws kBadInput before there
  /// is a network, while the document has other layers than the run, and for a neuron that there is not; kNotHidden,
  /// kLastNeuron, kResidualEdge. Nothing is changed then.
  void remove_neuron(Index layer, Index unit);
  [[nodiscard]] bool is_restart_needed() const { return restart_needed_; }

  // What there is to see

  [[nodiscard]] const Pipeline& pipeline() const { return *pipeline_; }
  /// The two columns that tell most about the target in the training part, in column order: by the largest ratio of
  /// variance between to within classes, for real values by the square of the correlation. (0, 0) for a single column.
  /// Throws kBadInput before the split.
  [[nodiscard]] std::array<Index, 2> axes() const;
  /// The range of the data with a margin; columns that are not axes are held at their mean.
  [[nodiscard]] Grid grid(Index resolution, Index x_column, Index y_column);
  /// The hidden neurons over the same plane as grid().
  [[nodiscard]] NeuronMaps neuron_maps(Index resolution, Index x_column, Index y_column) const;
  [[nodiscard]] std::vector<Histogram> histograms(Index bins) const;
  /// The weights as they are drawn (view_weights), and one neuron in numbers (view_unit).
  [[nodiscard]] std::vector<LayerWeights> weights(Index units) const;
  [[nodiscard]] UnitView unit(Index layer, Index unit) const;
  /// The step that will be taken next, number by number.
  [[nodiscard]] StepView next_step() const;
  /// The same followed through one neuron, for one sample (athanor::trace_next_step).
  [[nodiscard]] StepTrace step_trace(const TracePlace& place) const;
  /// The same of a single sigmoid neuron, as six steps with formulas (view_neuron_step).
  [[nodiscard]] NeuronStep neuron_step() const;
  /// What the curves so far say, and what could be done about it.
  [[nodiscard]] Diagnosis diagnosis() const;
  /// Everything that can be measured of a part now.
  [[nodiscard]] PartReport measures(Part part) const;
  /// The rows behind a cell of a part's confusion matrix (athanor::rows_in_cell).
  [[nodiscard]] std::vector<std::int32_t> rows_in_cell(Part part, std::int32_t truth, std::int32_t predicted) const;
  /// What each row of a part is taken for, and one class against the others at a threshold (athanor::decide_rows,
  /// report_threshold).
  [[nodiscard]] Decisions decisions(Part part, std::optional<double> threshold = std::nullopt) const;
  [[nodiscard]] ThresholdReport at_threshold(Part part, std::int32_t positive, double threshold) const;
  /// All rows but sealed test rows, which appear when Finish has opened them; empty before the split.
  [[nodiscard]] Points points(Index x_column, Index y_column) const;
  /// features (rows, columns) in units of the data, NaN for missing -> probabilities (rows, classes), or values (rows).
  [[nodiscard]] std::vector<Real> predict(std::span<const Real> features);
  /// Losses of the last steps (at most LossRing::kCapacity), oldest first.
  [[nodiscard]] std::vector<Real> losses() const;
  /// A log of them: step and loss of the first step and of every one whose number `every` divides. Throws kBadInput for
  /// `every` below 1.
  [[nodiscard]] std::vector<std::pair<std::uint64_t, Real>> loss_log(std::int64_t every) const;

  /// Whether a training step is large enough to be shared among threads (Executor::gains_from_threads); false before
  /// there is a network.
  [[nodiscard]] bool gains_from_threads() const;

  // Checkpoints

  /// Everything needed to go on bit for bit: document, place in the flowchart, parameters, optimiser state, curves.
  [[nodiscard]] std::vector<std::uint8_t> checkpoint() const;
  /// Throws kBadCheckpoint, or what the document throws.
  [[nodiscard]] static std::unique_ptr<Session> restore(std::span<const std::uint8_t> bytes);

 private:
  void require_columns(Index x_column, Index y_column) const;
  [[nodiscard]] Trainer& trainer() const;

  Json document_;          // as edited
  Json running_document_;  // what the run in progress was started with, plus live changes
  bool restart_needed_ = false;
  std::unique_ptr<Pipeline> pipeline_;
};

}  // namespace athanor
