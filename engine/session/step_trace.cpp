#include "engine/session/step_trace.h"

#include <algorithm>

#include "engine/core/error.h"
#include "engine/graph/autodiff.h"
#include "engine/graph/builder.h"
#include "engine/session/step_preview.h"

namespace athanor {
namespace {

void check(std::string_view what, Index value, Index count) {
  if (value >= 0 && value < count) return;
  throw Error(ErrorCode::kBadInput, "inspector",
              {{"what", std::string(what)},
               {"value", std::to_string(value)},
               {"expected", "0 to " + std::to_string(count - 1)}});
}

/// Whether each output depends on its own input alone.
bool is_elementwise(Activation activation) {
  return activation != Activation::kSoftmax && activation != Activation::kLogSoftmax;
}

class Tracer {
 public:
  Tracer(const Run& run, const TracePlace& place)
      : run_(run),
        place_(place),
        preview_(run),
        spec_(preview_.trainer().spec()),
        layers_(spec_.layers.size()),
        layer_(static_cast<std::size_t>(place.layer)) {
    check("sample", place.sample, preview_.rows());
    check("layer", place.layer, static_cast<Index>(layers_) + 1);
    check("neuron", place.unit, units(layer_));
    check("input", place.input, inputs(layer_) + 1);
  }

  StepTrace trace() {
    append_gradients();
    preview_.compute(gradients_);
    StepTrace trace = head();
    read_batch(trace);
    for (std::size_t i = 0; i <= layers_; ++i) trace.layers.push_back(layer(i));
    trace.neuron = neuron();
    trace.update = update();
    return trace;
  }

 private:
  [[nodiscard]] bool is_output(std::size_t layer) const { return layer == layers_; }
  [[nodiscard]] Index units(std::size_t layer) const {
    return is_output(layer) ? output_count(spec_) : spec_.layers[layer].units;
  }
  [[nodiscard]] Index inputs(std::size_t layer) const {
    return layer == 0 ? input_width(spec_) : spec_.layers[layer - 1].units;
  }
  [[nodiscard]] NodeId inputs_node(std::size_t layer) const {
    return layer == 0 ? preview_.network().inputs : preview_.network().outputs[layer - 1];
  }
  [[nodiscard]] NodeId output_node(std::size_t layer) const {
    return is_output(layer) ? preview_.network().scores : preview_.network().outputs[layer];
  }
  [[nodiscard]] Activation activation(std::size_t layer) const {
    if (!is_output(layer)) return spec_.layers[layer].activation;
    if (!has_own_output(spec_.loss)) return spec_.output_activation;
    return spec_.loss == Loss::kBinaryCrossEntropy ? Activation::kSigmoid : Activation::kSoftmax;
  }

  /// The gradient of the loss towards the values in between, by the rules that the training graph is made with.
  void append_gradients() {
    Network& network = preview_.network();
    const bool has_outputs = !is_output(layer_) || !has_own_output(spec_.loss);
    std::vector<NodeId> towards{network.sums[layer_], network.normalized[layer_]};
    if (has_outputs) towards.insert(towards.end(), {network.activated[layer_], output_node(layer_)});
    for (std::size_t i = layer_ + 1; i <= layers_; ++i) towards.push_back(network.sums[i]);
    for (std::size_t i = layer_ + 1; i < layers_; ++i) towards.push_back(network.outputs[i]);
    gradients_ = differentiate(network.graph, network.loss, towards);
    sum_gradient_ = gradients_[0];
    normalized_gradient_ = gradients_[1];
    if (has_outputs) {
      activated_gradient_ = gradients_[2];
      output_gradient_ = gradients_[3];
    }
    for (std::size_t i = has_outputs ? 4 : 2; i < gradients_.size(); ++i) {
      (later_sums_.size() < layers_ - layer_ ? later_sums_ : later_outputs_).push_back(gradients_[i]);
    }
    if (!is_elementwise(activation(layer_))) return;
    Builder builder(network.graph);
    const NodeId total = builder.sum(network.activated[layer_]);
    slope_ = differentiate(network.graph, total, std::span(&network.normalized[layer_], 1))[0];
    gradients_.push_back(slope_);
  }

  StepTrace head() const {
    const Trainer& trainer = preview_.trainer();
    const TrainerProgress& progress = trainer.progress();
    return {.place = place_,
            .step = progress.step + 1,
            .epoch = progress.epoch + 1,
            .batch = trainer.batch() + 1,
            .batches = trainer.batches_per_epoch(),
            .batch_rows = preview_.rows(),
            .is_update = preview_.next().is_update,
            .accumulates = preview_.next().accumulates,
            .learning_rate = preview_.next().learning_rate,
            .optimizer_step = progress.optimizer_step + 1,
            .settings = trainer.step_settings(),
            .decays = row(trainer.step_settings().optimizer).decays,
            .loss_kind = spec_.loss,
            .huber_delta = spec_.huber_delta,
            .label_smoothing = spec_.loss == Loss::kCrossEntropy ? spec_.label_smoothing : 0,
            .loss = static_cast<double>(preview_.value(preview_.network().loss)[0])};
  }

  /// Of the first rows, the values in one column.
  [[nodiscard]] std::vector<Real> column(NodeId node, Index width, Index at) const {
    const std::span<const Real> values = preview_.value(node);
    std::vector<Real> column;
    for (Index i = 0; i < std::min(preview_.rows(), kMaxTraceRows); ++i) {
      column.push_back(values[static_cast<std::size_t>(i * width + at)]);
    }
    return column;
  }
  /// The sample's first `count` values of a layer.
  [[nodiscard]] std::vector<Real> sample(NodeId node, Index width, Index count) const {
    const std::span<const Real> values = preview_.value(node).subspan(static_cast<std::size_t>(place_.sample * width));
    return {values.begin(), values.begin() + std::min(width, count)};
  }
  [[nodiscard]] std::vector<Real> sample(NodeId node, Index width) const { return sample(node, width, width); }
  [[nodiscard]] Real at(NodeId node) const {
    return preview_.value(node)[static_cast<std::size_t>(place_.sample * units(layer_) + place_.unit)];
  }
  [[nodiscard]] std::optional<Real> at_or_none(NodeId node) const {
    return node == kNoNode ? std::nullopt : std::optional(at(node));
  }

  static void append(std::vector<Real>& to, std::span<const Real> from, Index first, Index count) {
    const auto part = from.subspan(static_cast<std::size_t>(first), static_cast<std::size_t>(count));
    to.insert(to.end(), part.begin(), part.end());
  }

  void read_batch(StepTrace& trace) const {
    const Network& network = preview_.network();
    const auto listed = static_cast<std::size_t>(std::min(preview_.rows(), kMaxTraceRows));
    for (std::size_t i = 0; i < listed; ++i) {
      trace.rows.push_back(run_.parts.train[static_cast<std::size_t>(preview_.next().rows[i])]);
    }
    trace.row_losses = column(network.row_losses, 1, 0);
    const Index outputs = output_count(spec_);
    for (Index i = 0; i < std::min(preview_.rows(), kMaxTraceSamples); ++i) {
      append(trace.first_features, preview_.value(network.features), i * spec_.columns,
             std::min(spec_.columns, kMaxTraceColumns));
      append(trace.first_targets, preview_.value(network.targets), i * outputs, outputs);
    }
    trace.column = place_.input == inputs(layer_) ? std::vector<Real>(listed, 1)
                                                  : column(inputs_node(layer_), inputs(layer_), place_.input);
    trace.sum_gradients = column(sum_gradient_, units(layer_), place_.unit);
    trace.features = sample(network.features, spec_.columns);
    trace.targets = sample(network.targets, outputs);
    trace.scores = sample(network.scores, outputs);
    if (network.class_weights == kNoNode) return;
    const std::span<const Real> weights = preview_.value(network.class_weights);
    trace.class_weights.assign(weights.begin(), weights.end());
  }

  [[nodiscard]] TraceLayer layer(std::size_t i) const {
    TraceLayer layer{.name = is_output(i) ? "output" : layer_name(spec_.layers, i),
                     .inputs = inputs(i),
                     .units = units(i),
                     .activation = activation(i),
                     .sums = sample(preview_.network().sums[i], units(i), kMaxTraceUnits),
                     .outputs = sample(output_node(i), units(i), kMaxTraceUnits)};
    if (is_output(i)) return layer;
    layer.norm = spec_.layers[i].norm;
    layer.dropout = spec_.layers[i].dropout;
    layer.residual = spec_.layers[i].residual;
    return layer;
  }

  [[nodiscard]] TraceNeuron neuron() const {
    const Network& network = preview_.network();
    TraceNeuron neuron{.inputs = sample(inputs_node(layer_), inputs(layer_)),
                       .weights = incoming(preview_.trainer().parameters()),
                       .sum = at(network.sums[layer_]),
                       .normalized = at(network.normalized[layer_]),
                       .activated = at(network.activated[layer_]),
                       .output = at(output_node(layer_)),
                       .slope = at_or_none(slope_),
                       .sum_gradient = at(sum_gradient_),
                       .normalized_gradient = at(normalized_gradient_),
                       .output_gradient = at_or_none(output_gradient_),
                       .activated_gradient = at_or_none(activated_gradient_)};
    neuron.bias = neuron.weights.back();
    neuron.weights.pop_back();
    if (!is_output(layer_)) read_onward(neuron);
    return neuron;
  }

  void read_onward(TraceNeuron& neuron) const {
    const Index next = units(layer_ + 1);
    const std::span<const Real> weights = slice(preview_.trainer().parameters(), parameter(layer_ + 1, "weight"))
                                              .subspan(static_cast<std::size_t>(place_.unit * next));
    neuron.onward_weights.assign(weights.begin(), weights.begin() + next);
    neuron.onward_gradients = sample(later_sums_[0], next);
    const std::string name = layer_name(spec_.layers, layer_);
    for (std::size_t i = layer_ + 1; i < layers_; ++i) {
      if (spec_.layers[i].residual == name) neuron.residual_gradients.push_back(at(later_outputs_[i - layer_ - 1]));
    }
  }

  [[nodiscard]] const Parameter& parameter(std::size_t layer, std::string_view kind) const {
    const std::string name = (is_output(layer) ? "output" : "layers." + std::to_string(layer)).append(".").append(kind);
    const std::span<const Parameter> layout = preview_.trainer().layout();
    const auto found = std::find_if(layout.begin(), layout.end(), [&](const Parameter& p) { return p.name == name; });
    ensure(found != layout.end(), "every layer has a weight and a bias");
    return *found;
  }
  static std::span<const Real> slice(std::span<const Real> block, const Parameter& parameter) {
    return block.subspan(static_cast<std::size_t>(parameter.offset), static_cast<std::size_t>(parameter.shape.size()));
  }

  /// The neuron's weights and its bias, of a block laid out like the parameters.
  [[nodiscard]] std::vector<Real> incoming(std::span<const Real> block) const {
    const std::span<const Real> weights = slice(block, parameter(layer_, "weight"));
    std::vector<Real> all;
    for (Index i = 0; i < inputs(layer_); ++i) {
      all.push_back(weights[static_cast<std::size_t>(i * units(layer_) + place_.unit)]);
    }
    all.push_back(slice(block, parameter(layer_, "bias"))[static_cast<std::size_t>(place_.unit)]);
    return all;
  }

  [[nodiscard]] TraceUpdate update() const {
    const std::span<const Real> before = preview_.trainer().parameters();
    TraceUpdate update{.before = incoming(before),
                       .batch_gradient = incoming(preview_.batch_gradients()),
                       .gradient = incoming(preview_.gradients()),
                       .applied = incoming(preview_.applied()),
                       .after = incoming(preview_.parameters())};
    const std::size_t count = before.size();
    const auto slots = static_cast<std::size_t>(row(preview_.trainer().step_settings().optimizer).slots);
    for (std::size_t i = 0; i < slots; ++i) {
      update.slots_before.push_back(incoming(preview_.trainer().slots().subspan(i * count, count)));
      update.slots_after.push_back(incoming(preview_.slots().subspan(i * count, count)));
    }
    return update;
  }

  const Run& run_;
  TracePlace place_;
  StepPreview preview_;
  const MlpSpec& spec_;
  std::size_t layers_;  // hidden ones
  std::size_t layer_;
  std::vector<NodeId> gradients_;
  NodeId sum_gradient_ = kNoNode;
  NodeId normalized_gradient_ = kNoNode;
  NodeId activated_gradient_ = kNoNode;
  NodeId output_gradient_ = kNoNode;
  NodeId slope_ = kNoNode;
  std::vector<NodeId> later_sums_;     // of the layers after this one
  std::vector<NodeId> later_outputs_;  // of the hidden ones among them
};

}  // namespace

StepTrace trace_next_step(const Run& run, const TracePlace& place) { return Tracer(run, place).trace(); }

}  // namespace athanor
