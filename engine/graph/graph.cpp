#include "engine/graph/graph.h"

#include "engine/graph/op_row.h"

namespace athanor {
namespace {

std::string axis_text(const WindowAxis& axis) {
  std::string text = std::to_string(axis.size);
  if (axis.stride != 1) text += " by " + std::to_string(axis.stride);
  if (axis.dilation != 1) text += " apart " + std::to_string(axis.dilation);
  if (axis.before != 0 || axis.after != 0) {
    text += " padded " + std::to_string(axis.before) + " and " + std::to_string(axis.after);
  }
  return text;
}

/// What an op was told beside its inputs; attributes left at their defaults are not shown.
std::string attributes_text(const Node& node) {
  const Attributes& attributes = node.attributes;
  std::string text;
  if (node.op == Op::kBiasActivation) text += ", " + std::string(row(attributes.activation).name);
  const bool means_its_zero = node.op == Op::kScale || node.op == Op::kPower || node.op == Op::kClip;
  if (attributes.value != 0 || means_its_zero) text += ", " + number_text(attributes.value);
  if (attributes.limit != 0) text += ", limit " + number_text(attributes.limit);
  if (attributes.axes != 0) {
    text += ", axes";
    for (unsigned axis = 0; axis < kMaxRank; ++axis) {
      if ((attributes.axes >> axis & 1U) != 0) text += " " + std::to_string(axis);
    }
  }
  if (attributes.keep_axes) text += ", keep_axes";
  if (attributes.transpose_a) text += ", transpose_a";
  if (attributes.transpose_b) text += ", transpose_b";
  if (attributes.causal) text += ", causal";
  if (node.op == Op::kArgmax || node.op == Op::kConcat || node.op == Op::kSlice || node.op == Op::kPad) {
    text += ", axis " + std::to_string(attributes.axis);
  }
  if (node.op == Op::kSlice || node.op == Op::kPad) text += ", start " + std::to_string(attributes.start);
  if (attributes.length != 0) text += ", length " + std::to_string(attributes.length);
  const Window& window = attributes.window;
  if (window != Window{}) text += ", window " + axis_text(window.rows) + " x " + axis_text(window.columns);
  if (window.groups != 1) text += ", groups " + std::to_string(window.groups);
  if (node.op == Op::kPermute) {
    text += ", order";
    for (int axis = 0; axis < node.shape.rank; ++axis) {
      text += " " + std::to_string(attributes.order[static_cast<std::size_t>(axis)]);
    }
  }
  return text;
}

}  // namespace

std::span<const NodeId> inputs_of(const Node& node) {
  return {node.inputs.data(), static_cast<std::size_t>(row(node.op).arity)};
}

void verify(const Graph& graph) {
  Index expected_offset = 0;
  for (NodeId id = 0; id < graph.size(); ++id) {
    const Node& node = graph[id];
    std::array<Shape, kMaxInputs> shapes;
    std::size_t count = 0;
    for (const NodeId input : inputs_of(node)) {
      ensure(input >= 0 && input < id, "a node's inputs come before it");
      shapes[count++] = graph[input].shape;
    }
    for (std::size_t unused = count; unused < node.inputs.size(); ++unused) {
      ensure(node.inputs[unused] == kNoNode, "a node has no more inputs than its row says");
    }
    ensure(node.shape.size() > 0, "no tensor is empty");
    const bool shape_is_given = count == 0 || node.op == Op::kBroadcast || node.op == Op::kReshape;
    if (!shape_is_given) {
      ensure(row(node.op).shape({shapes.data(), count}, node.attributes) == node.shape,
             "a node's shape is what its row says");
    }
    if (node.op == Op::kReshape) ensure(shapes[0].size() == node.shape.size(), "reshaping keeps the size");
    if (node.op == Op::kParameter) {
      const Parameter& parameter = graph.parameters[node.attributes.index];
      ensure(parameter.node == id && parameter.offset == expected_offset && parameter.shape == node.shape,
             "parameters lie in the block one after another");
      expected_offset += parameter.shape.size();
    }
  }
  ensure(expected_offset == graph.parameter_count, "the parameter block holds the parameters and nothing else");
}

std::string print(const Graph& graph) {
  std::string text;
  for (NodeId id = 0; id < graph.size(); ++id) {
    const Node& node = graph[id];
    text += "%" + std::to_string(id) + " " + node.shape.text() + " = " + std::string(row(node.op).name) + "(";
    bool first = true;
    for (const NodeId input : inputs_of(node)) {
      text += (first ? "%" : ", %") + std::to_string(input);
      first = false;
    }
    if (node.op == Op::kParameter) text += graph.parameters[node.attributes.index].name;
    if (node.op == Op::kConstant) text += number_text(node.attributes.value);
    if (row(node.op).arity > 0) text += attributes_text(node);
    text += ")";
    const std::string& scope = graph.scopes[static_cast<std::size_t>(node.scope)];
    if (!scope.empty()) text += "  [" + scope + "]";
    text += "\n";
  }
  return text;
}

std::vector<NodeId> reachable(const Graph& graph, std::span<const NodeId> outputs) {
  std::vector<bool> needed(graph.nodes.size(), false);
  for (const NodeId output : outputs) needed[static_cast<std::size_t>(output)] = true;
  for (NodeId id = graph.size() - 1; id >= 0; --id) {
    if (!needed[static_cast<std::size_t>(id)]) continue;
    for (const NodeId input : inputs_of(graph[id])) needed[static_cast<std::size_t>(input)] = true;
  }
  std::vector<NodeId> order;
  for (NodeId id = 0; id < graph.size(); ++id) {
    if (needed[static_cast<std::size_t>(id)]) order.push_back(id);
  }
  return order;
}

}  // namespace athanor
