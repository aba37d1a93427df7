#include "engine/session/step_view.h"

#include <cmath>

#include "engine/session/step_preview.h"

namespace athanor {
namespace {

std::vector<Real> shown(std::span<const Real> values) {
  if (values.size() > static_cast<std::size_t>(kMaxViewNumbers)) return {};
  return {values.begin(), values.end()};
}

std::span<const Real> slice(std::span<const Real> block, const Parameter& parameter) {
  return block.subspan(static_cast<std::size_t>(parameter.offset), static_cast<std::size_t>(parameter.shape.size()));
}

StepView head(const StepPreview& preview, const Run& run) {
  const Trainer& trainer = preview.trainer();
  const TrainerProgress& progress = trainer.progress();
  StepView view{.step = progress.step + 1,
                .epoch = progress.epoch + 1,
                .batch = trainer.batch() + 1,
                .learning_rate = preview.next().learning_rate,
                .is_update = preview.next().is_update,
                .columns = trainer.spec().columns,
                .outputs = output_count(trainer.spec())};
  for (const std::int32_t row : preview.next().rows) {
    view.rows.push_back(run.parts.train[static_cast<std::size_t>(row)]);
  }
  return view;
}

void read_layers(const StepPreview& preview, StepView& view) {
  const Network& network = preview.network();
  view.features = shown(preview.value(network.features));
  view.targets = shown(preview.value(network.targets));
  const MlpSpec& spec = preview.trainer().spec();
  for (std::size_t i = 0; i < network.sums.size(); ++i) {
    const bool is_output = i == spec.layers.size();
    const NodeId output = is_output ? network.scores : network.outputs[i];
    view.layers.push_back({.name = is_output ? "output" : layer_name(spec.layers, i),
                           .units = is_output ? view.outputs : spec.layers[i].units,
                           .sums = shown(preview.value(network.sums[i])),
                           .outputs = shown(preview.value(output))});
  }
  view.row_losses = shown(preview.value(network.row_losses));
  view.loss = static_cast<double>(preview.value(network.loss)[0]);
}

void read_parameters(const StepPreview& preview, StepView& view) {
  const std::span<const Real> before = preview.trainer().parameters();
  double gradient_squares = 0;
  double update_squares = 0;
  for (const Parameter& parameter : preview.trainer().layout()) {
    const std::span<const Real> gradient = slice(preview.gradients(), parameter);
    const std::span<const Real> from = slice(before, parameter);
    const std::span<const Real> to = slice(preview.parameters(), parameter);
    view.parameters.push_back({.name = parameter.name,
                               .shape = parameter.shape,
                               .is_trained = parameter.is_trained,
                               .before = shown(from),
                               .gradient = shown(gradient),
                               .after = shown(to)});
    if (!parameter.is_trained) continue;
    for (std::size_t i = 0; i < gradient.size(); ++i) {
      const auto change = static_cast<double>(to[i] - from[i]);
      gradient_squares += static_cast<double>(gradient[i]) * static_cast<double>(gradient[i]);
      update_squares += change * change;
    }
  }
  view.gradient_norm = std::sqrt(gradient_squares);
  view.update_norm = std::sqrt(update_squares);
}

}  // namespace

StepView view_next_step(const Run& run) {
  StepPreview preview(run);
  preview.compute();
  StepView view = head(preview, run);
  read_layers(preview, view);
  read_parameters(preview, view);
  return view;
}

}  // namespace athanor
