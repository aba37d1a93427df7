#include "engine/models/mlp.h"

#include <algorithm>
#include <string>

#include "engine/graph/autodiff.h"
#include "engine/graph/builder.h"
#include "engine/graph/simplify.h"
#include "engine/nn/losses.h"

namespace athanor {
namespace {

/// Builds one network; what is made for training is left out when it is for evaluation.
class MlpBuilder {
 public:
  MlpBuilder(const MlpSpec& spec, Index rows, bool is_training)
      : spec_(spec), is_training_(is_training), graph_(network_.graph) {
    check_layers(spec.layers, input_width(spec));
    network_.features = graph_.input({rows, spec.columns});
    network_.targets = graph_.input({rows, output_count(spec)});
    if (is_training && spec.weighs_classes && spec.loss == Loss::kCrossEntropy) {
      network_.class_weights = graph_.input({spec.classes});
    }
  }

  Network build() {
    network_.inputs = embedded(network_.features);
    NodeId x = network_.inputs;
    for (std::size_t i = 0; i < spec_.layers.size(); ++i) {
      x = hidden(x, i);
      network_.outputs.push_back(x);
    }
    graph_.scope("output");
    const NodeId logits = affine(x, output_count(spec_), "output", spec_.start);
    graph_.scope("loss");
    apply_loss(logits);
    network_.normalized.push_back(logits);
    network_.activated.push_back(network_.scores);
    network_.loss = graph_.mean(network_.row_losses);
    if (is_training_) add_gradients();
    verify(network_.graph);
    return std::move(network_);
  }

 private:
  /// The features with the columns of embedded ones replaced by their tables' rows.
  NodeId embedded(NodeId features) {
    if (spec_.embeddings.empty()) return features;
    graph_.scope("embedding");
    std::vector<NodeId> parts;
    Index done = 0;
    const auto take = [&](Index end) {
      if (end > done) parts.push_back(graph_.slice(features, 1, done, end - done));
      done = end;
    };
    for (std::size_t i = 0; i < spec_.embeddings.size(); ++i) {
      const Embedding& embedding = spec_.embeddings[i];
      take(embedding.begin);
      const NodeId table =
          graph_.parameter("embeddings." + std::to_string(i) + ".weight", {embedding.levels, embedding.size});
      network_.starts.push_back({.initializer = Initializer::kNormal, .value = 1});
      done = embedding.begin + embedding.levels;
      parts.push_back(graph_.matmul(graph_.slice(features, 1, embedding.begin, embedding.levels), table));
    }
    take(spec_.columns);
    return parts.size() == 1 ? parts[0] : graph_.concat(parts, 1);
  }

  NodeId affine(NodeId x, Index units, const std::string& name, const Start& weight) {
    const NodeId y = dense(graph_, x, units, name);
    network_.sums.push_back(y);
    network_.starts.insert(network_.starts.end(), {weight, Start{}});
    return y;
  }

  NodeId vector_of(const std::string& name, Index size, double value, bool is_trained = true) {
    network_.starts.push_back({.initializer = Initializer::kConstant, .value = value});
    return is_trained ? graph_.parameter(name, {size}) : graph_.statistic(name, {size});
  }

  NodeId normalize(NodeId x, Norm norm, const std::string& name) {
    if (norm == Norm::kNone) return x;
    const Index units = graph_.shape(x).last();
    const NodeId gain = vector_of(name + ".gain", units, 1);
    if (norm == Norm::kRms) return rms_norm(graph_, x, gain);
    const NodeId bias = vector_of(name + ".norm_bias", units, 0);
    if (norm == Norm::kLayer) return layer_norm(graph_, x, gain, bias);
    if (norm == Norm::kGroup) return group_norm(graph_, x, group_count(units), gain, bias);

    const NodeId mean = vector_of(name + ".running_mean", units, 0, false);
    const NodeId variance = vector_of(name + ".running_variance", units, 1, false);
    const bool has_statistics = is_training_ && graph_.shape(x)[0] > 1;
    if (!has_statistics) return batch_norm_inference(graph_, x, gain, bias, mean, variance);
    const BatchNorm batch = batch_norm_training(graph_, x, gain, bias);
    const std::size_t last = network_.graph.parameters.size() - 1;
    network_.statistics.push_back({.parameter = last - 1, .batch = batch.mean});
    network_.statistics.push_back({.parameter = last, .batch = batch.variance});
    return batch.output;
  }

  NodeId hidden(NodeId x, std::size_t i) {
    const LayerSpec& layer = spec_.layers[i];
    const std::string name = "layers." + std::to_string(i);
    graph_.scope(name);
    const Start start =
        layer.has_initializer ? Start{.initializer = layer.initializer, .value = layer.initializer_value} : spec_.start;
    NodeId y = affine(x, layer.units, name, start);
    network_.normalized.push_back(normalize(y, layer.norm, name));
    y = activate(graph_, network_.normalized.back(), layer.activation);
    network_.activated.push_back(y);
    if (is_training_) y = dropout(graph_, y, layer.dropout, static_cast<std::uint32_t>(i));
    return layer.residual.empty() ? y : graph_.add(y, output_of(layer.residual));
  }

  [[nodiscard]] NodeId output_of(const std::string& name) const {
    for (std::size_t i = 0; i < network_.outputs.size(); ++i) {
      if (layer_name(spec_.layers, i) == name) return network_.outputs[i];
    }
    return network_.inputs;
  }

  void add_gradients() {
    std::vector<NodeId> trained;
    for (const Parameter& parameter : network_.graph.parameters) {
      if (parameter.is_trained) trained.push_back(parameter.node);
    }
    const std::vector<NodeId> gradients = differentiate(network_.graph, network_.loss, trained);
    std::size_t next = 0;
    for (const Parameter& parameter : network_.graph.parameters) {
      const NodeId zeros =
          parameter.is_trained ? kNoNode : graph_.reshape(graph_.constant(0, parameter.shape), parameter.shape);
      network_.gradients.push_back(parameter.is_trained ? gradients[next++] : zeros);
    }
  }

  NodeId per_row(NodeId losses) { return graph_.mean(losses, {1}); }

  void apply_loss(NodeId sums) {
    const NodeId t = network_.targets;
    const NodeId x = has_own_output(spec_.loss) ? sums : activate(graph_, sums, spec_.output_activation);
    switch (spec_.loss) {
      case Loss::kCrossEntropy:
        network_.scores = graph_.softmax(x);
        network_.row_losses = cross_entropy(x);
        return;
      case Loss::kBinaryCrossEntropy:
        network_.scores = graph_.sigmoid(x);
        network_.row_losses = per_row(graph_.sigmoid_cross_entropy(x, t));
        return;
      case Loss::kKullbackLeibler:
        network_.scores = graph_.softmax(x);
        network_.row_losses = graph_.kl_divergence(x, t);
        return;
      case Loss::kSquaredError:
        network_.row_losses = per_row(graph_.squared_error(x, t));
        break;
      case Loss::kAbsoluteError:
        network_.row_losses = per_row(graph_.absolute_error(x, t));
        break;
      case Loss::kHuber:
        network_.row_losses = per_row(graph_.huber(x, t, spec_.huber_delta));
        break;
      case Loss::kLogCosh:
        network_.row_losses = per_row(graph_.log_cosh(x, t));
        break;
      case Loss::kHinge:
        network_.row_losses = per_row(graph_.hinge(x, t));
        break;
    }
    network_.scores = x;
  }

  NodeId cross_entropy(NodeId logits) {
    const double smoothing = is_training_ ? spec_.label_smoothing : 0;
    if (smoothing == 0 && network_.class_weights == kNoNode) {
      return graph_.softmax_cross_entropy(logits, network_.targets);
    }
    return softmax_cross_entropy(graph_, logits, network_.targets,
                                 {.label_smoothing = smoothing, .class_weights = network_.class_weights});
  }

  const MlpSpec& spec_;
  bool is_training_;
  Network network_;
  Builder graph_;
};

std::string layer_path(std::size_t index, const char* field) {
  return "model.layers[" + std::to_string(index) + "]." + field;
}

}  // namespace

Index input_width(const MlpSpec& spec) {
  Index width = spec.columns;
  for (const Embedding& embedding : spec.embeddings) width += embedding.size - embedding.levels;
  return width;
}

Index group_count(Index units) {
  constexpr Index kMostGroups = 4;
  constexpr Index kLeastUnits = 4;
  Index groups = std::clamp<Index>(units / kLeastUnits, 1, kMostGroups);
  while (units % groups != 0) --groups;
  return groups;
}

std::string layer_name(const std::vector<LayerSpec>& layers, std::size_t index) {
  return layers[index].name.empty() ? std::to_string(index + 1) : layers[index].name;
}

void check_layers(const std::vector<LayerSpec>& layers, Index inputs) {
  std::vector<std::string> names{std::string(kInputName)};
  std::vector<Index> sizes{inputs};
  for (std::size_t i = 0; i < layers.size(); ++i) {
    const LayerSpec& layer = layers[i];
    const std::string name = layer_name(layers, i);
    if (std::find(names.begin(), names.end(), name) != names.end()) {
      const std::string path = layer_path(i, "name");
      throw Error(ErrorCode::kBadInput, path, {{"what", path}, {"value", name}, {"expected", "a name of its own"}});
    }
    if (!layer.residual.empty()) {
      const std::string path = layer_path(i, "residual");
      const auto found = std::find(names.begin(), names.end(), layer.residual);
      if (found == names.end()) {
        throw not_a_choice(path, excerpt(layer.residual), std::vector<std::string_view>(names.begin(), names.end()));
      }
      const Index size = sizes[static_cast<std::size_t>(found - names.begin())];
      if (size > 0 && size != layer.units) {
        throw Error(ErrorCode::kResidualSize, path,
                    {{"layer", name},
                     {"from", layer.residual},
                     {"value", std::to_string(size)},
                     {"expected", std::to_string(layer.units)}});
      }
    }
    names.push_back(name);
    sizes.push_back(layer.units);
  }
}

bool has_own_output(Loss loss) {
  return loss == Loss::kCrossEntropy || loss == Loss::kBinaryCrossEntropy || loss == Loss::kKullbackLeibler;
}

bool suits(Loss loss, Index classes) { return classes > 0 || (!has_own_output(loss) && loss != Loss::kHinge); }

Index prediction_count(const MlpSpec& spec) { return std::max<Index>(spec.classes, 1); }

Index output_count(const MlpSpec& spec) {
  if (spec.classes == 0) return 1;
  const bool is_sigmoid = spec.output_activation == Activation::kSigmoid && !has_own_output(spec.loss);
  const bool tells_both = spec.loss == Loss::kBinaryCrossEntropy || (is_sigmoid && spec.loss != Loss::kHinge);
  return tells_both && spec.classes == 2 ? 1 : spec.classes;
}

void encode_target(const MlpSpec& spec, std::int32_t label, std::span<Real> out) {
  if (output_count(spec) == 1) {
    out[0] = static_cast<Real>(label);
    return;
  }
  std::fill(out.begin(), out.end(), spec.loss == Loss::kHinge ? Real{-1} : Real{0});
  out[static_cast<std::size_t>(label)] = 1;
}

void class_probabilities(const MlpSpec& spec, std::span<const Real> scores, std::span<Real> out) {
  if (scores.size() == 1) {
    out[1] = scores[0];
    out[0] = 1 - scores[0];
    return;
  }
  std::copy(scores.begin(), scores.end(), out.begin());
  if (spec.loss == Loss::kCrossEntropy || spec.loss == Loss::kKullbackLeibler) return;
  Real sum = 0;
  for (Real& value : out) {
    if (spec.loss == Loss::kHinge) value = (value + 1) / 2;
    value = std::clamp(value, Real{0}, Real{1});
    sum += value;
  }
  for (Real& value : out) value = sum > 0 ? value / sum : 1 / static_cast<Real>(out.size());
}

Network training_mlp(const MlpSpec& spec, Index rows) { return MlpBuilder(spec, rows, true).build(); }

Network evaluation_mlp(const MlpSpec& spec, Index rows) { return MlpBuilder(spec, rows, false).build(); }

Network simplified(const Network& network, std::span<const NodeId> outputs) {
  Simplified simple = simplify(network.graph, outputs);
  const auto moved = [&](NodeId& node) {
    if (node != kNoNode) node = simple.node_of[static_cast<std::size_t>(node)];
  };
  Network result = network;
  result.graph = std::move(simple.graph);
  for (NodeId* node : {&result.features, &result.targets, &result.class_weights, &result.scores, &result.row_losses,
                       &result.loss, &result.inputs}) {
    moved(*node);
  }
  for (std::vector<NodeId>* nodes :
       {&result.sums, &result.outputs, &result.gradients, &result.normalized, &result.activated}) {
    std::for_each(nodes->begin(), nodes->end(), moved);
  }
  for (RunningStatistic& statistic : result.statistics) moved(statistic.batch);
  return result;
}

}  // namespace athanor
