#include "engine/models/training_graph.h"

#include "engine/graph/autodiff.h"
#include "engine/graph/simplify.h"

namespace athanor {

void complete(TrainingGraph& network) {
  Builder graph(network.graph);
  graph.scope("loss");
  network.targets = graph.input(graph.shape(network.logits));
  network.loss = graph.mean(graph.softmax_cross_entropy(network.logits, network.targets));
  std::vector<NodeId> parameters;
  for (const Parameter& parameter : network.graph.parameters) parameters.push_back(parameter.node);
  network.gradients = differentiate(network.graph, network.loss, parameters);

  std::vector<NodeId> outputs{network.inputs, network.targets, network.logits, network.loss};
  outputs.insert(outputs.end(), network.gradients.begin(), network.gradients.end());
  Simplified simple = simplify(network.graph, outputs);
  network.graph = std::move(simple.graph);
  const auto moved = [&simple](NodeId& id) { id = simple.node_of[static_cast<std::size_t>(id)]; };
  for (NodeId* const id : {&network.inputs, &network.targets, &network.logits, &network.loss}) moved(*id);
  for (NodeId& id : network.gradients) moved(id);
}

}  // namespace athanor
