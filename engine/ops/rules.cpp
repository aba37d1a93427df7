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

Shape rows_shape(std::span<const Shape> inputs, const Attributes& /*attributes*/) {
  if (inputs[0].rank == 0) refuse("rows", inputs, "at least one axis");
  return inputs[0];
}

Shape equal_shapes(std::span<const Shape> inputs, const Attributes& /*attributes*/) {
  if (std::adjacent_find(inputs.begin(), inputs.end(), std::not_equal_to<>{}) != inputs.end()) {
    refuse("elementwise", inputs, "equal shapes");
  }
  return inputs[0];
}

Shape broadcast_shapes(std::span<const Shape> inputs, const Attributes& /*attributes*/) {
  int rank = 0;
  for (const Shape& input : inputs) rank = std::max(rank, input.rank);
  Shape out;
  for (int axis = 0; axis < rank; ++axis) {
    Index size = 1;
    for (const Shape& input : inputs) {
      const Index own = axis < rank - input.rank ? 1 : input[axis - (rank - input.rank)];
      if (own != 1 && size != 1 && own != size) {
        refuse("broadcasting", inputs, "sizes that are equal or 1, aligned at the last axis");
      }
      size = std::max(size, own);
    }
    out.push_back(size);
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
