#include "engine/ops/rules.h"

#include <algorithm>

namespace athanor::ops {

void refuse(std::string_view op, std::span<const Shape> inputs, std::string_view expected) {
  std::string came;
  for (const Shape& shape : inputs) came += (came.empty() ? "" : " and ") + shape.text();
  throw Error(ErrorCode::kShapeMismatch, std::string(op),
              {{"op", std::string(op)}, {"value", came}, {"expected", std::string(expected)}});
}

Shape leaf_shape(std::span<const Shape> /*inputs*/, const Attributes& /*attributes*/) {
  ensure(false, "a leaf has its shape from the builder");
  return {};
}

Shape same_shape(std::span<const Shape> inputs, const Attributes& /*attributes*/) { return inputs[0]; }

Shape equal_shapes(std::span<const Shape> inputs, const Attributes& /*attributes*/) {
  if (std::adjacent_find(inputs.begin(), inputs.end(), std::not_equal_to<>{}) != inputs.end()) {
    refuse("elementwise", inputs, "equal shapes");
  }
  return inputs[0];
}

Shape broadcast_shapes(std::span<const Shape> inputs, const Attributes& /*attributes*/) {
  const Shape& a = inputs[0];
  const Shape& b = inputs[1];
  Shape out;
  const int rank = std::max(a.rank, b.rank);
  for (int axis = 0; axis < rank; ++axis) {
    const Index size_a = axis < rank - a.rank ? 1 : a[axis - (rank - a.rank)];
    const Index size_b = axis < rank - b.rank ? 1 : b[axis - (rank - b.rank)];
    if (size_a != size_b && size_a != 1 && size_b != 1) {
      refuse("broadcasting", inputs, "sizes that are equal or 1, aligned at the last axis");
    }
    out.push_back(std::max(size_a, size_b));
  }
  return out;
}

void no_kernel(const KernelCall& /*call*/) {}

Cost free_of_cost(std::span<const Shape> /*inputs*/, const Shape& /*output*/) { return {}; }

Cost per_input_element(std::span<const Shape> inputs, const Shape& output) {
  const auto elements = static_cast<double>(inputs[0].size());
  return {.flops = elements, .bytes = (elements + static_cast<double>(output.size())) * sizeof(Real)};
}

}  // namespace athanor::ops
