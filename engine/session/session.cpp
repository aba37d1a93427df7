#include "engine/session/session.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>
#include <utility>

#include "engine/experiment/document.h"
#include "engine/models/narrowing.h"

namespace athanor {
namespace {

Error bad_input(const char* what, const std::string& value, const std::string& expected) {
  return {ErrorCode::kBadInput, what, {{"what", what}, {"value", value}, {"expected", expected}}};
}

using Clock = std::chrono::steady_clock;

Clock::time_point deadline_after(double milliseconds) {
  const std::chrono::duration<double, std::milli> span{std::clamp(milliseconds, 0.0, 1e6)};
  return Clock::now() + std::chrono::duration_cast<Clock::duration>(span);
}

/// Batches between looks at the clock: so many that they take a while beside it, but no person would notice.
class Stretch {
 public:
  [[nodiscard]] int batches() const { return batches_; }
  void took(Clock::duration time) {
    constexpr std::chrono::microseconds kShort{50};
    constexpr std::chrono::microseconds kLong{200};
    constexpr int kMost = 1024;
    if (time < kShort) batches_ = std::min(2 * batches_, kMost);
    if (time > kLong) batches_ = std::max(batches_ / 2, 1);
  }

 private:
  int batches_ = 1;
};

/// More than an epoch has.
constexpr int kWholeEpoch = std::numeric_limits<int>::max();

std::uint64_t step_of(const Pipeline& pipeline) {
  const auto& trainer = pipeline.run().trainer;
  return trainer ? trainer->progress().step : 0;
}

/// Squared correlation r of one scaled column with the target, as explained over unexplained variance: r / (1 - r).
double correlation(const PartMatrix& part, const MlpSpec& spec, Index column) {
  double x_sum = 0;
  double y_sum = 0;
  double xx = 0;
  double yy = 0;
  double xy = 0;
  for (Index i = 0; i < part.rows; ++i) {
    const auto x = static_cast<double>(part.features[static_cast<std::size_t>(i * spec.columns + column)]);
    const auto y = static_cast<double>(part.targets[static_cast<std::size_t>(i)]);
    x_sum += x;
    y_sum += y;
    xx += x * x;
    yy += y * y;
    xy += x * y;
  }
  const auto rows = static_cast<double>(part.rows);
  const double x_variance = xx - x_sum * x_sum / rows;
  const double y_variance = yy - y_sum * y_sum / rows;
  if (x_variance <= 1e-13 * xx || y_variance <= 1e-13 * yy) return 0;  // constant; what is left is rounding
  const double covariance = xy - x_sum * y_sum / rows;
  const double r = covariance * covariance / (x_variance * y_variance);
  return r < 1 ? r / (1 - r) : INFINITY;
}

/// Variance between the classes over variance within, of one scaled column of the training part.
double separation(const PartMatrix& part, const MlpSpec& spec, Index column) {
  std::vector<double> sum(static_cast<std::size_t>(spec.classes), 0);
  std::vector<double> count(sum.size(), 0);
  double total = 0;
  double squares = 0;
  for (Index i = 0; i < part.rows; ++i) {
    const auto value = static_cast<double>(part.features[static_cast<std::size_t>(i * spec.columns + column)]);
    const auto label = static_cast<std::size_t>(part.labels[static_cast<std::size_t>(i)]);
    sum[label] += value;
    ++count[label];
    total += value;
    squares += value * value;
  }
  double between = -total * total / static_cast<double>(part.rows);
  for (std::size_t k = 0; k < sum.size(); ++k) {
    if (count[k] > 0) between += sum[k] * sum[k] / count[k];
  }
  const double all = squares - total * total / static_cast<double>(part.rows);
  // A constant column separates nothing; what is left of its variance is rounding.
  if (all <= 1e-13 * squares) return 0;
  const double within = all - between;
  return within > 0 ? between / within : INFINITY;
}

/// (origins): where the original row of each origin stands now; cleaning may have moved it up.
std::vector<std::int32_t> rows_of_origins(const Dataset& data) {
  const auto most = std::max_element(data.origins.begin(), data.origins.end());
  std::vector<std::int32_t> rows(most == data.origins.end() ? 0 : static_cast<std::size_t>(*most) + 1, 0);
  for (std::size_t i = 0; i < data.origins.size(); ++i) {
    if (data.is_copy[i] == 0) rows[static_cast<std::size_t>(data.origins[i])] = static_cast<std::int32_t>(i);
  }
  return rows;
}

}  // namespace

Session::Session(const Json& document)
    : document_(complete(document)),
      running_document_(document_),
      pipeline_(std::make_unique<Pipeline>(read_experiment(document_))) {}

std::int64_t Session::advance(double milliseconds, int max_epochs) {
  const auto deadline = deadline_after(milliseconds);
  const std::uint64_t first_step = step_of(*pipeline_);
  const std::int64_t last_visit = pipeline_->tally(Stage::kEvaluate).visits + max_epochs;
  Stretch stretch;
  Clock::time_point now = Clock::now();
  while (pipeline_->work(stretch.batches())) {
    const Clock::time_point before = std::exchange(now, Clock::now());
    if (pipeline_->tally(Stage::kEvaluate).visits >= last_visit || now >= deadline) break;
    stretch.took(now - before);
  }
  return static_cast<std::int64_t>(step_of(*pipeline_) - first_step);
}

void Session::step_batch() {
  const std::uint64_t before = step_of(*pipeline_);
  while (pipeline_->work() && step_of(*pipeline_) == before) {
  }
}

void Session::step_epoch() {
  const std::int64_t before = pipeline_->tally(Stage::kEvaluate).visits;
  while (pipeline_->work(kWholeEpoch) && pipeline_->tally(Stage::kEvaluate).visits == before) {
  }
}

void Session::step_stage() {
  while (pipeline_->work(kWholeEpoch) && pipeline_->is_within_stage()) {
  }
}

bool Session::step_stage_for(double milliseconds) {
  const auto deadline = deadline_after(milliseconds);
  Stretch stretch;
  Clock::time_point now = Clock::now();
  while (pipeline_->work(stretch.batches()) && pipeline_->is_within_stage()) {
    const Clock::time_point before = std::exchange(now, Clock::now());
    if (now >= deadline) return false;
    stretch.took(now - before);
  }
  return true;
}

void Session::recover() {
  if (pipeline_->recover()) return;
  throw bad_input("recover", pipeline_->failure() ? "no earlier state" : "a sound run", "a run that has diverged");
}

void Session::rewind() {
  // What can fail comes first, so that a failure changes nothing.
  auto pipeline = std::make_unique<Pipeline>(read_experiment(document_));
  Json running = document_;
  pipeline_ = std::move(pipeline);
  running_document_ = std::move(running);
  restart_needed_ = false;
}

bool Session::set(std::string_view path, const Json& value) {
  // A layer's path means the same layer in the run only while both have the same layers.
  const bool is_of_layer = path.starts_with("model.layers[");
  const bool same_layers = running_document_["model"]["layers"] == document_["model"]["layers"];
  Json changed = with_field(document_, path, value);
  if (is_live(path) && (!is_of_layer || same_layers)) {
    // The run may still have older values in fields that need a restart; only this one changes under it.
    Json running = with_field(running_document_, path, value);
    const Experiment experiment = read_experiment(running);
    if (pipeline_->keeps_shapes(experiment)) {
      pipeline_->update(experiment);
      running_document_ = std::move(running);
      document_ = std::move(changed);
      return true;
    }
  }
  restart_needed_ = restart_needed_ || changed != document_;
  document_ = std::move(changed);
  return false;
}

void Session::set_parameter(std::string_view name, Index index, double value) {
  change_parameter(pipeline_->run(), name, index, value);
}

void Session::remove_neuron(Index layer, Index unit) {
  const Trainer& whole = trainer();
  check_removable(whole.spec().layers, layer, unit);
  if (running_document_["model"]["layers"] != document_["model"]["layers"]) {
    throw bad_input("model.layers", "another than the run was begun with", "the same, as after a rewind");
  }
  const std::string path = "model.layers[" + std::to_string(layer) + "].units";
  const Index units = whole.spec().layers[static_cast<std::size_t>(layer)].units - 1;
  Json changed = with_field(document_, path, units);
  Json running = with_field(running_document_, path, units);
  pipeline_->remove_unit(layer, unit);
  document_ = std::move(changed);
  running_document_ = std::move(running);
}

Trainer& Session::trainer() const {
  if (!pipeline_->run().trainer) throw bad_input("network", "not yet built", "at least one training step");
  return *pipeline_->run().trainer;
}

void Session::require_columns(Index x_column, Index y_column) const {
  const Index columns = pipeline_->run().spec.columns;
  for (const Index column : {x_column, y_column}) {
    if (column >= 0 && column < columns) continue;
    throw bad_input("column", std::to_string(column), "0 to " + std::to_string(columns - 1));
  }
}

std::array<Index, 2> Session::axes() const {
  const Run& run = pipeline_->run();
  if (run.train.rows == 0) throw bad_input("axes", "asked before the split", "a split data set");
  std::vector<std::pair<double, Index>> ranked;
  for (Index column = 0; column < run.spec.columns; ++column) {
    const auto told = run.spec.classes == 0 ? correlation : separation;
    ranked.emplace_back(-told(run.train, run.spec, column), column);
  }
  std::stable_sort(ranked.begin(), ranked.end());
  const Index first = ranked[0].second;
  const Index second = ranked.size() > 1 ? ranked[1].second : first;
  return {std::min(first, second), std::max(first, second)};
}

Grid Session::grid(Index resolution, Index x_column, Index y_column) {
  Trainer& model = trainer();
  const Run& run = pipeline_->run();
  Plane plane(run, x_column, y_column);
  Plane::check_resolution(resolution);
  Grid grid{.resolution = resolution, .width = prediction_count(run.spec), .x = plane.x(), .y = plane.y()};
  grid.predictions.resize(static_cast<std::size_t>(resolution * resolution * grid.width));
  std::vector<Real> line(static_cast<std::size_t>(resolution * run.spec.columns));
  const auto line_results = static_cast<std::size_t>(resolution * grid.width);
  for (Index j = 0; j < resolution; ++j) {
    plane.line(j, resolution, line);
    model.predict(line, std::span(grid.predictions).subspan(static_cast<std::size_t>(j) * line_results, line_results));
  }
  return grid;
}

NeuronMaps Session::neuron_maps(Index resolution, Index x_column, Index y_column) const {
  (void)trainer();
  return athanor::neuron_maps(pipeline_->run(), Plane(pipeline_->run(), x_column, y_column), resolution);
}

std::vector<Histogram> Session::histograms(Index bins) const { return athanor::histograms(pipeline_->run(), bins); }

Diagnosis Session::diagnosis() const { return diagnose(pipeline_->run(), document_); }

std::vector<LayerWeights> Session::weights(Index units) const { return view_weights(pipeline_->run(), units); }

UnitView Session::unit(Index layer, Index unit) const { return view_unit(pipeline_->run(), layer, unit); }

PartReport Session::measures(Part part) const { return report_part(pipeline_->run(), part, pipeline_->is_finished()); }

std::vector<std::int32_t> Session::rows_in_cell(Part part, std::int32_t truth, std::int32_t predicted) const {
  return athanor::rows_in_cell(pipeline_->run(), part, pipeline_->is_finished(), truth, predicted);
}

Decisions Session::decisions(Part part, std::optional<double> threshold) const {
  return decide_rows(pipeline_->run(), part, pipeline_->is_finished(), threshold);
}

ThresholdReport Session::at_threshold(Part part, std::int32_t positive, double threshold) const {
  return report_threshold(pipeline_->run(), part, pipeline_->is_finished(), positive, threshold);
}

StepView Session::next_step() const { return view_next_step(pipeline_->run()); }

StepTrace Session::step_trace(const TracePlace& place) const { return trace_next_step(pipeline_->run(), place); }

NeuronStep Session::neuron_step() const { return view_neuron_step(pipeline_->run()); }

Points Session::points(Index x_column, Index y_column) const {
  const Run& run = pipeline_->run();
  Points points;
  if (run.train.rows == 0) return points;
  require_columns(x_column, y_column);
  const std::vector<std::int32_t> row_of_origin = rows_of_origins(run.data);
  const auto add = [&](const std::vector<std::int32_t>& rows, PointPart part) {
    for (const std::int32_t i : rows) {
      const std::span<const Real> row = run.data.row(i);
      points.x.push_back(row[static_cast<std::size_t>(x_column)]);
      points.y.push_back(row[static_cast<std::size_t>(y_column)]);
      points.labels.push_back(static_cast<std::uint8_t>(run.data.labels[static_cast<std::size_t>(i)]));
      if (run.spec.classes == 0) points.values.push_back(run.data.values[static_cast<std::size_t>(i)]);
      points.rows.push_back(i);
      points.origins.push_back(row_of_origin[static_cast<std::size_t>(run.data.origins[static_cast<std::size_t>(i)])]);
      const bool is_copy = run.data.is_copy[static_cast<std::size_t>(i)] != 0;
      points.parts.push_back(static_cast<std::uint8_t>(is_copy ? PointPart::kCopy : part));
    }
  };
  add(run.parts.train, PointPart::kTrain);
  add(run.parts.validation, PointPart::kValidation);
  if (pipeline_->is_finished()) add(run.parts.test, PointPart::kTest);
  return points;
}

std::vector<Real> Session::predict(std::span<const Real> features) {
  Trainer& model = trainer();
  const Run& run = pipeline_->run();
  const auto columns = static_cast<std::size_t>(run.spec.columns);
  if (features.empty() || features.size() % columns != 0 ||
      features.size() / columns > static_cast<std::size_t>(kMaxPredictRows)) {
    throw bad_input("features", std::to_string(features.size()) + " numbers",
                    "whole rows of " + std::to_string(columns) + ", at most " + std::to_string(kMaxPredictRows));
  }
  const std::size_t rows = features.size() / columns;
  std::vector<Real> scaled(features.size());
  for (std::size_t i = 0; i < rows; ++i) {
    run.scaler.apply(features.subspan(i * columns, columns), std::span(scaled).subspan(i * columns, columns));
  }
  std::vector<Real> predictions(rows * static_cast<std::size_t>(prediction_count(run.spec)));
  model.predict(scaled, predictions);
  return predictions;
}

bool Session::gains_from_threads() const {
  const std::unique_ptr<Trainer>& trainer = pipeline_->run().trainer;
  return trainer != nullptr && trainer->gains_from_threads();
}

std::vector<Real> Session::losses() const {
  const auto& model = pipeline_->run().trainer;
  return model ? model->losses().values() : std::vector<Real>{};
}

std::vector<std::pair<std::uint64_t, Real>> Session::loss_log(std::int64_t every) const {
  if (every < 1) throw bad_input("every", std::to_string(every), "at least 1");
  const std::vector<Real> kept = losses();
  std::vector<std::pair<std::uint64_t, Real>> lines;
  std::uint64_t step = step_of(*pipeline_) - kept.size();
  for (const Real loss : kept) {
    ++step;
    if (step == 1 || step % static_cast<std::uint64_t>(every) == 0) lines.emplace_back(step, loss);
  }
  return lines;
}

}  // namespace athanor
