#include "engine/graph/builder.h"

#include <utility>
#include <vector>

#include "engine/core/catching.h"
#include "engine/graph/autodiff.h"
#include "engine/graph/op_row.h"

namespace athanor {

namespace {

std::uint8_t axis_of(int axis) {
  ensure(axis >= 0 && axis < kMaxRank, "an axis is counted from 0, of at most four");
  return static_cast<std::uint8_t>(axis);
}

}  // namespace

void Builder::scope(std::string name) {
  scope_ = static_cast<std::int32_t>(graph_.scopes.size());
  graph_.scopes.push_back(std::move(name));
}

NodeId Builder::push(Op op, std::initializer_list<NodeId> inputs, const Attributes& attributes, const Shape& shape) {
  Node node{.op = op, .shape = shape, .attributes = attributes, .scope = scope_};
  std::size_t position = 0;
  for (const NodeId input : inputs) node.inputs[position++] = input;
  graph_.nodes.push_back(node);
  return graph_.size() - 1;
}

ATHANOR_CATCHES NodeId Builder::append(Op op, std::initializer_list<NodeId> inputs, const Attributes& attributes) {
  const OpRow& op_row = row(op);
  ensure(static_cast<int>(inputs.size()) == op_row.arity, "an op gets as many inputs as its row says");
  std::array<Shape, kMaxInputs> shapes;
  std::size_t count = 0;
  for (const NodeId input : inputs) shapes[count++] = shape(input);
  try {
    return push(op, inputs, attributes, op_row.shape({shapes.data(), count}, attributes));
  } catch (const Error& error) {
    const std::string& layer = graph_.scopes[static_cast<std::size_t>(scope_)];
    ErrorParams params = error.params();  // a shared shape rule does not know which op asked
    for (auto& [name, value] : params) {
      if (name == "op") value = op_row.name;
    }
    throw Error(error.code(), layer.empty() ? std::string(op_row.name) : layer, params);
  }
}

NodeId Builder::input(Shape shape) { return push(Op::kInput, {}, {}, shape); }

NodeId Builder::parameter(std::string name, Shape shape) {
  const auto index = static_cast<std::uint32_t>(graph_.parameters.size());
  const NodeId node = push(Op::kParameter, {}, {.index = index}, shape);
  graph_.parameters.push_back(
      {.name = std::move(name), .shape = shape, .offset = graph_.parameter_count, .node = node});
  graph_.parameter_count += shape.size();
  return node;
}

NodeId Builder::statistic(std::string name, Shape shape) {
  const NodeId node = parameter(std::move(name), shape);
  graph_.parameters.back().is_trained = false;
  return node;
}

NodeId Builder::constant(double value, Shape shape) { return push(Op::kConstant, {}, {.value = value}, shape); }

NodeId Builder::dropout_mask(const Shape& shape, double rate, std::uint32_t index) {
  return push(Op::kDropoutMask, {}, {.value = rate, .index = index}, shape);
}

NodeId Builder::broadcast(NodeId x, const Shape& target) {
  if (shape(x) == target) return x;
  const std::array<Shape, 2> shapes{shape(x), target};
  ensure(row(Op::kAdd).shape(shapes, {}) == target, "a tensor is broadcast to a shape that contains it");
  return push(Op::kBroadcast, {x}, {}, target);
}

NodeId Builder::reshape(NodeId x, const Shape& target) {
  ensure(shape(x).size() == target.size(), "reshaping keeps the number of elements");
  return push(Op::kReshape, {x}, {}, target);
}

NodeId Builder::reduce(Op op, NodeId x, std::initializer_list<int> axes, bool keep_axes) {
  Attributes attributes{.keep_axes = keep_axes};
  for (const int axis : axes) attributes.axes |= static_cast<std::uint8_t>(1U << static_cast<unsigned>(axis));
  if (axes.size() == 0) attributes.axes = static_cast<std::uint8_t>((1U << static_cast<unsigned>(shape(x).rank)) - 1U);
  return append(op, {x}, attributes);
}

NodeId Builder::sum(NodeId x, std::initializer_list<int> axes, bool keep_axes) {
  return reduce(Op::kSum, x, axes, keep_axes);
}

NodeId Builder::mean(NodeId x, std::initializer_list<int> axes, bool keep_axes) {
  return reduce(Op::kMean, x, axes, keep_axes);
}

NodeId Builder::max(NodeId x, std::initializer_list<int> axes, bool keep_axes) {
  return reduce(Op::kMax, x, axes, keep_axes);
}

NodeId Builder::min(NodeId x, std::initializer_list<int> axes, bool keep_axes) {
  return reduce(Op::kMin, x, axes, keep_axes);
}

NodeId Builder::variance(NodeId x, std::initializer_list<int> axes, bool keep_axes, bool unbiased) {
  // From the centred values: the difference of two large numbers, mean(x^2) - mean(x)^2, would lose its digits.
  const NodeId squares = square(subtract(x, mean(x, axes, true)));
  const NodeId biased = mean(squares, axes, keep_axes);
  if (!unbiased) return biased;
  const Index merged = shape(x).size() / shape(biased).size();
  if (merged < 2) {
    throw Error(
        ErrorCode::kShapeMismatch, "variance",
        {{"op", "variance"}, {"value", shape(x).text()}, {"expected", "two values or more for the unbiased variance"}});
  }
  const auto count = static_cast<double>(merged);
  return scale(biased, count / (count - 1));
}

NodeId Builder::argmax(NodeId x, int axis, bool keep_axes) {
  return append(Op::kArgmax, {x}, {.keep_axes = keep_axes, .axis = axis_of(axis)});
}

std::vector<NodeId> Builder::differentiate(NodeId loss, std::span<const NodeId> wrt) {
  return athanor::differentiate(graph_, loss, wrt);
}

Window Builder::cut(Window window, NodeId x) const {
  const auto cut_axis = [](WindowAxis& axis, Index length) {
    const Index outputs = axis.outputs(length);
    if (outputs > 0) axis.after += axis.inputs(outputs) - length;
  };
  if (shape(x).rank == 4) {
    cut_axis(window.rows, shape(x)[1]);
    cut_axis(window.columns, shape(x)[2]);
  }
  return window;
}

NodeId Builder::convolution(NodeId x, NodeId filters, Window window) {
  window.rows.size = shape(filters)[0];
  window.columns.size = shape(filters)[1];
  return append(Op::kConvolution, {x, filters}, {.window = cut(window, x)});
}

NodeId Builder::transposed_convolution(NodeId x, NodeId filters, Window window) {
  window.rows.size = shape(filters)[0];
  window.columns.size = shape(filters)[1];
  return append(Op::kTransposedConvolution, {x, filters}, {.window = window});
}

NodeId Builder::max_pool(NodeId x, Window window) { return append(Op::kMaxPool, {x}, {.window = cut(window, x)}); }

NodeId Builder::average_pool(NodeId x, Window window) {
  return append(Op::kAveragePool, {x}, {.window = cut(window, x)});
}

NodeId Builder::permute(NodeId x, std::initializer_list<int> order) {
  ensure(static_cast<int>(order.size()) == shape(x).rank, "a permutation names every axis");
  Attributes attributes;
  std::size_t position = 0;
  for (const int axis : order) attributes.order[position++] = axis_of(axis);
  return append(Op::kPermute, {x}, attributes);
}

NodeId Builder::transpose(NodeId x) {
  const int rank = shape(x).rank;
  ensure(rank >= 2, "a matrix has two axes");
  Attributes attributes;
  std::swap(attributes.order[static_cast<std::size_t>(rank - 1)], attributes.order[static_cast<std::size_t>(rank - 2)]);
  return append(Op::kPermute, {x}, attributes);
}

NodeId Builder::slice(NodeId x, int axis, Index start, Index length) {
  return append(Op::kSlice, {x}, {.axis = axis_of(axis), .start = start, .length = length});
}

NodeId Builder::pad(NodeId x, int axis, Index before, Index after) {
  ensure(before >= 0 && after >= 0, "a tensor is padded by no or more zeros");
  const Index length = before + shape(x)[axis_of(axis)] + after;
  return append(Op::kPad, {x}, {.axis = axis_of(axis), .start = before, .length = length});
}

NodeId Builder::concat(NodeId a, NodeId b, int axis) { return append(Op::kConcat, {a, b}, {.axis = axis_of(axis)}); }

NodeId Builder::concat(std::span<const NodeId> parts, int axis) {
  ensure(!parts.empty(), "there is something to put together");
  NodeId joined = parts[0];
  for (const NodeId part : parts.subspan(1)) joined = concat(joined, part, axis);
  return joined;
}

NodeId Builder::sum_to(NodeId x, const Shape& target) {
  if (shape(x) == target) return x;
  const Shape from = shape(x);
  const int extra = from.rank - target.rank;
  Attributes attributes;
  for (int axis = 0; axis < from.rank; ++axis) {
    const bool repeated = axis >= extra && target[axis - extra] == 1 && from[axis] != 1;
    if (axis < extra || repeated) attributes.axes |= static_cast<std::uint8_t>(1U << static_cast<unsigned>(axis));
    attributes.keep_axes |= repeated;
  }
  const NodeId summed = append(Op::kSum, {x}, attributes);
  return shape(summed) == target ? summed : reshape(summed, target);
}

}  // namespace athanor
