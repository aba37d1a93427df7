// The state machine: walks the flowchart, does each stage's work unit by unit, and keeps what a person wants to see of
// it.
#pragma once

#include <array>
#include <deque>
#include <optional>
#include <vector>

#include "engine/pipeline/flowchart.h"
#include "engine/pipeline/footprint.h"
#include "engine/pipeline/run.h"

namespace athanor {

/// How often and how long a stage has worked.
struct StageTally {
  std::int64_t visits = 0;
  double seconds = 0;
  bool was_off = false;  // in its last visit, as the settings then were
};

/// A stage that was finished. `index` counts events from 0, so that a reader can ask for what is new.
struct StageEvent {
  std::int64_t index = 0;
  Stage stage = Stage::kPrepare;
  double at = 0;        // seconds of work since the run began, when the stage ended
  double duration = 0;  // seconds of work in this visit
  Figures figures;
};

class Pipeline {
 public:
  /// Events kept; older ones are forgotten.
  static constexpr std::size_t kMaxEvents = 512;

  explicit Pipeline(Experiment experiment);
  Pipeline(const Pipeline&) = delete;  // the trainer refers to the training part held here
  Pipeline& operator=(const Pipeline&) = delete;

  /// One unit of work: up to so many batches of the current epoch, or a part of a stage of the other kinds. Returns
  /// false when there is nothing left to do. What a stage throws is kept as the failure and thrown on; a failed
  /// pipeline does no more work. Looks at the clock twice, which in a browser takes as long as a tenth of the smallest
  /// batches.
  bool work(int most_batches = 1);

  /// Whether the run can go on with a changed experiment: whether the network keeps the shapes it was built with.
  /// Throws what spec_of() throws.
  [[nodiscard]] bool keeps_shapes(const Experiment& experiment) const;
  /// Takes over the live fields of a changed experiment that keeps the shapes.
  void update(const Experiment& experiment);

  /// The run goes on without one neuron of a hidden layer (Trainer::without_unit). Throws kBadInput before there is a
  /// network, and what check_removable() throws; nothing is changed then.
  void remove_unit(Index layer, Index unit);

  /// Whether the run failed because its numbers ceased to be finite and there is an earlier state to return to.
  [[nodiscard]] bool can_recover() const;
  /// Back to where the last epoch began that the run was still sound (all parameters finite, the loss not ten times the
  /// best), with the settings as they are now: the failure is forgotten. Returns false, changing nothing, when
  /// can_recover() is false.
  bool recover();

  [[nodiscard]] Stage stage() const { return current_; }
  [[nodiscard]] bool is_finished() const { return finished_; }
  [[nodiscard]] const std::optional<Error>& failure() const { return failure_; }
  /// Whether the current stage has done part of its work.
  [[nodiscard]] bool is_within_stage() const { return within_stage_; }
  [[nodiscard]] const Flowchart& flowchart() const { return flowchart_; }
  /// How large the network is and what its training takes. Known as soon as the data are split; before that, when
  /// nobody knows how many inputs there are, zeros. Planned once, and anew when settings change before the first step.
  [[nodiscard]] Footprint footprint() const;
  [[nodiscard]] const Run& run() const { return run_; }
  [[nodiscard]] Run& run() { return run_; }
  [[nodiscard]] const StageTally& tally(Stage stage) const { return tallies_[position(stage)]; }
  [[nodiscard]] std::int64_t edge_visits(std::size_t edge) const { return edge_visits_[edge]; }
  [[nodiscard]] const std::deque<StageEvent>& events() const { return events_; }

  /// Puts the machine to where a checkpoint stood. The run must have been brought to the same point.
  void jump(Stage stage, bool within_stage, bool finished, const std::array<StageTally, kStageCount>& tallies,
            const std::vector<std::int64_t>& edge_visits);

 private:
  void leave_stage(double duration);

  Flowchart flowchart_;
  Run run_;
  mutable std::optional<Footprint> planned_;  // of the trainer to come, once somebody has asked
  Stage current_;
  bool within_stage_ = false;
  bool finished_ = false;
  std::optional<Error> failure_;
  double seconds_in_visit_ = 0;
  double seconds_total_ = 0;
  std::array<StageTally, kStageCount> tallies_{};
  std::vector<std::int64_t> edge_visits_;
  std::deque<StageEvent> events_;
  std::int64_t event_count_ = 0;
};

}  // namespace athanor
