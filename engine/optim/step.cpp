#include "engine/optim/step.h"

#include "engine/core/threads.h"
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
  const UpdateBlocks update{.layout = blocks.layout,
                            .parameters = blocks.parameters,
                            .gradients = blocks.gradients,
                            .slots = blocks.slots,
                            .slot_size = blocks.parameters.size(),
                            .scratch = blocks.scratch};
  if (optimizer.is_elementwise) {
    threads::for_each_range(static_cast<Index>(blocks.parameters.size()), [&](Index first, Index count) {
      optimizer.update(update.stretch(static_cast<std::size_t>(first), static_cast<std::size_t>(count)), settings.rule,
                       step);
    });
  } else {
    optimizer.update(update, settings.rule, step);
  }
  if (settings.max_norm > 0) limit_norms(blocks.layout, settings.max_norm, blocks.parameters);
}

}  // namespace athanor
