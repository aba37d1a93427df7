#include "engine/optim/step.h"

#include "engine/optim/gradients.h"
#include "engine/optim/weights.h"

namespace athanor {

void apply_step(const StepBlocks& blocks, const StepSettings& settings, std::uint64_t step) {
  if (settings.l1 > 0 || settings.l2 > 0) {
    add_penalties(blocks.layout, blocks.parameters, settings.l1, settings.l2, blocks.gradients);
  }
  if (settings.clip_value > 0) clip_by_value(blocks.gradients, settings.clip_value);
  if (settings.clip_norm > 0) clip_by_norm(blocks.gradients, settings.clip_norm);
  const OptimizerRow& optimizer = row(settings.optimizer);
  if (optimizer.decays && settings.rule.weight_decay > 0) {
    decay_weights(blocks.layout, settings.rule.learning_rate * settings.rule.weight_decay, blocks.parameters);
  }
  optimizer.update({.layout = blocks.layout,
                    .parameters = blocks.parameters,
                    .gradients = blocks.gradients,
                    .slots = blocks.slots,
                    .scratch = blocks.scratch},
                   settings.rule, step);
  if (settings.max_norm > 0) limit_norms(blocks.layout, settings.max_norm, blocks.parameters);
}

}  // namespace athanor
