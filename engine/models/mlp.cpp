#include "engine/models/mlp.h"

#include <algorithm>
#include <string>

#include "engine/graph/autodiff.h"
#include "engine/graph/builder.h"

namespace athanor {
namespace {

struct LossNodes {
  NodeId scores;
  NodeId row_losses;
};

LossNodes apply_loss(Builder& graph, Loss loss, NodeId logits, NodeId targets) {
  using Apply = LossNodes (*)(Builder&, NodeId, NodeId);
  constexpr std::array<Apply, kLossNames.size()> kApply{
      [](Builder& g, NodeId x, NodeId t) -> LossNodes { return {g.softmax(x), g.softmax_cross_entropy(x, t)}; },
      [](Builder& g, NodeId x, NodeId t) -> LossNodes {
        return {g.sigmoid(x), g.mean(g.sigmoid_cross_entropy(x, t), {1})};
      },
      [](Builder& g, NodeId x, NodeId t) -> LossNodes { return {x, g.mean(g.squared_error(x, t), {1})}; },
  };
  return kApply[static_cast<std::size_t>(loss)](graph, logits, targets);
}

Network build(const MlpSpec& spec, Index rows, bool is_training) {
  Network network;
  Builder graph(network.graph);
  network.features = graph.input({rows, spec.columns});
  network.targets = graph.input({rows, output_count(spec)});
  NodeId x = network.features;
  for (std::size_t i = 0; i < spec.layers.size(); ++i) {
    const LayerSpec& layer = spec.layers[i];
    const std::string name = "layers." + std::to_string(i);
    graph.scope(name);
    x = activate(graph, dense(graph, x, layer.units, name), layer.activation);
    if (is_training) x = dropout(graph, x, layer.dropout, static_cast<std::uint32_t>(i));
  }
  graph.scope("output");
  const NodeId logits = dense(graph, x, output_count(spec), "output");
  graph.scope("loss");
  const auto [scores, row_losses] = apply_loss(graph, spec.loss, logits, network.targets);
  network.scores = scores;
  network.row_losses = row_losses;
  network.loss = graph.mean(row_losses);
  if (is_training) {
    std::vector<NodeId> parameters;
    for (const Parameter& parameter : network.graph.parameters) parameters.push_back(parameter.node);
    network.gradients = differentiate(network.graph, network.loss, parameters);
  }
  verify(network.graph);
  return network;
}

}  // namespace

Index output_count(const MlpSpec& spec) {
  return spec.loss == Loss::kBinaryCrossEntropy && spec.classes == 2 ? 1 : spec.classes;
}

void encode_target(const MlpSpec& spec, std::int32_t label, std::span<Real> out) {
  if (output_count(spec) == 1) {
    out[0] = static_cast<Real>(label);
    return;
  }
  std::fill(out.begin(), out.end(), Real{0});
  out[static_cast<std::size_t>(label)] = 1;
}

void class_probabilities(const MlpSpec& spec, std::span<const Real> scores, std::span<Real> out) {
  if (scores.size() == 1) {
    out[1] = scores[0];
    out[0] = 1 - scores[0];
    return;
  }
  std::copy(scores.begin(), scores.end(), out.begin());
  if (spec.loss == Loss::kCrossEntropy) return;
  Real sum = 0;
  for (Real& value : out) {
    value = std::clamp(value, Real{0}, Real{1});
    sum += value;
  }
  for (Real& value : out) value = sum > 0 ? value / sum : 1 / static_cast<Real>(out.size());
}

Network training_mlp(const MlpSpec& spec, Index rows) { return build(spec, rows, true); }

Network evaluation_mlp(const MlpSpec& spec, Index rows) { return build(spec, rows, false); }

}  // namespace athanor
