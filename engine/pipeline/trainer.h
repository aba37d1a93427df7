// Trains one network: batches, forward and backward pass, optimiser step, what of it is kept.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "engine/core/buffer.h"
#include "engine/experiment/experiment.h"
#include "engine/metrics/measures.h"
#include "engine/models/mlp.h"
#include "engine/optim/schedule.h"
#include "engine/optim/step.h"
#include "engine/pipeline/evaluator.h"
#include "engine/pipeline/loss_ring.h"
#include "engine/pipeline/parts.h"
#include "engine/pipeline/program.h"
#include "engine/pipeline/spec.h"

namespace athanor {

/// The numbers that, beside the blocks, make a trainer go on exactly where it stood.
struct TrainerProgress {
  std::uint64_t step = 0;            // batches since the start
  std::uint64_t updates = 0;         // optimiser steps since the start: fewer when gradients are accumulated
  std::uint64_t optimizer_step = 0;  // since the optimiser was chosen: its bias correction counts these
  Index cursor = 0;                  // rows of the current epoch already seen
  Index batch_rows = 0;              // rows of a full batch in the current epoch
  Sampling sampling{};               // how the rows of the current epoch were chosen
  int epoch = 0;                     // completed epochs
  int pending_batches = 0;           // accumulated since the last optimiser step
  Index pending_rows = 0;            // their rows
  double learning_rate = 0;          // the chosen one or what Optimise made of it, before the schedule
  Real last_loss = 0;
};

/// The blocks of Reals that make up a trainer's state. Empty spans stand for what is switched off.
struct TrainerBlocks {
  std::span<const Real> parameters;
  std::span<const Real> slots;
  std::span<const Real> accumulated;  // sum of gradients times rows, when batches are pending
  std::span<const Real> average;
  std::span<const Real> best;
};

/// The batch that train_batch() takes next, and what it will do with it.
struct NextBatch {
  std::span<const std::int32_t> rows;  // positions in the training part
  StepState state;
  double learning_rate = 0;  // by the schedule
  bool is_update = true;     // false while gradients are being accumulated
  bool accumulates = false;  // whether its gradient joins those of other batches, or may
};

class Trainer {
 public:
  /// `train` must outlive the trainer. Throws kMemoryLimit before taking memory.
  Trainer(const MlpSpec& spec, const Experiment& experiment, const PartMatrix& train);

  /// Forward and backward pass on the next batch of the current epoch, of which the last may be smaller, and the
  /// optimiser step when enough batches are accumulated or the epoch ends. Returns true when it ended the epoch.
  /// Allocates nothing, unless the batch size changed since the last epoch. Throws kNotFinite.
  bool train_batch();

  /// Takes over the live fields, for which no parameter may change its shape. A new optimiser starts with empty state;
  /// a new batch size counts from the next epoch.
  void update(const Experiment& experiment);
  void set_learning_rate(double learning_rate) { progress_.learning_rate = learning_rate; }
  /// What the next step uses: the learning rate by the schedule.
  [[nodiscard]] double scheduled_learning_rate() const;

  /// Puts a number into the parameter block before the next step, and into its average when one is kept; `at` counts
  /// through the block. Optimiser state, best weights and the mark stay as they are.
  void set_parameter(Index at, Real value);

  /// A trainer of the same network without one neuron of a hidden layer, which goes on where this one stands: every
  /// other weight, bias, gain and statistic, what the optimiser, the average, the best weights, the mark and
  /// accumulated gradients have of it, and the place in the epoch are those of this one. `experiment` is the one in
  /// force. The neuron must be one that check_removable() lets go.
  [[nodiscard]] std::unique_ptr<Trainer> without_unit(Index layer, Index unit, const Experiment& experiment) const;

  /// Remembers the weights that are evaluated now, when the experiment wants the best ones back.
  void keep_best();
  /// Puts the remembered weights in force; false when there are none.
  bool restore_best();

  /// Remembers the state: the place to return to when the run diverges. To be called where an epoch begins, whose
  /// parameters are finite.
  void mark();
  /// Goes back to the mark, with the settings as they are now; false when there is none.
  bool return_to_mark();
  [[nodiscard]] bool has_mark() const { return has_mark_; }

  /// Forward pass without dropout over a whole part, with the averaged weights when an average is kept.
  [[nodiscard]] Measures evaluate(const PartMatrix& part) { return evaluation().evaluate(part); }
  /// What a part's rows are predicted as, like predict().
  [[nodiscard]] std::vector<Real> predict(const PartMatrix& part);

  /// Class probabilities (rows, classes), or values (rows, 1) in units of the data, of rows of scaled features
  /// (rows, columns).
  void predict(std::span<const Real> features, std::span<Real> predictions) {
    evaluation().predict(features, predictions);
  }

  [[nodiscard]] const MlpSpec& spec() const { return spec_; }
  [[nodiscard]] NextBatch next_batch() const;
  [[nodiscard]] const StepSettings& step_settings() const { return step_; }
  [[nodiscard]] const TrainerProgress& progress() const { return progress_; }
  [[nodiscard]] Index batch() const { return progress_.cursor / progress_.batch_rows; }
  [[nodiscard]] Index batches_per_epoch() const {
    return (train_.rows + progress_.batch_rows - 1) / progress_.batch_rows;
  }
  [[nodiscard]] const LossRing& losses() const { return losses_; }
  /// Trained numbers: weights, biases, gains.
  [[nodiscard]] Index parameter_count() const;
  /// Where each parameter lies in the blocks.
  [[nodiscard]] std::span<const Parameter> layout() const { return layout_; }
  [[nodiscard]] std::size_t memory_bytes() const;
  /// Whether a step is large enough to be shared among threads (Executor::gains_from_threads).
  [[nodiscard]] bool gains_from_threads() const { return programs_.full->executor->gains_from_threads(); }
  [[nodiscard]] std::span<const Real> parameters() const { return parameters_.span(); }
  [[nodiscard]] std::span<const Real> slots() const { return slots_.span(); }
  [[nodiscard]] std::span<const Real> gradients() const { return gradients_.span(); }
  /// The averaged weights; empty when no average is kept.
  [[nodiscard]] std::span<const Real> average() const { return average_.span(); }

  /// The weights that are evaluated: the averaged ones when an average is kept.
  [[nodiscard]] std::span<const Real> evaluated() const { return average_.size() > 0 ? average() : parameters(); }

  [[nodiscard]] TrainerBlocks blocks() const;
  /// Continues from a checkpoint. Returns false, changing nothing, when the blocks do not fit this trainer.
  [[nodiscard]] bool restore(const TrainerProgress& progress, const TrainerBlocks& blocks);

 private:
  /// What is run, one at a time, and the workspace that all of it therefore shares.
  struct Programs {
    Buffer workspace;
    std::unique_ptr<Program> full;  // batch
    std::unique_ptr<Program> last;  // batch of an epoch; null when full ones fill it exactly
    std::unique_ptr<Evaluator> evaluation;
    std::unique_ptr<Evaluator> averaged_evaluation;  // the same over the averaged weights, when they are kept
  };
  /// Empty members stand for what stays as it is.
  struct Additions {
    Buffer scratch;
    Buffer accumulated;
    Buffer best;
    Buffer average;
    Buffer marked_average;
    std::optional<Programs> programs;
    std::unique_ptr<Evaluator> averaged_evaluation;  // where the other programs stay
  };

  /// What new settings need in memory. Made first, as a whole; taken over then, which cannot fail.
  [[nodiscard]] Additions prepare(const MlpSpec& spec, const Experiment& experiment, bool is_new_spec);
  void adopt(Additions additions, const Experiment& experiment) noexcept;
  /// `average` may be null: then none is kept.
  [[nodiscard]] Programs compile(const MlpSpec& spec, Index batch_rows, const Real* average);
  /// The same network for batches of another size. Stands beside the old programs until it is ready: failing, it
  /// changes nothing.
  void recompile(Index batch_rows);
  void begin_epoch();
  void draw_order();
  void load_batch(Program& program);
  /// The gradient of this batch joins the others; true when it is time for an optimiser step.
  bool collect_gradients(Index rows);
  void update_statistics(const Program& program);
  /// Throws kNotFinite with the op and the layer where the batch's numbers first ceased to be finite.
  [[noreturn]] void report_divergence(Program& program) const;
  void update_parameters(double learning_rate);
  [[nodiscard]] Evaluator& evaluation() {
    return *(programs_.averaged_evaluation ? programs_.averaged_evaluation : programs_.evaluation);
  }

  MlpSpec spec_;
  const PartMatrix& train_;
  std::uint32_t seed_;
  Index wanted_batch_rows_;   // of the next epoch
  Sampling wanted_sampling_;  // likewise
  StepSettings step_;
  ScheduleSettings schedule_;
  int accumulate_ = 1;
  bool keeps_best_ = false;
  bool has_best_ = false;
  double chosen_learning_rate_;  // as the document has it; the current one may have been reduced since
  TrainerProgress progress_;
  std::vector<Parameter> layout_;
  Buffer parameters_;
  Buffer gradients_;
  Buffer slots_;
  Buffer scratch_;      // of the optimiser
  Buffer accumulated_;  // these three are empty until they are asked for
  Buffer average_;
  Buffer best_;
  Buffer marked_;          // parameters and optimiser state at the mark
  Buffer marked_average_;  // at the mark; empty when no average is kept
  TrainerProgress marked_progress_;
  bool has_mark_ = false;
  Programs programs_;
  std::unique_ptr<BatchOrder> batches_;
  std::span<const std::int32_t> order_;  // rows of the current epoch in the order they are trained on
  LossRing losses_;
};

}  // namespace athanor
