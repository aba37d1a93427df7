#include "engine/ops/gather.h"

#include <algorithm>

#include "engine/graph/builder.h"

namespace athanor::ops {
namespace {

/// The index as a row of a table with `rows` rows. NaN, fractions and rows that are not there throw kBadInput: reading
/// elsewhere would be worse, and moving them to a row that is there would hide the mistake.
Index checked_row(Real index, Index rows) {
  const bool is_inside = index >= 0 && index < static_cast<Real>(rows);
  const Index row = is_inside ? static_cast<Index>(index) : -1;
  if (!is_inside || row >= rows || static_cast<Real>(row) != index) {
    throw Error(ErrorCode::kBadInput, "gather",
                {{"what", "an index into a table"},
                 {"value", number_text(static_cast<double>(index))},
                 {"expected", "a whole number from 0 to " + std::to_string(rows - 1)}});
  }
  return row;
}

Shape with_last(Shape shape, Index size) {
  shape.push_back(size);
  return shape;
}

}  // namespace

Shape gather_shape(std::span<const Shape> inputs, const Attributes& /*attributes*/) {
  const Shape& table = inputs[0];
  if (table.rank != 2 || inputs[1].rank >= kMaxRank) {
    refuse("gather", inputs, "a table (V, D) and indices of at most three axes");
  }
  return with_last(inputs[1], table[1]);
}

Shape gather_grad_shape(std::span<const Shape> inputs, const Attributes& attributes) {
  const Shape& indices = inputs[0];
  const Shape& dy = inputs[1];
  ensure(attributes.length > 0, "a table has rows");
  if (indices.rank >= kMaxRank || dy.rank != indices.rank + 1 || dy != with_last(indices, dy.last())) {
    refuse("gather_grad", inputs, "indices (N...) and gradients (N..., D)");
  }
  return {attributes.length, dy.last()};
}

void gather_kernel(const KernelCall& call) {
  const Index width = call.out_shape.last();
  const Index rows = call.in_shapes[0][0];
  const Index count = call.in_shapes[1].size();
  for (Index i = 0; i < count; ++i) {
    std::copy_n(call.in[0] + checked_row(call.in[1][i], rows) * width, width, call.out + i * width);
  }
}

void gather_grad_kernel(const KernelCall& call) {
  const Index width = call.out_shape.last();
  const Index count = call.in_shapes[0].size();
  std::fill_n(call.out, call.out_shape.size(), Real{0});
  for (Index i = 0; i < count; ++i) {
    Real* target = call.out + checked_row(call.in[0][i], call.out_shape[0]) * width;
    for (Index k = 0; k < width; ++k) target[k] += call.in[1][i * width + k];
  }
}

InputGradients gather_gradient(Builder& graph, NodeId node, NodeId upstream, std::span<const bool> wanted) {
  const auto [table, indices, none] = graph.graph()[node].inputs;
  if (!wanted[0]) return {kNoNode, kNoNode, kNoNode};
  const Index rows = graph.shape(table)[0];
  return {graph.append(Op::kGatherGrad, {indices, upstream}, {.length = rows}), kNoNode, kNoNode};
}

InputGradients gather_grad_gradient(Builder& graph, NodeId node, NodeId upstream, std::span<const bool> wanted) {
  const NodeId indices = graph.graph()[node].inputs[0];
  return {kNoNode, wanted[1] ? graph.gather(upstream, indices) : kNoNode, kNoNode};
}

// Of the table only the chosen rows are read.
Cost gather_cost(std::span<const Shape> inputs, const Shape& output) {
  return {.flops = 0, .bytes = static_cast<double>(inputs[1].size() + 2 * output.size()) * sizeof(Real)};
}

Cost gather_grad_cost(std::span<const Shape> inputs, const Shape& output) {
  const auto added = static_cast<double>(inputs[1].size());
  return {.flops = added, .bytes = (static_cast<double>(inputs[0].size() + output.size()) + 3 * added) * sizeof(Real)};
}

}  // namespace athanor::ops
