#include "engine/session/step_view.h"

#include <algorithm>
#include <cmath>

#include "engine/core/error.h"
#include "engine/optim/gradients.h"
#include "engine/runtime/executor.h"

namespace athanor {
namespace {

std::vector<Real> shown(std::span<const Real> values) {
  if (values.size() > static_cast<std::size_t>(kMaxViewNumbers)) return {};
  return {values.begin(), values.end()};
}

std::span<const Real> slice(std::span<const Real> block, const Parameter& parameter) {
  return block.subspan(static_cast<std::size_t>(parameter.offset), static_cast<std::size_t>(parameter.shape.size()));
}

/// A step on copies of everything it changes.
class Preview {
 public:
  explicit Preview(const Run& run)
      : run_(run),
        upcoming_(run),
        trainer_(*upcoming_),
        next_(trainer_.next_batch()),
        rows_(static_cast<Index>(next_.rows.size())),
        network_(training_mlp(trainer_.spec(), rows_)),
        gradients_(static_cast<Index>(trainer_.parameters().size())) {}

  StepView view() {
    const std::vector<NodeId> kept = kept_nodes();
    const std::vector<Placement> placed = placements();
    check_memory(kept);
    Executor executor(network_.graph, trainer_.parameters().data(), kept, placed);
    load(executor);
    executor.run(next_.state);
    StepView view = head();
    read_layers(executor, view);
    read_parameters(executor, view);
    return view;
  }

 private:
  [[nodiscard]] std::vector<NodeId> kept_nodes() const {
    std::vector<NodeId> kept{network_.scores, network_.row_losses, network_.loss};
    kept.insert(kept.end(), network_.sums.begin(), network_.sums.end());
    kept.insert(kept.end(), network_.outputs.begin(), network_.outputs.end());
    for (const RunningStatistic& statistic : network_.statistics) kept.push_back(statistic.batch);
    std::sort(kept.begin(), kept.end());
    kept.erase(std::unique(kept.begin(), kept.end()), kept.end());  // a linear layer's output is its sum
    return kept;
  }

  std::vector<Placement> placements() {
    std::vector<Placement> placed;
    for (std::size_t i = 0; i < network_.gradients.size(); ++i) {
      placed.push_back({.node = network_.gradients[i], .where = gradients_.data() + trainer_.layout()[i].offset});
    }
    return placed;
  }

  void check_memory(const std::vector<NodeId>& kept) const {
    const std::size_t bytes = estimate_arena_bytes(network_.graph, kept, network_.gradients);
    if (bytes <= kMaxRunBytes) return;
    constexpr double kMegabyte = 1024.0 * 1024.0;
    throw Error(ErrorCode::kMemoryLimit, "inspector",
                {{"value", number_text(std::ceil(static_cast<double>(bytes) / kMegabyte))},
                 {"max", number_text(static_cast<double>(kMaxRunBytes) / kMegabyte)}});
  }

  void load(Executor& executor) const {
    const auto columns = static_cast<std::size_t>(trainer_.spec().columns);
    const auto outputs = static_cast<std::size_t>(output_count(trainer_.spec()));
    const std::span<Real> features = executor.input(network_.features);
    const std::span<Real> targets = executor.input(network_.targets);
    for (std::size_t i = 0; i < next_.rows.size(); ++i) {
      const auto row = static_cast<std::size_t>(next_.rows[i]);
      std::copy_n(run_.train.features.data() + row * columns, columns, features.data() + i * columns);
      std::copy_n(run_.train.targets.data() + row * outputs, outputs, targets.data() + i * outputs);
    }
    if (network_.class_weights != kNoNode) {
      fill_class_weights(run_.train.labels, executor.input(network_.class_weights));
    }
  }

  [[nodiscard]] StepView head() const {
    const TrainerProgress& progress = trainer_.progress();
    StepView view{.step = progress.step + 1,
                  .epoch = progress.epoch + 1,
                  .batch = trainer_.batch() + 1,
                  .learning_rate = next_.learning_rate,
                  .is_update = next_.is_update,
                  .columns = trainer_.spec().columns,
                  .outputs = output_count(trainer_.spec())};
    for (const std::int32_t row : next_.rows) view.rows.push_back(run_.parts.train[static_cast<std::size_t>(row)]);
    return view;
  }

  void read_layers(Executor& executor, StepView& view) const {
    view.features = shown(executor.input(network_.features));
    view.targets = shown(executor.input(network_.targets));
    const MlpSpec& spec = trainer_.spec();
    for (std::size_t i = 0; i < network_.sums.size(); ++i) {
      const bool is_output = i == spec.layers.size();
      const NodeId output = is_output ? network_.scores : network_.outputs[i];
      view.layers.push_back({.name = is_output ? "output" : layer_name(spec.layers, i),
                             .units = is_output ? view.outputs : spec.layers[i].units,
                             .sums = shown(executor.value(network_.sums[i])),
                             .outputs = shown(executor.value(output))});
    }
    view.row_losses = shown(executor.value(network_.row_losses));
    view.loss = static_cast<double>(executor.value(network_.loss)[0]);
  }

  /// As Trainer::collect_gradients() and update_parameters() do it.
  void read_parameters(const Executor& executor, StepView& view) {
    const TrainerProgress& progress = trainer_.progress();
    const TrainerBlocks blocks = trainer_.blocks();
    if (next_.accumulates) {
      Buffer sum(gradients_.size());
      std::copy(blocks.accumulated.begin(), blocks.accumulated.end(), sum.data());
      accumulate(gradients_.span(), static_cast<double>(rows_), sum.span());
      const Real share = 1 / static_cast<Real>(progress.pending_rows + rows_);
      for (Index i = 0; i < gradients_.size(); ++i) gradients_.data()[i] = share * sum.data()[i];
    }
    const std::vector<Real> gradients(gradients_.span().begin(), gradients_.span().end());
    Buffer after(gradients_.size());
    std::copy(blocks.parameters.begin(), blocks.parameters.end(), after.data());
    for (const RunningStatistic& statistic : network_.statistics) {
      const std::span<const Real> batch = executor.value(statistic.batch);
      const auto offset = static_cast<std::size_t>(trainer_.layout()[statistic.parameter].offset);
      update_statistic(batch, after.span().subspan(offset, batch.size()));
    }
    if (next_.is_update) {
      Buffer slots(static_cast<Index>(blocks.slots.size()));
      std::copy(blocks.slots.begin(), blocks.slots.end(), slots.data());
      StepSettings settings = trainer_.step_settings();
      settings.rule.learning_rate = next_.learning_rate;
      Buffer scratch(row(settings.optimizer).scratch(trainer_.layout()));
      apply_step({.layout = trainer_.layout(),
                  .parameters = after.span(),
                  .gradients = gradients_.span(),
                  .slots = slots.span(),
                  .scratch = scratch.span()},
                 settings, progress.optimizer_step + 1);
    }
    for (const Parameter& parameter : trainer_.layout()) {
      view.parameters.push_back({.name = parameter.name,
                                 .shape = parameter.shape,
                                 .is_trained = parameter.is_trained,
                                 .before = shown(slice(blocks.parameters, parameter)),
                                 .gradient = shown(slice(gradients, parameter)),
                                 .after = shown(slice(after.span(), parameter))});
    }
  }

  const Run& run_;
  UpcomingTrainer upcoming_;
  const Trainer& trainer_;
  NextBatch next_;
  Index rows_;
  Network network_;
  Buffer gradients_;
};

}  // namespace

UpcomingTrainer::UpcomingTrainer(const Run& run) : trainer_(run.trainer.get()) {
  if (trainer_ != nullptr) return;
  if (run.train.rows == 0) {
    throw Error(ErrorCode::kBadInput, "inspector",
                {{"what", "the data"}, {"value", "not yet divided"}, {"expected", "a run that has passed Split"}});
  }
  own_ = std::make_unique<Trainer>(run.spec, run.experiment, run.train);
  trainer_ = own_.get();
}

StepView view_next_step(const Run& run) { return Preview(run).view(); }

}  // namespace athanor
