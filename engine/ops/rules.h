// Shape rules and cost rules that several families share.
#pragma once

#include <span>

#include "engine/graph/op_row.h"

namespace athanor::ops {

/// Throws kShapeMismatch: which op, what came, what it takes. The builder puts in the name of the op that asked.
[[noreturn]] void refuse(std::string_view op, std::span<const Shape> inputs, std::string_view expected);

/// Leaves get their shape from the builder, so their rule is never asked.
ShapeRule leaf_shape;
/// The shape of the first input.
ShapeRule same_shape;
/// The shape of the first input, which has a last axis to work along.
ShapeRule rows_shape;
/// All inputs have one shape, which is the output's.
ShapeRule equal_shapes;
/// numpy broadcasting of all inputs.
ShapeRule broadcast_shapes;

/// Leaves whose memory is filled from outside have nothing to compute.
Kernel no_kernel;

CostRule free_of_cost;
/// `Flops` per output element, every input read once, the output written once.
template <int Flops>
Cost per_element(std::span<const Shape> inputs, const Shape& output) {
  auto elements = static_cast<double>(output.size());
  for (const Shape& input : inputs) elements += static_cast<double>(input.size());
  return {.flops = Flops * static_cast<double>(output.size()), .bytes = elements * sizeof(Real)};
}
/// One addition per input element.
CostRule per_input_element;

}  // namespace athanor::ops
