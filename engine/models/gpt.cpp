#include "engine/models/gpt.h"

#include <cmath>

#include "engine/nn/layers.h"

namespace athanor {
namespace {

constexpr double kDeviation = 0.02;

class Gpt {
 public:
  explicit Gpt(const GptSpec& spec) : spec_(spec) {}

  TrainingGraph make(Index batch) {
    network_.inputs = graph_.input({batch, spec_.context});
    graph_.scope("embedding");
    const NodeId tokens = parameter_("tokens.weight", {spec_.vocabulary, spec_.width}, normal(kDeviation));
    const NodeId places = parameter_("places.weight", {spec_.context, spec_.width}, normal(kDeviation));
    NodeId x = graph_.add(graph_.gather(tokens, network_.inputs), places);
    for (Index layer = 1; layer <= spec_.layers; ++layer) {
      const std::string name = "block " + std::to_string(layer);
      graph_.scope(name);
      x = graph_.add(x, attention(norm(x, name + ".attention_norm"), name));
      x = graph_.add(x, dense_layers(norm(x, name + ".dense_norm"), name));
    }
    graph_.scope("output");
    x = norm(x, "output.norm");
    const NodeId head = parameter_("output.weight", {spec_.width, spec_.vocabulary}, normal(kDeviation));
    network_.logits = graph_.reshape(graph_.matmul(x, head), {batch * spec_.context, spec_.vocabulary});
    complete(network_);
    return std::move(network_);
  }

 private:
  static Start normal(double deviation) { return {.initializer = Initializer::kNormal, .value = deviation}; }

  /// Of weights whose result is added to the stream, which 2 layers additions let grow.
  [[nodiscard]] Start residual() const { return normal(kDeviation / std::sqrt(2 * static_cast<double>(spec_.layers))); }

  NodeId norm(NodeId x, const std::string& name) {
    const NodeId gain = parameter_.ones(name + ".gain", {spec_.width});
    return layer_norm(graph_, x, gain, parameter_.zeros(name + ".bias", {spec_.width}));
  }

  NodeId affine(NodeId x, Index units, const std::string& name, const Start& start) {
    const NodeId weight = parameter_(name + ".weight", {graph_.shape(x).last(), units}, start);
    return graph_.add(graph_.matmul(x, weight), parameter_.zeros(name + ".bias", {units}));
  }

  NodeId attention(NodeId x, const std::string& name) {
    const NodeId queries = affine(x, spec_.width, name + ".queries", normal(kDeviation));
    const NodeId keys = affine(x, 2 * spec_.width, name + ".keys_values", normal(kDeviation));
    return affine(graph_.attention(queries, keys, spec_.heads, true), spec_.width, name + ".attention", residual());
  }

  NodeId dense_layers(NodeId x, const std::string& name) {
    const NodeId wide = affine(x, spec_.expansion * spec_.width, name + ".dense 1", normal(kDeviation));
    return affine(graph_.gelu(wide), spec_.width, name + ".dense 2", residual());
  }

  const GptSpec& spec_;
  TrainingGraph network_;
  Builder graph_{network_.graph};
  ParameterBuilder parameter_{graph_, network_.starts};
};

}  // namespace

TrainingGraph training_gpt(const GptSpec& spec, Index batch) { return Gpt(spec).make(batch); }

}  // namespace athanor
