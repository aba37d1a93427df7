#include "bindings/step_trace_type.h"

#include "bindings/document_type.h"
#include "engine/models/mlp.h"
#include "engine/optim/optimizer.h"

namespace athanor::bindings {

std::string step_trace_type() {
  // clang-format off
  return
    std::string("{sample: number, layer: number, unit: number, input: number, step: number, epoch: number, batch: number,"
    " batches: number, batchRows: number, update: boolean, accumulates: boolean, learningRate: number,"
    " optimizerStep: number,"
    " settings: {optimizer: ") + choices_type(kOptimizerNames) + ", momentum: number, beta1: number, beta2: number,"
    " rho: number, epsilon: number, weightDecay: number, l1: number, l2: number, clipValue: number,"
    " clipNorm: number, maxNorm: number},"
    " rows: number[], rowLosses: (number|null)[], firstFeatures: (number|null)[], firstTargets: (number|null)[],"
    " column: (number|null)[], sumGradients: (number|null)[],"
    " features: (number|null)[], targets: (number|null)[], scores: (number|null)[],"
    " loss: {kind: " + choices_type(kLossNames) + ", huberDelta: number, labelSmoothing: number,"
    " classWeights: (number|null)[], mean: number|null},"
    " layers: {name: string, inputs: number, units: number, activation: " + choices_type(kActivationNames) + ","
    " norm: " + choices_type(kNormNames) + ", dropout: number, residual: string, sums: (number|null)[],"
    " outputs: (number|null)[]}[],"
    " neuron: {inputs: (number|null)[], weights: (number|null)[], bias: number|null, sum: number|null,"
    " normalized: number|null, activated: number|null, output: number|null, slope: number|null,"
    " sumGradient: number|null, normalizedGradient: number|null, activatedGradient: number|null,"
    " outputGradient: number|null, onwardWeights: (number|null)[], onwardGradients: (number|null)[],"
    " residualGradients: (number|null)[]},"
    " parameters: {before: (number|null)[], batchGradient: (number|null)[], gradient: (number|null)[],"
    " applied: (number|null)[], after: (number|null)[], slotsBefore: (number|null)[][],"
    " slotsAfter: (number|null)[][]}}";
  // clang-format on
}

}  // namespace athanor::bindings
