#include "engine/pipeline/pipeline.h"

#include <chrono>

#include "engine/core/catching.h"
#include "engine/models/narrowing.h"

namespace athanor {
namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

}  // namespace

Pipeline::Pipeline(Experiment experiment)
    : flowchart_(default_flowchart()),
      run_{.experiment = std::move(experiment)},
      current_(flowchart_.nodes.front()),
      edge_visits_(flowchart_.edges.size(), 0) {
  check(flowchart_);
}

ATHANOR_CATCHES bool Pipeline::work(int most_batches) {
  if (finished_ || failure_) return false;
  const Clock::time_point start = Clock::now();
  // Keeping what the stage did is part of its work: one whose end could not be kept would be done twice.
  try {
    bool stage_ended = row(current_).work(run_);
    if (current_ == Stage::kTrain) {
      while (!stage_ended && --most_batches > 0) stage_ended = row(current_).work(run_);
    }
    const double duration = seconds_since(start);
    seconds_in_visit_ += duration;
    seconds_total_ += duration;
    tallies_[position(current_)].seconds += duration;
    within_stage_ = !stage_ended;
    if (stage_ended) leave_stage(seconds_in_visit_);
  } catch (const Error& error) {
    failure_ = error;
    throw;
  } catch (const std::bad_alloc&) {
    const Error error(ErrorCode::kMemoryLimit, std::string(stage_name(current_)),
                      {{"value", "more"}, {"max", "the available"}});
    failure_ = error;
    throw Error(error);
  }
  return !finished_;
}

void Pipeline::leave_stage(double duration) {
  StageTally& tally = tallies_[position(current_)];
  ++tally.visits;
  tally.was_off = is_off(current_, run_.experiment);
  if (events_.size() == kMaxEvents) events_.pop_front();
  events_.push_back({.index = event_count_++,
                     .stage = current_,
                     .at = seconds_total_,
                     .duration = duration,
                     .figures = run_.figures[position(current_)]});
  seconds_in_visit_ = 0;
  if (current_ == Stage::kFinish) {
    finished_ = true;
    return;
  }
  When answer = When::kAlways;
  if (is_decision(current_)) answer = is_done(run_) ? When::kYes : When::kNo;
  const std::size_t edge = flowchart_.next(current_, answer);
  ++edge_visits_[edge];
  current_ = flowchart_.edges[edge].to;
}

bool Pipeline::keeps_shapes(const Experiment& experiment) const {
  if (run_.train.rows == 0) return true;
  return output_count(spec_of(experiment, run_.spec.columns, run_.spec.classes, run_.spec.embeddings)) ==
         output_count(run_.spec);
}

void Pipeline::update(const Experiment& experiment) {
  // What can fail comes first, so that a refusal changes nothing.
  Experiment next = experiment;
  MlpSpec spec =
      run_.train.rows > 0 ? spec_of(experiment, run_.spec.columns, run_.spec.classes, run_.spec.embeddings) : run_.spec;
  if (run_.train.rows > 0) check_layers(spec.layers, input_width(spec));
  if (run_.trainer) run_.trainer->update(experiment);
  planned_.reset();
  const bool is_new_loss = spec.loss != run_.spec.loss;
  run_.spec = std::move(spec);
  run_.experiment = std::move(next);
  if (!is_new_loss) return;
  for (PartMatrix* const part : {&run_.train, &run_.validation, &run_.test}) encode_targets(run_.spec, *part);
}

void Pipeline::remove_unit(Index layer, Index unit) {
  if (!run_.trainer) {
    throw Error(ErrorCode::kBadInput, "network",
                {{"what", "network"}, {"value", "not yet built"}, {"expected", "a run that has reached Train"}});
  }
  check_removable(run_.spec.layers, layer, unit);
  const auto at = static_cast<std::size_t>(layer);
  Experiment next = run_.experiment;
  --next.layers[at].units;
  auto trainer = run_.trainer->without_unit(layer, unit, next);  // the last that can fail: nothing has changed so far
  run_.trainer = std::move(trainer);
  run_.experiment = std::move(next);
  --run_.spec.layers[at].units;
}

Footprint Pipeline::footprint() const {
  if (run_.trainer) return {.parameters = run_.trainer->parameter_count(), .bytes = run_.trainer->memory_bytes()};
  if (run_.train.rows == 0) return {};
  if (!planned_) planned_ = footprint_of(run_.spec, run_.experiment, run_.train.rows);
  return *planned_;
}

bool Pipeline::can_recover() const {
  return failure_ && failure_->code() == ErrorCode::kNotFinite && run_.trainer && run_.trainer->has_mark();
}

bool Pipeline::recover() {
  if (!can_recover() || !run_.trainer->return_to_mark()) return false;
  failure_.reset();
  const int epoch = run_.trainer->progress().epoch;
  std::erase_if(run_.history, [epoch](const EpochRecord& record) { return record.epoch > epoch; });
  current_ = Stage::kTrain;
  within_stage_ = false;
  seconds_in_visit_ = 0;
  return true;
}

void Pipeline::jump(Stage stage, bool within_stage, bool finished, const std::array<StageTally, kStageCount>& tallies,
                    const std::vector<std::int64_t>& edge_visits) {
  ensure(edge_visits.size() == edge_visits_.size(), "a checkpoint's flowchart has as many edges");
  current_ = stage;
  within_stage_ = within_stage;
  finished_ = finished;
  tallies_ = tallies;
  edge_visits_ = edge_visits;
}

}  // namespace athanor
