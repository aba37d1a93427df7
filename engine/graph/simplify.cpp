#include "engine/graph/simplify.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <optional>
#include <unordered_map>
#include <utility>

#include "engine/core/catching.h"
#include "engine/graph/fuse.h"
#include "engine/graph/op_row.h"

namespace athanor {
namespace {

/// Folding runs the op's kernel; beyond this many elements it would cost more than it is worth.
constexpr Index kLargestFolded = Index{1} << 20;

bool is_handed_in(Op op) { return op == Op::kInput || op == Op::kParameter; }

/// Ops whose operands broadcast, so that a constant of any shape can be a single number.
bool broadcasts(Op op) {
  constexpr std::array kOps{Op::kAdd,   Op::kSubtract, Op::kMultiply,     Op::kDivide, Op::kMaximum, Op::kMinimum,
                            Op::kEqual, Op::kGreater,  Op::kGreaterEqual, Op::kLess,   Op::kWhere};
  return std::find(kOps.begin(), kOps.end(), op) != kOps.end();
}

bool is_commutative(Op op) { return op == Op::kAdd || op == Op::kMultiply || op == Op::kEqual; }

/// Equal, but 0 is not -0 (1 / x tells them apart), and NaN is NaN.
bool is_same(double a, double b) {
  return (a == b && std::signbit(a) == std::signbit(b)) || (std::isnan(a) && std::isnan(b));
}

bool computes_the_same(const Node& a, const Node& b) {
  return a.op == b.op && a.inputs == b.inputs && a.shape == b.shape && a.attributes == b.attributes &&
         is_same(a.attributes.value, b.attributes.value);
}

std::size_t hash_of(const Node& node) {
  auto hash = static_cast<std::size_t>(node.op);
  const auto mix = [&hash](std::size_t value) { hash = hash * 1000003U ^ value; };
  for (const NodeId input : node.inputs) mix(static_cast<std::size_t>(input));
  mix(std::hash<double>{}(node.attributes.value));
  mix(static_cast<std::size_t>(node.shape.size()));
  return hash;
}

class Simplifier {
 public:
  Simplifier(const Graph& graph, std::span<const NodeId> outputs)
      : old_(graph), outputs_(outputs), image_(graph.nodes.size(), kNoNode) {
    graph_.parameters = graph.parameters;
    graph_.scopes = graph.scopes;
    graph_.parameter_count = graph.parameter_count;
  }

  Simplified make() {
    rewrite_all();
    const std::vector<NodeId> own = give_outputs_their_own();
    fuse_biases(graph_, own);
    fuse_bias_activations(graph_, own);
    return without_dead(own);
  }

 private:
  void rewrite_all() {
    std::vector<bool> needed(old_.nodes.size(), false);
    for (const NodeId id : reachable(old_, outputs_)) needed[static_cast<std::size_t>(id)] = true;
    for (NodeId id = 0; id < old_.size(); ++id) {
      Node node = old_[id];
      if (is_handed_in(node.op)) {
        image_[static_cast<std::size_t>(id)] = push(node);
        continue;
      }
      if (!needed[static_cast<std::size_t>(id)]) continue;
      for (NodeId& input : node.inputs) {
        if (input != kNoNode) input = image_[static_cast<std::size_t>(input)];
      }
      image_[static_cast<std::size_t>(id)] = rewritten(node);
    }
  }

  /// The node of the new graph that computes what `node` does, whose inputs are of the new graph already.
  NodeId rewritten(Node node) {
    if (const std::optional<double> value = folded(node)) return constant(*value, node);
    if (broadcasts(node.op)) shrink_constants(node);
    if (repeats_single_elements(node))
      node = {.op = Op::kReshape, .inputs = node.inputs, .shape = node.shape, .scope = node.scope};
    if (const NodeId same = operand_it_repeats(node); same != kNoNode) return same;
    if (node.op == Op::kMultiply) multiply_becomes_scale(node);
    if (node.op == Op::kScale) scales_become_one(node);
    if (node.op == Op::kReshape && graph_[node.inputs[0]].op == Op::kReshape) {
      node.inputs[0] = graph_[node.inputs[0]].inputs[0];
      if (graph_[node.inputs[0]].shape == node.shape) return node.inputs[0];
    }
    return merged(node);
  }

  /// The one value everywhere that an op on constants gives, if it does. The kernel itself says so.
  [[nodiscard]] ATHANOR_CATCHES std::optional<double> folded(const Node& node) const {
    const std::span<const NodeId> inputs = inputs_of(node);
    Index elements = node.shape.size();
    for (const NodeId input : inputs) {
      if (!is_constant(input)) return {};
      elements += graph_[input].shape.size();
    }
    if (inputs.empty() || elements > kLargestFolded) return {};

    std::vector<std::vector<Real>> values;
    std::vector<Real> out(static_cast<std::size_t>(node.shape.size()));
    KernelCall call{.out = out.data(), .out_shape = node.shape, .attributes = node.attributes};
    for (std::size_t k = 0; k < inputs.size(); ++k) {
      const Node& input = graph_[inputs[k]];
      values.emplace_back(static_cast<std::size_t>(input.shape.size()), static_cast<Real>(input.attributes.value));
      call.in[k] = values.back().data();
      call.in_shapes[k] = input.shape;
    }
    try {
      row(node.op).kernel(call);
    } catch (const Error&) {
      return {};  // an index outside its table: told when the graph runs
    }
    const bool is_uniform =
        std::all_of(out.begin(), out.end(), [first = out[0]](Real value) { return is_same(value, first); });
    return is_uniform ? std::optional<double>(static_cast<double>(out[0])) : std::nullopt;
  }

  /// Constants become numbers where the other operands alone give the output its shape.
  void shrink_constants(Node& node) {
    const std::span<const NodeId> inputs = inputs_of(node);
    const bool others_are_full = std::any_of(
        inputs.begin(), inputs.end(), [&](NodeId id) { return !is_constant(id) && graph_[id].shape == node.shape; });
    if (!others_are_full) return;
    for (NodeId& input : node.inputs) {
      if (input == kNoNode || !is_constant(input) || graph_[input].shape.rank == 0) continue;
      Node number = graph_[input];
      number.shape = {};
      input = merged(number);
    }
  }

  /// The operand whose values the node only repeats, or kNoNode.
  [[nodiscard]] NodeId operand_it_repeats(const Node& node) const {
    const auto operand = [&](std::size_t k) {
      return graph_[node.inputs[k]].shape == node.shape ? node.inputs[k] : kNoNode;
    };
    const auto is_value = [&](std::size_t k, double value) {
      return is_constant(node.inputs[k]) && graph_[node.inputs[k]].attributes.value == value;
    };
    switch (node.op) {
      case Op::kAdd:
        if (is_value(1, 0)) return operand(0);
        return is_value(0, 0) ? operand(1) : kNoNode;
      case Op::kSubtract:
        return is_value(1, 0) ? operand(0) : kNoNode;
      case Op::kMultiply:
        if (is_value(1, 1)) return operand(0);
        return is_value(0, 1) ? operand(1) : kNoNode;
      case Op::kDivide:
        return is_value(1, 1) ? operand(0) : kNoNode;
      case Op::kScale:
      case Op::kPower:
        return node.attributes.value == 1 ? operand(0) : kNoNode;
      case Op::kNegate:
        return graph_[node.inputs[0]].op == Op::kNegate ? graph_[node.inputs[0]].inputs[0] : kNoNode;
      case Op::kPermute:
        return node.attributes.order == Attributes{}.order ? operand(0) : kNoNode;
      case Op::kReshape:
      case Op::kBroadcast:
      case Op::kSlice:
      case Op::kPad:
        return operand(0);  // of the same shape, so nothing was moved
      default:
        return kNoNode;
    }
  }

  /// Where the one factor is a power of two nothing is rounded twice (but for numbers too small to be normal).
  void scales_become_one(Node& node) const {
    const Node& inner = graph_[node.inputs[0]];
    const auto is_power_of_two = [](double value) {
      int exponent = 0;
      return std::abs(std::frexp(value, &exponent)) == 0.5;
    };
    const double factor = node.attributes.value;
    if (inner.op != Op::kScale || !(is_power_of_two(factor) || is_power_of_two(inner.attributes.value))) return;
    node.attributes.value =
        static_cast<double>(static_cast<Real>(factor)) * static_cast<double>(static_cast<Real>(inner.attributes.value));
    node.inputs = inner.inputs;
  }

  /// Sums and means of one element each.
  [[nodiscard]] bool repeats_single_elements(const Node& node) const {
    return (node.op == Op::kSum || node.op == Op::kMean) && graph_[node.inputs[0]].shape.size() == node.shape.size();
  }

  void multiply_becomes_scale(Node& node) const {
    for (std::size_t k = 0; k < 2; ++k) {
      const NodeId other = node.inputs[1 - k];
      if (!is_constant(node.inputs[k]) || graph_[other].shape != node.shape) continue;
      node.op = Op::kScale;
      node.attributes = {.value = graph_[node.inputs[k]].attributes.value};
      node.inputs = {other, kNoNode, kNoNode};
      return;
    }
  }

  NodeId constant(double value, const Node& like) {
    return merged({.op = Op::kConstant, .shape = like.shape, .attributes = {.value = value}, .scope = like.scope});
  }

  /// An earlier node that computes the same, or this one appended.
  NodeId merged(Node node) {
    if (is_commutative(node.op) && node.inputs[0] > node.inputs[1]) std::swap(node.inputs[0], node.inputs[1]);
    const std::size_t hash = hash_of(node);
    const auto [first, last] = known_.equal_range(hash);
    const auto found =
        std::find_if(first, last, [&](const auto& entry) { return computes_the_same(graph_[entry.second], node); });
    if (found != last) return found->second;
    const NodeId id = push(node);
    known_.emplace(hash, id);
    return id;
  }

  /// Per output its node, with a view of its own where it would be a leaf or share the node of another output.
  std::vector<NodeId> give_outputs_their_own() {
    std::vector<NodeId> own;
    std::unordered_map<NodeId, NodeId> owner;  // node of the new graph -> the output that has it
    for (const NodeId output : outputs_) {
      NodeId& node = image_[static_cast<std::size_t>(output)];
      const bool was_leaf = inputs_of(old_[output]).empty();
      const bool became_leaf = !was_leaf && inputs_of(graph_[node]).empty();
      const auto [holder, is_first] = owner.emplace(node, output);
      if (became_leaf || (!was_leaf && !is_first && holder->second != output)) {
        node = push({.op = Op::kReshape,
                     .inputs = {node, kNoNode, kNoNode},
                     .shape = old_[output].shape,
                     .scope = old_[output].scope});
        owner.emplace(node, output);
      }
      own.push_back(node);
    }
    return own;
  }

  /// The graph without what the outputs do not need, and the map to it.
  Simplified without_dead(std::span<const NodeId> outputs) {
    std::vector<bool> alive(graph_.nodes.size(), false);
    for (const NodeId id : reachable(graph_, outputs)) alive[static_cast<std::size_t>(id)] = true;
    Simplified result;
    std::vector<NodeId> moved(graph_.nodes.size(), kNoNode);
    std::vector<Node> nodes = std::exchange(graph_.nodes, {});
    result.graph = std::move(graph_);
    for (std::size_t id = 0; id < nodes.size(); ++id) {
      Node& node = nodes[id];
      if (!alive[id] && !is_handed_in(node.op)) continue;
      for (NodeId& input : node.inputs) {
        if (input != kNoNode) input = moved[static_cast<std::size_t>(input)];
      }
      moved[id] = result.graph.size();
      if (node.op == Op::kParameter) result.graph.parameters[node.attributes.index].node = moved[id];
      result.graph.nodes.push_back(node);
    }
    for (const NodeId id : image_) {
      result.node_of.push_back(id == kNoNode ? kNoNode : moved[static_cast<std::size_t>(id)]);
    }
    return result;
  }

  [[nodiscard]] bool is_constant(NodeId id) const { return graph_[id].op == Op::kConstant; }

  NodeId push(const Node& node) {
    graph_.nodes.push_back(node);
    return graph_.size() - 1;
  }

  const Graph& old_;
  std::span<const NodeId> outputs_;
  Graph graph_;
  std::vector<NodeId> image_;  // per old node, of the new graph
  std::unordered_multimap<std::size_t, NodeId> known_;
};

}  // namespace

Simplified simplify(const Graph& graph, std::span<const NodeId> outputs) { return Simplifier(graph, outputs).make(); }

}  // namespace athanor
