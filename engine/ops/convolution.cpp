#include "engine/ops/convolution.h"

#include "engine/graph/builder.h"
#include "engine/kernels/convolution.h"
#include "engine/kernels/pooling.h"

namespace athanor::ops {
namespace {

/// Images of this shape that become images of that one.
kernels::Images images_of(const Shape& from, const Shape& to, const Window& window) {
  return {.batch = from[0],
          .height = from[1],
          .width = from[2],
          .channels = from[3],
          .out_height = to[1],
          .out_width = to[2],
          .window = window};
}

void check_axis(const WindowAxis& axis) {
  ensure(axis.size > 0 && axis.stride > 0 && axis.dilation > 0 && axis.before >= 0, "a window has a size and moves");
}

void check(const Window& window) {
  check_axis(window.rows);
  check_axis(window.columns);
  ensure(window.groups > 0, "a convolution has a group at least");
}

Shape outputs_of(const Shape& x, const Window& window, Index channels) {
  return {x[0], window.rows.outputs(x[1]), window.columns.outputs(x[2]), channels};
}

Shape inputs_of(const Shape& y, const Window& window, Index channels) {
  return {y[0], window.rows.inputs(y[1]), window.columns.inputs(y[2]), channels};
}

bool is_filled(const Shape& images) { return images[1] > 0 && images[2] > 0; }

/// Whether filters of this shape belong to the window and to so many channels.
bool fits(const Shape& weights, const Window& window, Index channels) {
  return weights.rank == 4 && weights[0] == window.rows.size && weights[1] == window.columns.size &&
         weights[2] * window.groups == channels && weights[3] % window.groups == 0;
}

/// Every window has an entry inside the axis.
bool sees_everywhere(const WindowAxis& axis, Index length) {
  for (Index output = 0; output < axis.outputs(length); ++output) {
    bool sees = false;
    for (Index entry = 0; entry < axis.size && !sees; ++entry) {
      const Index at = output * axis.stride + entry * axis.dilation - axis.before;
      sees = at >= 0 && at < length;
    }
    if (!sees) return false;
  }
  return true;
}

double multiplications(const Shape& y, const Shape& weights) {
  return static_cast<double>(y.size()) * static_cast<double>(weights.size()) / static_cast<double>(weights[3]);
}

Cost products(const Shape& x, const Shape& weights, const Shape& y) {
  const auto elements = static_cast<double>(x.size() + weights.size() + y.size());
  return {.flops = 2 * multiplications(y, weights), .bytes = elements * sizeof(Real)};
}

NodeId with_window(Builder& graph, Op op, std::initializer_list<NodeId> inputs, const Window& window) {
  return graph.append(op, inputs, {.window = window});
}

/// Of ops that move their second input to or from where the first has its largest values: the other way by `op`. The
/// places themselves do not move with the first.
InputGradients through_places(Builder& graph, NodeId node, NodeId upstream, std::span<const bool> wanted, Op op) {
  const Node made = graph.graph()[node];
  const NodeId second =
      wanted[1] ? with_window(graph, op, {made.inputs[0], upstream}, made.attributes.window) : kNoNode;
  return {kNoNode, second, kNoNode};
}

}  // namespace

Shape convolution_shape(std::span<const Shape> inputs, const Attributes& attributes) {
  check(attributes.window);
  const Shape& x = inputs[0];
  if (x.rank != 4 || !fits(inputs[1], attributes.window, x[3])) {
    refuse("convolution", inputs,
           "images (B, H, W, C) and filters (KH, KW, C / groups, F), C and F multiples of the groups");
  }
  const Shape y = outputs_of(x, attributes.window, inputs[1][3]);
  if (!is_filled(y)) refuse("convolution", inputs, "images at least as large as the filters, padding included");
  return y;
}

Shape transposed_convolution_shape(std::span<const Shape> inputs, const Attributes& attributes) {
  check(attributes.window);
  const Shape& y = inputs[0];
  const Shape& weights = inputs[1];
  if (y.rank != 4 || weights.rank != 4 || weights[3] != y[3] ||
      !fits(weights, attributes.window, weights[2] * attributes.window.groups)) {
    refuse("transposed_convolution", inputs,
           "images (B, OH, OW, F) and filters (KH, KW, C / groups, F), F a multiple of the groups");
  }
  const Shape x = inputs_of(y, attributes.window, weights[2] * attributes.window.groups);
  if (!is_filled(x)) refuse("transposed_convolution", inputs, "less padding than the images grow");
  return x;
}

Shape convolution_weight_grad_shape(std::span<const Shape> inputs, const Attributes& attributes) {
  const Window& window = attributes.window;
  check(window);
  const Shape& x = inputs[0];
  const Shape& dy = inputs[1];
  if (x.rank != 4 || dy.rank != 4 || outputs_of(x, window, dy[3]) != dy || x[3] % window.groups != 0 ||
      dy[3] % window.groups != 0) {
    refuse("convolution_weight_grad", inputs, "images (B, H, W, C) and gradients (B, OH, OW, F)");
  }
  return {window.rows.size, window.columns.size, x[3] / window.groups, dy[3]};
}

Shape pool_shape(std::span<const Shape> inputs, const Attributes& attributes) {
  const Window& window = attributes.window;
  check(window);
  const Shape& x = inputs[0];
  if (x.rank != 4) refuse("max_pool", inputs, "images (B, H, W, C)");
  const Shape y = outputs_of(x, window, x[3]);
  if (!is_filled(y)) refuse("max_pool", inputs, "images at least as large as the window, padding included");
  if (!sees_everywhere(window.rows, x[1]) || !sees_everywhere(window.columns, x[2])) {
    refuse("max_pool", inputs, "less padding: every window must see some of the image");
  }
  return y;
}

Shape max_pool_grad_shape(std::span<const Shape> inputs, const Attributes& attributes) {
  if (inputs[1].rank != 4 || pool_shape(inputs.first(1), attributes) != inputs[1]) {
    refuse("max_pool_grad", inputs, "images (B, H, W, C) and gradients of what was pooled");
  }
  return inputs[0];
}

Shape max_pool_pick_shape(std::span<const Shape> inputs, const Attributes& attributes) {
  if (inputs[0] != inputs[1]) refuse("max_pool_pick", inputs, "equal shapes");
  return pool_shape(inputs.first(1), attributes);
}

Shape average_pool_grad_shape(std::span<const Shape> inputs, const Attributes& attributes) {
  check(attributes.window);
  const Shape& dy = inputs[0];
  if (dy.rank != 4) refuse("average_pool_grad", inputs, "images (B, OH, OW, C)");
  const Shape x = inputs_of(dy, attributes.window, dy[3]);
  if (!is_filled(x)) refuse("average_pool_grad", inputs, "less padding than the images grow");
  return x;
}

void convolution_kernel(const KernelCall& call) {
  const kernels::Images images = images_of(call.in_shapes[0], call.out_shape, call.attributes.window);
  kernels::convolve(images, call.out_shape[3], call.in[0], call.in[1], call.out);
}

void transposed_convolution_kernel(const KernelCall& call) {
  const kernels::Images images = images_of(call.out_shape, call.in_shapes[0], call.attributes.window);
  kernels::convolve_back(images, call.in_shapes[0][3], call.in[0], call.in[1], call.out);
}

void convolution_weight_grad_kernel(const KernelCall& call) {
  const kernels::Images images = images_of(call.in_shapes[0], call.in_shapes[1], call.attributes.window);
  // Fewer filters than the gradient has where only some are taken (kFilters).
  kernels::convolve_weights(images, call.out_shape[3], call.in_shapes[1][3], call.in[0], call.in[1], call.out);
}

void max_pool_kernel(const KernelCall& call) {
  kernels::max_pool(images_of(call.in_shapes[0], call.out_shape, call.attributes.window), call.in[0], call.out);
}

void max_pool_grad_kernel(const KernelCall& call) {
  const kernels::Images images = images_of(call.in_shapes[0], call.in_shapes[1], call.attributes.window);
  kernels::max_pool_back(images, call.in[0], call.in[1], call.out);
}

void max_pool_pick_kernel(const KernelCall& call) {
  const kernels::Images images = images_of(call.in_shapes[0], call.out_shape, call.attributes.window);
  kernels::max_pool_pick(images, call.in[0], call.in[1], call.out);
}

void average_pool_kernel(const KernelCall& call) {
  kernels::average_pool(images_of(call.in_shapes[0], call.out_shape, call.attributes.window), call.in[0], call.out);
}

void average_pool_grad_kernel(const KernelCall& call) {
  kernels::average_pool_back(images_of(call.out_shape, call.in_shapes[0], call.attributes.window), call.in[0],
                             call.out);
}

// The three make a number out of x, weights and dy that is linear in each, so each one's gradients are the other two.
InputGradients convolution_gradient(Builder& graph, NodeId node, NodeId upstream, std::span<const bool> wanted) {
  const Node made = graph.graph()[node];
  const auto [x, weights, none] = made.inputs;
  const Window& window = made.attributes.window;
  return {wanted[0] ? with_window(graph, Op::kTransposedConvolution, {upstream, weights}, window) : kNoNode,
          wanted[1] ? with_window(graph, Op::kConvolutionWeightGrad, {x, upstream}, window) : kNoNode, kNoNode};
}

InputGradients transposed_convolution_gradient(Builder& graph, NodeId node, NodeId upstream,
                                               std::span<const bool> wanted) {
  const Node made = graph.graph()[node];
  const auto [dy, weights, none] = made.inputs;
  const Window& window = made.attributes.window;
  return {wanted[0] ? with_window(graph, Op::kConvolution, {upstream, weights}, window) : kNoNode,
          wanted[1] ? with_window(graph, Op::kConvolutionWeightGrad, {upstream, dy}, window) : kNoNode, kNoNode};
}

InputGradients convolution_weight_grad_gradient(Builder& graph, NodeId node, NodeId upstream,
                                                std::span<const bool> wanted) {
  const Node made = graph.graph()[node];
  const auto [x, dy, none] = made.inputs;
  const Window& window = made.attributes.window;
  return {wanted[0] ? with_window(graph, Op::kTransposedConvolution, {dy, upstream}, window) : kNoNode,
          wanted[1] ? with_window(graph, Op::kConvolution, {x, upstream}, window) : kNoNode, kNoNode};
}

InputGradients max_pool_gradient(Builder& graph, NodeId node, NodeId upstream, std::span<const bool> /*wanted*/) {
  const Node made = graph.graph()[node];
  return {with_window(graph, Op::kMaxPoolGrad, {made.inputs[0], upstream}, made.attributes.window), kNoNode, kNoNode};
}

InputGradients max_pool_grad_gradient(Builder& graph, NodeId node, NodeId upstream, std::span<const bool> wanted) {
  return through_places(graph, node, upstream, wanted, Op::kMaxPoolPick);
}

InputGradients max_pool_pick_gradient(Builder& graph, NodeId node, NodeId upstream, std::span<const bool> wanted) {
  return through_places(graph, node, upstream, wanted, Op::kMaxPoolGrad);
}

InputGradients average_pool_gradient(Builder& graph, NodeId node, NodeId upstream, std::span<const bool> /*wanted*/) {
  return {with_window(graph, Op::kAveragePoolGrad, {upstream}, graph.graph()[node].attributes.window), kNoNode,
          kNoNode};
}

InputGradients average_pool_grad_gradient(Builder& graph, NodeId node, NodeId upstream,
                                          std::span<const bool> /*wanted*/) {
  return {with_window(graph, Op::kAveragePool, {upstream}, graph.graph()[node].attributes.window), kNoNode, kNoNode};
}

Cost convolution_cost(std::span<const Shape> inputs, const Shape& output) {
  return products(inputs[0], inputs[1], output);
}

Cost transposed_convolution_cost(std::span<const Shape> inputs, const Shape& output) {
  return products(output, inputs[1], inputs[0]);
}

Cost convolution_weight_grad_cost(std::span<const Shape> inputs, const Shape& output) {
  return products(inputs[0], output, inputs[1]);
}

// A comparison or a sum for every value of the larger tensor: exact where windows do not overlap.
Cost pool_cost(std::span<const Shape> inputs, const Shape& output) {
  auto largest = static_cast<double>(output.size());
  auto elements = largest;
  for (const Shape& input : inputs) {
    largest = std::max(largest, static_cast<double>(input.size()));
    elements += static_cast<double>(input.size());
  }
  return {.flops = largest, .bytes = elements * sizeof(Real)};
}

}  // namespace athanor::ops
