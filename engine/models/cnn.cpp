#include "engine/models/cnn.h"

namespace athanor {

TrainingGraph training_cnn(const CnnSpec& spec, Index batch) {
  ensure(spec.size % 2 == 1, "a window that keeps the size of images is odd");
  TrainingGraph network;
  Builder graph(network.graph);
  ParameterBuilder parameter(graph, network.starts);
  const Start he{.initializer = Initializer::kHeUniform};
  network.inputs = graph.input({batch, spec.height, spec.width, spec.channels});
  NodeId x = network.inputs;
  int number = 0;
  for (const Index filters : spec.filters) {
    const std::string name = "convolution " + std::to_string(++number);
    graph.scope(name);
    const NodeId weight = parameter(name + ".weight", {spec.size, spec.size, graph.shape(x)[3], filters}, he);
    const NodeId bias = parameter.zeros(name + ".bias", {filters});
    const WindowAxis same{.before = spec.size / 2, .after = spec.size / 2};
    x = graph.relu(graph.add(graph.convolution(x, weight, {.rows = same, .columns = same}), bias));
    const WindowAxis pool{.size = spec.pool, .stride = spec.pool};
    x = graph.max_pool(x, {.rows = pool, .columns = pool});
  }
  graph.scope("output");
  x = graph.reshape(x, {batch, graph.shape(x).size() / batch});
  const NodeId weight = parameter("output.weight", {graph.shape(x).last(), spec.classes}, he);
  network.logits = graph.add(graph.matmul(x, weight), parameter.zeros("output.bias", {spec.classes}));
  complete(network);
  return network;
}

}  // namespace athanor
