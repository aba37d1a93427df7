// The element-wise update rules. Each is the form PyTorch gives it, unless it says otherwise; `step` counts from 1.
#pragma once

#include "engine/optim/optimizer.h"

namespace athanor::updates {

using Update = void(const UpdateBlocks& blocks, const OptimizerSettings& settings, std::uint64_t step);

/// Momentum as Sutskever et al. 2013 without dampening: v = momentum v + g, p = p - lr v. Slots: v.
Update sgd;
/// Nesterov's momentum in the form of Sutskever et al. 2013: p = p - lr (g + momentum v) with the new v. Slots: v.
Update nesterov;
/// Duchi et al. 2011: s = s + g g, p = p - lr g / (sqrt(s) + epsilon). Slots: s.
Update adagrad;
/// Zeiler 2012: steps of the size of past steps, so that a learning rate of 1 is the method as published. Slots: mean
/// square gradient, mean square step.
Update adadelta;
/// Tieleman & Hinton 2012: s = rho s + (1 - rho) g g, p = p - lr g / (sqrt(s) + epsilon). Slots: s.
Update rmsprop;
/// Kingma & Ba 2015 with bias correction; epsilon is added after it. Slots: first moment, second moment.
Update adam;
/// Liu et al. 2020: Adam, rectified for how few gradients the second moment rests on at first; as long as they are too
/// few for any estimate, p = p - lr m without it. Slots: first moment, second moment.
Update radam;
/// Chen et al. 2023: p = p - lr sign(beta1 m + (1 - beta1) g), then m = beta2 m + (1 - beta2) g. Slots: m.
Update lion;

}  // namespace athanor::updates
