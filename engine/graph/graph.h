// A model as a graph of ops: nodes in an order in which every input comes before its use. The graph is a value; the
// builder (builder.h) appends to it, autodiff.h extends it by gradients, the runtime compiles it.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "engine/core/shape.h"
#include "engine/core/window.h"
#include "engine/graph/op.h"

namespace athanor {

using NodeId = std::int32_t;
inline constexpr NodeId kNoNode = -1;
inline constexpr int kMaxInputs = 3;

/// What an op needs to know beside its inputs. Each op reads only its own; the rest stay at their defaults.
struct Attributes {
  double value = 0;          // constant: the value; scale: the factor; dropout mask: the rate; power: the exponent;
                             // clip: the smallest value; others as their meaning says
  double limit = 0;          // clip: the largest value
  std::uint32_t index = 0;   // parameter: its position in Graph::parameters; dropout mask: which mask it is
  std::uint8_t axes = 0;     // reductions: bit k set when axis k is reduced
  bool keep_axes = false;    // reductions: reduced axes stay with size 1
  bool transpose_a = false;  // matmul
  bool transpose_b = false;  // matmul
  bool causal = false;       // attention: no query sees the keys that come after it
  std::uint8_t axis = 0;     // argmax, slice, concat, pad: the one axis they work along
  Index start = 0;           // slice: the first position taken; pad: where the tensor begins within the padded axis
  Index length = 0;          // slice, pad: size of the axis afterwards; gather_grad: rows of the table;
                             // attention: heads
  std::array<std::uint8_t, kMaxRank> order{0, 1, 2, 3};  // permute: axis k of the output is axis order[k] of the input
  Window window{};                                       // convolution and pooling
  Op activation = Op::kInput;  // bias_activation: the op applied to the sum, its slope or alpha being `value`
  bool operator==(const Attributes&) const = default;
};

struct Node {
  Op op = Op::kInput;
  std::array<NodeId, kMaxInputs> inputs{kNoNode, kNoNode, kNoNode};
  Shape shape;
  Attributes attributes;
  std::int32_t scope = 0;  // position in Graph::scopes: the layer this node belongs to, for messages
};

struct Parameter {
  std::string name;
  Shape shape;
  Index offset = 0;  // first element in the parameter block; the gradient block has the same layout
  NodeId node = kNoNode;
  bool is_trained = true;  // false: statistics kept beside the weights, which no gradient reaches
};

/// A matrix (fan_in, units) of weights. The filters (KH, KW, C, F) of a convolution are one of KH KW C rows; biases and
/// gains are none.
[[nodiscard]] inline bool is_weight_matrix(const Parameter& parameter) {
  return parameter.shape.rank == 2 || parameter.shape.rank == 4;
}
[[nodiscard]] inline Index fan_in(const Parameter& matrix) { return matrix.shape.size() / matrix.shape.last(); }

struct Graph {
  std::vector<Node> nodes;
  std::vector<Parameter> parameters;
  std::vector<std::string> scopes{""};
  Index parameter_count = 0;  // elements of the parameter block

  [[nodiscard]] const Node& operator[](NodeId id) const { return nodes[static_cast<std::size_t>(id)]; }
  [[nodiscard]] NodeId size() const { return static_cast<NodeId>(nodes.size()); }
};

/// The inputs a node really has.
[[nodiscard]] std::span<const NodeId> inputs_of(const Node& node);

/// Checks what the rest of the engine takes for granted: inputs precede uses, arities and shapes agree with the op
/// rows, parameters lie in the block without overlap. Throws kInternal naming the node.
void verify(const Graph& graph);

/// One line per node, e.g. `%3 (16, 8) = add(%2, %1)  [hidden 1]`.
[[nodiscard]] std::string print(const Graph& graph);

/// The nodes that `outputs` depend on, in execution order.
[[nodiscard]] std::vector<NodeId> reachable(const Graph& graph, std::span<const NodeId> outputs);

}  // namespace athanor
