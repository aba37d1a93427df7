#include "engine/session/weight_view.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/core/error.h"
#include "engine/runtime/executor.h"

namespace athanor {
namespace {

Error bad_input(const char* what, Index value, Index least, Index most) {
  return {ErrorCode::kBadInput,
          what,
          {{"what", what},
           {"value", std::to_string(value)},
           {"expected", std::to_string(least) + " to " + std::to_string(most)}}};
}

const Trainer& trainer_of(const Run& run) {
  if (run.trainer) return *run.trainer;
  throw Error(ErrorCode::kBadInput, "network",
              {{"what", "network"}, {"value", "not yet built"}, {"expected", "a run that has reached Train"}});
}

/// A parameter and where its numbers begin in a block.
struct Placed {
  const Parameter* parameter = nullptr;
  [[nodiscard]] const Real* in(std::span<const Real> block) const { return block.data() + parameter->offset; }
};

Placed placed(const Trainer& trainer, const std::string& name) {
  for (const Parameter& parameter : trainer.layout()) {
    if (parameter.name == name) return {&parameter};
  }
  throw Error(ErrorCode::kInternal, "weights", {{"detail", "a layer without " + name}});
}

/// What the names of a layer's parameters begin with; the output layer follows the hidden ones.
std::string prefix_of(const Trainer& trainer, Index layer) {
  const bool is_output = layer == static_cast<Index>(trainer.spec().layers.size());
  return is_output ? "output" : "layers." + std::to_string(layer);
}

Spread spread_of(std::span<const Real> values, Index units, Index unit) {
  const Index rows = static_cast<Index>(values.size()) / units;
  const auto at = [&](Index row) { return static_cast<double>(values[static_cast<std::size_t>(row * units + unit)]); };
  Spread spread{.low = INFINITY, .high = -INFINITY};
  for (Index row = 0; row < rows; ++row) {
    spread.mean += at(row) / static_cast<double>(rows);
    spread.low = std::min(spread.low, at(row));
    spread.high = std::max(spread.high, at(row));
  }
  double squares = 0;
  for (Index row = 0; row < rows; ++row) squares += (at(row) - spread.mean) * (at(row) - spread.mean);
  spread.deviation = std::sqrt(squares / static_cast<double>(rows));
  return spread;
}

}  // namespace

std::vector<LayerWeights> view_weights(const Run& run, Index units) {
  const Trainer& trainer = trainer_of(run);
  if (units < 1 || units > kMaxShownUnits) throw bad_input("units", units, 1, kMaxShownUnits);
  std::vector<LayerWeights> layers;
  for (Index k = 0; k <= static_cast<Index>(trainer.spec().layers.size()); ++k) {
    LayerWeights layer{.parameter = prefix_of(trainer, k)};
    const Placed weight = placed(trainer, layer.parameter + ".weight");
    const Placed bias = placed(trainer, layer.parameter + ".bias");
    layer.inputs = weight.parameter->shape[0];
    layer.units = weight.parameter->shape[1];
    layer.shown_inputs = std::min(layer.inputs, units);
    layer.shown_units = std::min(layer.units, units);
    const Real* const matrix = weight.in(trainer.parameters());
    const Real* const offsets = bias.in(trainer.parameters());
    for (Index i = 0; i < layer.shown_inputs; ++i) {
      const Real* const line = matrix + i * layer.units;
      layer.weights.insert(layer.weights.end(), line, line + layer.shown_units);
    }
    layer.biases.assign(offsets, offsets + layer.shown_units);
    layers.push_back(std::move(layer));
  }
  return layers;
}

UnitView view_unit(const Run& run, Index layer, Index unit) {
  const Trainer& trainer = trainer_of(run);
  const MlpSpec& spec = trainer.spec();
  const auto hidden = static_cast<Index>(spec.layers.size());
  if (layer < 0 || layer > hidden) throw bad_input("layer", layer, 0, hidden);
  const Index units = layer == hidden ? output_count(spec) : spec.layers[static_cast<std::size_t>(layer)].units;
  if (unit < 0 || unit >= units) throw bad_input("unit", unit, 0, units - 1);

  UnitView view{.parameter = prefix_of(trainer, layer), .unit = unit, .rows = std::min(run.train.rows, kUnitViewRows)};
  const Placed weight = placed(trainer, view.parameter + ".weight");
  const Real* const matrix = weight.in(trainer.parameters());
  view.inputs = weight.parameter->shape[0];
  for (Index i = 0; i < std::min(view.inputs, kMaxShownUnits); ++i) view.weights.push_back(matrix[i * units + unit]);
  view.bias = placed(trainer, view.parameter + ".bias").in(trainer.parameters())[unit];

  const Network whole = evaluation_mlp(spec, view.rows);
  const auto at = static_cast<std::size_t>(layer);
  const std::array<NodeId, 2> wanted{whole.sums[at], layer == hidden ? whole.scores : whole.outputs[at]};
  const Network network = simplified(whole, wanted);
  const NodeId sums = network.sums[at];
  const NodeId outputs = layer == hidden ? network.scores : network.outputs[at];
  std::vector<NodeId> kept{std::min(sums, outputs), std::max(sums, outputs)};
  if (sums == outputs) kept.pop_back();  // a linear layer's output is its sum
  Executor executor(network.graph, trainer.evaluated().data(), kept);
  std::copy_n(run.train.features.data(), view.rows * spec.columns, executor.input(network.features).data());
  executor.run({});
  view.sum = spread_of(executor.value(sums), units, unit);
  view.output = spread_of(executor.value(outputs), units, unit);
  return view;
}

void change_parameter(Run& run, std::string_view name, Index index, double value) {
  (void)trainer_of(run);
  Trainer& trainer = *run.trainer;
  std::vector<std::string_view> names;
  for (const Parameter& parameter : trainer.layout()) {
    if (!parameter.is_trained) continue;
    names.push_back(parameter.name);
    if (parameter.name != name) continue;
    if (index < 0 || index >= parameter.shape.size()) throw bad_input("index", index, 0, parameter.shape.size() - 1);
    const auto written = static_cast<Real>(value);
    if (!std::isfinite(written)) {
      throw Error(ErrorCode::kBadInput, parameter.name,
                  {{"what", parameter.name}, {"value", number_text(value)}, {"expected", "a finite number"}});
    }
    trainer.set_parameter(parameter.offset + index, written);
    return;
  }
  throw not_a_choice("parameter", excerpt(name), names);
}

}  // namespace athanor
