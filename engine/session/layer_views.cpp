#include "engine/session/layer_views.h"

#include <algorithm>
#include <cmath>

#include "engine/core/error.h"
#include "engine/runtime/executor.h"

namespace athanor {
namespace {

Error bad_input(const char* what, const std::string& value, const std::string& expected) {
  return {ErrorCode::kBadInput, what, {{"what", what}, {"value", value}, {"expected", expected}}};
}

void check_network(const Run& run) {
  if (!run.trainer) throw bad_input("network", "not yet built", "a run that has reached Train");
}

/// The evaluated network with the outputs of its hidden layers to be read.
class LayerReader {
 public:
  LayerReader(const Run& run, Index rows)
      : network_(network_of(run.trainer->spec(), rows)),
        executor_(network_.graph, run.trainer->evaluated().data(), kept(network_)) {}

  std::span<Real> features() { return executor_.input(network_.features); }
  void run() { executor_.run({}); }
  [[nodiscard]] std::size_t layers() const { return network_.outputs.size(); }
  /// (rows, units)
  [[nodiscard]] std::span<const Real> outputs(std::size_t layer) const {
    return executor_.value(network_.outputs[layer]);
  }

 private:
  static Network network_of(const MlpSpec& spec, Index rows) {
    const Network network = evaluation_mlp(spec, rows);
    return simplified(network, network.outputs);
  }

  static std::vector<NodeId> kept(const Network& network) {
    std::vector<NodeId> nodes = network.outputs;
    std::sort(nodes.begin(), nodes.end());
    return nodes;
  }

  Network network_;
  Executor executor_;
};

Histogram histogram_of(Quantity quantity, std::string name, std::span<const Real> values, Index bins) {
  Histogram histogram{.quantity = quantity,
                      .name = std::move(name),
                      .low = INFINITY,
                      .high = -INFINITY,
                      .counts = std::vector<std::int64_t>(static_cast<std::size_t>(bins), 0)};
  double sum = 0;
  double count = 0;
  for (const Real value : values) {
    if (!std::isfinite(value)) {
      ++histogram.not_finite;
      continue;
    }
    histogram.low = std::min(histogram.low, static_cast<double>(value));
    histogram.high = std::max(histogram.high, static_cast<double>(value));
    sum += static_cast<double>(value);
    ++count;
  }
  if (count == 0) {
    histogram.low = histogram.high = 0;
    return histogram;
  }
  histogram.mean = sum / count;
  const double width = (histogram.high - histogram.low) / static_cast<double>(bins);
  double squares = 0;
  for (const Real value : values) {
    if (!std::isfinite(value)) continue;
    const auto x = static_cast<double>(value);
    squares += (x - histogram.mean) * (x - histogram.mean);
    // The largest value belongs to the last bin; all equal ones to the first.
    const auto bin = width > 0 ? static_cast<Index>((x - histogram.low) / width) : 0;
    ++histogram.counts[static_cast<std::size_t>(std::clamp<Index>(bin, 0, bins - 1))];
  }
  histogram.deviation = std::sqrt(squares / count);
  return histogram;
}

}  // namespace

NeuronMaps neuron_maps(const Run& run, Plane plane, Index resolution) {
  check_network(run);
  Plane::check_resolution(resolution);
  NeuronMaps maps{.resolution = resolution, .x = plane.x(), .y = plane.y()};
  Index neurons = 0;
  for (const LayerSpec& layer : run.trainer->spec().layers) {
    maps.units.push_back(layer.units);
    neurons += layer.units;
  }
  const Index cells = resolution * resolution;
  if (neurons * cells > kMaxMapNumbers) {
    const Index most_cells = kMaxMapNumbers / neurons;
    const auto most = static_cast<Index>(std::sqrt(static_cast<double>(most_cells)));
    throw bad_input("resolution", std::to_string(resolution),
                    "at most " + std::to_string(most) + " for " + std::to_string(neurons) + " neurons");
  }
  maps.values.resize(static_cast<std::size_t>(neurons * cells));
  if (neurons == 0) return maps;
  LayerReader reader(run, resolution);
  for (Index j = 0; j < resolution; ++j) {
    plane.line(j, resolution, reader.features());
    reader.run();
    Index first = 0;
    for (std::size_t k = 0; k < reader.layers(); ++k) {
      const Index units = maps.units[k];
      const std::span<const Real> outputs = reader.outputs(k);
      for (Index unit = 0; unit < units; ++unit) {
        Real* const to = maps.values.data() + (first + unit) * cells + j * resolution;
        for (Index i = 0; i < resolution; ++i) to[i] = outputs[static_cast<std::size_t>(i * units + unit)];
      }
      first += units;
    }
  }
  return maps;
}

std::vector<Histogram> histograms(const Run& run, Index bins) {
  check_network(run);
  if (bins < 1 || bins > kMaxBins) throw bad_input("bins", std::to_string(bins), "1 to " + std::to_string(kMaxBins));
  const Trainer& trainer = *run.trainer;
  std::vector<Histogram> all;
  for (const Parameter& parameter : trainer.layout()) {
    if (!parameter.is_trained) continue;
    const auto offset = static_cast<std::size_t>(parameter.offset);
    const auto size = static_cast<std::size_t>(parameter.shape.size());
    all.push_back(histogram_of(Quantity::kWeights, parameter.name, trainer.parameters().subspan(offset, size), bins));
    all.push_back(histogram_of(Quantity::kGradients, parameter.name, trainer.gradients().subspan(offset, size), bins));
  }
  if (trainer.spec().layers.empty()) return all;
  const Index rows = std::min(run.train.rows, kHistogramRows);
  LayerReader reader(run, rows);
  std::copy_n(run.train.features.data(), rows * trainer.spec().columns, reader.features().data());
  reader.run();
  for (std::size_t k = 0; k < reader.layers(); ++k) {
    all.push_back(histogram_of(Quantity::kActivations, layer_name(trainer.spec().layers, k), reader.outputs(k), bins));
  }
  return all;
}

}  // namespace athanor
