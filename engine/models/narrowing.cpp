#include "engine/models/narrowing.h"

#include <algorithm>

#include "engine/core/error.h"

namespace athanor {
namespace {

Index block_size(std::span<const Parameter> layout) {
  Index size = 0;
  for (const Parameter& parameter : layout) size = std::max(size, parameter.offset + parameter.shape.size());
  return size;
}

/// Copies (outer, length, inner) to (outer, length - 1, inner) without position `unit` of the axis in the middle.
void copy_without(Index outer, Index length, Index inner, Index unit, const Real* from, Real* to) {
  for (Index o = 0; o < outer; ++o) {
    const Real* const line = from + o * length * inner;
    to = std::copy(line, line + unit * inner, to);
    to = std::copy(line + (unit + 1) * inner, line + length * inner, to);
  }
}

void narrow_parameter(const Shape& wide, const Shape& narrow, Index unit, const Real* from, Real* to) {
  ensure(wide.rank == narrow.rank, "a narrower network has the same parameters");
  Index outer = 1;
  for (int axis = 0; axis < wide.rank; outer *= wide[axis], ++axis) {
    if (wide[axis] == narrow[axis]) continue;
    ensure(wide[axis] == narrow[axis] + 1 && unit >= 0 && unit < wide[axis], "one neuron is left out");
    copy_without(outer, wide[axis], wide.size() / (outer * wide[axis]), unit, from, to);
    return;
  }
  std::copy_n(from, wide.size(), to);
}

[[noreturn]] void refuse_edge(const std::string& layer, const std::string& from, const std::string& to) {
  throw Error(ErrorCode::kResidualEdge, "model.layers", {{"layer", layer}, {"from", from}, {"to", to}});
}

}  // namespace

void check_removable(const std::vector<LayerSpec>& layers, Index layer, Index unit) {
  if (layer < 0 || layer >= static_cast<Index>(layers.size())) {
    throw Error(ErrorCode::kNotHidden, "layer");
  }
  const auto at = static_cast<std::size_t>(layer);
  const Index units = layers[at].units;
  if (unit < 0 || unit >= units) {
    throw Error(ErrorCode::kBadInput, "unit",
                {{"what", "unit"}, {"value", std::to_string(unit)}, {"expected", "0 to " + std::to_string(units - 1)}});
  }
  const std::string name = layer_name(layers, at);
  if (units == 1) throw Error(ErrorCode::kLastNeuron, "model.layers", {{"layer", name}});
  if (!layers[at].residual.empty()) refuse_edge(name, layers[at].residual, name);
  for (std::size_t i = at + 1; i < layers.size(); ++i) {
    if (layers[i].residual == name) refuse_edge(name, name, layer_name(layers, i));
  }
}

void leave_out_unit(std::span<const Parameter> wide, std::span<const Parameter> narrow, Index unit,
                    std::span<const Real> from, std::span<Real> to) {
  const auto wide_size = static_cast<std::size_t>(block_size(wide));
  const auto narrow_size = static_cast<std::size_t>(block_size(narrow));
  ensure(wide.size() == narrow.size() && from.size() % wide_size == 0 &&
             from.size() / wide_size * narrow_size == to.size(),
         "blocks fit the layouts they are read and written by");
  const std::size_t blocks = from.size() / wide_size;
  for (std::size_t block = 0; block < blocks; ++block) {
    const Real* const source = from.data() + block * wide_size;
    Real* const target = to.data() + block * narrow_size;
    for (std::size_t i = 0; i < wide.size(); ++i) {
      narrow_parameter(wide[i].shape, narrow[i].shape, unit, source + wide[i].offset, target + narrow[i].offset);
    }
  }
}

}  // namespace athanor
