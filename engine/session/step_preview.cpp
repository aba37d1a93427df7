#include "engine/session/step_preview.h"

#include <algorithm>

#include "engine/core/error.h"
#include "engine/graph/op_row.h"
#include "engine/optim/gradients.h"
#include "engine/pipeline/footprint.h"
#include "engine/runtime/layout.h"

namespace athanor {

UpcomingTrainer::UpcomingTrainer(const Run& run) : trainer_(run.trainer.get()) {
  if (trainer_ != nullptr) return;
  if (run.train.rows == 0) {
    throw Error(ErrorCode::kBadInput, "inspector",
                {{"what", "the data"}, {"value", "not yet divided"}, {"expected", "a run that has passed Split"}});
  }
  own_ = std::make_unique<Trainer>(run.spec, run.experiment, run.train);
  trainer_ = own_.get();
}

StepPreview::StepPreview(const Run& run)
    : run_(run),
      upcoming_(run),
      next_(upcoming_->next_batch()),
      rows_(static_cast<Index>(next_.rows.size())),
      network_(training_mlp(upcoming_->spec(), rows_)),
      batch_gradients_(static_cast<Index>(upcoming_->parameters().size())),
      gradients_(batch_gradients_.size()),
      applied_(batch_gradients_.size()),
      parameters_(batch_gradients_.size()),
      slots_(static_cast<Index>(upcoming_->slots().size())) {}

void StepPreview::compute(std::span<const NodeId> more) {
  const std::vector<NodeId> kept = kept_nodes(more);
  check_memory(lay_out(network_.graph, kept, network_.gradients).size.bytes(), "inspector");
  executor_ = std::make_unique<Executor>(network_.graph, upcoming_->parameters().data(), kept, placements());
  load();
  executor_->run(next_.state);
  collect_gradients();
  update();
}

std::vector<NodeId> StepPreview::kept_nodes(std::span<const NodeId> more) const {
  std::vector<NodeId> kept{network_.scores, network_.row_losses, network_.loss, network_.inputs};
  for (const std::vector<NodeId>* nodes :
       {&network_.sums, &network_.normalized, &network_.activated, &network_.outputs}) {
    kept.insert(kept.end(), nodes->begin(), nodes->end());
  }
  kept.insert(kept.end(), more.begin(), more.end());
  for (const RunningStatistic& statistic : network_.statistics) kept.push_back(statistic.batch);
  std::sort(kept.begin(), kept.end());
  kept.erase(std::unique(kept.begin(), kept.end()), kept.end());  // a linear layer's output is its sum
  std::erase(kept, network_.features);                            // inputs are readable as they are
  return kept;
}

std::vector<Placement> StepPreview::placements() {
  std::vector<Placement> placed;
  for (std::size_t i = 0; i < network_.gradients.size(); ++i) {
    placed.push_back({.node = network_.gradients[i], .where = batch_gradients_.data() + upcoming_->layout()[i].offset});
  }
  return placed;
}

void StepPreview::load() {
  const auto columns = static_cast<std::size_t>(upcoming_->spec().columns);
  const auto outputs = static_cast<std::size_t>(output_count(upcoming_->spec()));
  const std::span<Real> features = executor_->input(network_.features);
  const std::span<Real> targets = executor_->input(network_.targets);
  for (std::size_t i = 0; i < next_.rows.size(); ++i) {
    const auto row = static_cast<std::size_t>(next_.rows[i]);
    std::copy_n(run_.train.features.data() + row * columns, columns, features.data() + i * columns);
    std::copy_n(run_.train.targets.data() + row * outputs, outputs, targets.data() + i * outputs);
  }
  if (network_.class_weights != kNoNode) {
    fill_class_weights(run_.train.labels, executor_->input(network_.class_weights));
  }
}

/// As Trainer::collect_gradients() does it.
void StepPreview::collect_gradients() {
  const std::span<const Real> batch = batch_gradients_.span();
  std::copy(batch.begin(), batch.end(), gradients_.data());
  if (!next_.accumulates) return;
  const std::span<const Real> accumulated = upcoming_->blocks().accumulated;
  Buffer sum(gradients_.size());
  std::copy(accumulated.begin(), accumulated.end(), sum.data());
  accumulate(batch, static_cast<double>(rows_), sum.span());
  const Real share = 1 / static_cast<Real>(upcoming_->progress().pending_rows + rows_);
  for (Index i = 0; i < gradients_.size(); ++i) gradients_.data()[i] = share * sum.data()[i];
}

/// As Trainer::update_parameters() does it.
void StepPreview::update() {
  const TrainerBlocks blocks = upcoming_->blocks();
  std::copy(gradients_.span().begin(), gradients_.span().end(), applied_.data());
  std::copy(blocks.parameters.begin(), blocks.parameters.end(), parameters_.data());
  std::copy(blocks.slots.begin(), blocks.slots.end(), slots_.data());
  for (const RunningStatistic& statistic : network_.statistics) {
    const std::span<const Real> batch = value(statistic.batch);
    const auto offset = static_cast<std::size_t>(upcoming_->layout()[statistic.parameter].offset);
    update_statistic(batch, parameters_.span().subspan(offset, batch.size()));
  }
  if (!next_.is_update) return;
  StepSettings settings = upcoming_->step_settings();
  settings.rule.learning_rate = next_.learning_rate;
  Buffer scratch(row(settings.optimizer).scratch(upcoming_->layout()));
  apply_step({.layout = upcoming_->layout(),
              .parameters = parameters_.span(),
              .gradients = applied_.span(),
              .slots = slots_.span(),
              .scratch = scratch.span()},
             settings, upcoming_->progress().optimizer_step + 1);
}

}  // namespace athanor
