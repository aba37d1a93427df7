// What a network keeps of its numbers when a hidden layer loses one of its neurons.
#pragma once

#include <span>

#include "engine/graph/graph.h"
#include "engine/models/mlp.h"

namespace athanor {

/// Whether a neuron can be taken out of a network with these hidden layers. Throws kNotHidden for a layer that is none
/// of them, kBadInput for a neuron that the layer does not have, kLastNeuron for its only one, kResidualEdge, with the
/// names of both ends, where the layer has to be as wide as another.
void check_removable(const std::vector<LayerSpec>& layers, Index layer, Index unit);

/// Copies blocks laid out by `wide`, one after another, to as many laid out by `narrow`: the parameters of the same
/// network whose layer has one neuron less. Where the shapes of a parameter differ, in one axis and by one, position
/// `unit` along it is left out: a column of the layer's own weights (fan_in, units), a number of its bias, gain and
/// statistics (units), a row of the next layer's weights (units, fan_out). All other numbers stay the bits they are.
void leave_out_unit(std::span<const Parameter> wide, std::span<const Parameter> narrow, Index unit,
                    std::span<const Real> from, std::span<Real> to);

}  // namespace athanor
