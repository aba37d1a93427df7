#include "engine/ops/fused.h"

#include <algorithm>

#include "engine/graph/fuse.h"
#include "engine/kernels/activation.h"
#include "engine/kernels/simd.h"
#include "engine/ops/apply.h"

namespace athanor::ops {
namespace {

/// out = f(x + bias), element by element.
template <typename F>
void map_sums(const KernelCall& call, F f) {
  const Index columns = call.in_shapes[1].size();
  kernels::map_rows(call.in[0], call.in[1], call.out, call.out_shape.size() / columns, columns,
                    [f](Real x, Real b) { return f(x + b); });
}

/// out = x + y, which `out` may be.
void add(const Real* x, const Real* y, Real* out, Index count) {
  Index i = 0;
  for (; i + simd::kLanes <= count; i += simd::kLanes) simd::store(out + i, simd::load(x + i) + simd::load(y + i));
  for (; i < count; ++i) out[i] = x[i] + y[i];
}

/// The same for activations of arrays. The sums go to `out` and are activated there, some rows at a time, while they
/// are in the nearest cache.
template <typename Activate>
void activate_sums(const KernelCall& call, Activate activate) {
  constexpr Index kGroupElements = 1024;
  const Index columns = call.in_shapes[1].size();
  const Index rows = call.out_shape.size() / columns;
  const Index group = std::max<Index>(1, kGroupElements / columns);
  for (Index first = 0; first < rows; first += group) {
    const Index count = std::min(group, rows - first);
    Real* const out = call.out + first * columns;
    for (Index row = 0; row < count; ++row) {
      add(call.in[0] + (first + row) * columns, call.in[1], out + row * columns, columns);
    }
    activate(out, out, count * columns);
  }
}

struct FusedActivation {
  Op activation;
  Kernel* kernel;
  Op gradient;  // from the output and the gradient towards it
};

constexpr std::array kFusedActivations{
    FusedActivation{.activation = Op::kRelu,
                    .kernel = [](const KernelCall& call) { map_sums(call, [](Real x) { return kernels::relu(x); }); },
                    .gradient = Op::kReluGrad},
    FusedActivation{.activation = Op::kLeakyRelu,
                    .kernel =
                        [](const KernelCall& call) {
                          const auto slope = static_cast<Real>(call.attributes.value);
                          map_sums(call, [slope](Real x) { return kernels::leaky_relu(x, slope); });
                        },
                    .gradient = Op::kLeakyReluGrad},
    FusedActivation{.activation = Op::kElu,
                    .kernel =
                        [](const KernelCall& call) {
                          const auto alpha = static_cast<Real>(call.attributes.value);
                          activate_sums(call,
                                        [alpha](const Real* x, Real* out, Index n) { kernels::elu(alpha, x, out, n); });
                        },
                    .gradient = Op::kEluGrad},
    FusedActivation{.activation = Op::kSigmoid,
                    .kernel = [](const KernelCall& call) { activate_sums(call, kernels::sigmoid); },
                    .gradient = Op::kSigmoidGrad},
    FusedActivation{.activation = Op::kTanh,
                    .kernel = [](const KernelCall& call) { activate_sums(call, kernels::tanh); },
                    .gradient = Op::kTanhGrad},
};
static_assert(std::equal(kFusedActivations.begin(), kFusedActivations.end(), kActivationsOfOutput.begin(),
                         kActivationsOfOutput.end(),
                         [](const FusedActivation& fused, Op op) { return fused.activation == op; }),
              "what is fused has a row here");

/// (ops): the place of each in kFusedActivations, or its size; a step looks there, and must not search.
constexpr std::array<std::uint8_t, kOpCount> kPlaces = [] {
  std::array<std::uint8_t, kOpCount> places{};
  places.fill(kFusedActivations.size());
  for (std::size_t i = 0; i < kFusedActivations.size(); ++i) {
    places[static_cast<std::size_t>(kFusedActivations[i].activation)] = static_cast<std::uint8_t>(i);
  }
  return places;
}();

const FusedActivation& fused(Op activation) {
  const std::size_t place = kPlaces[static_cast<std::size_t>(activation)];
  ensure(place < kFusedActivations.size(), "bias_activation knows its activation");
  return kFusedActivations[place];
}

}  // namespace

Shape bias_activation_shape(std::span<const Shape> inputs, const Attributes& attributes) {
  ensure(can_follow_bias(attributes.activation, attributes.value),
         "bias_activation takes an activation that it knows, of a slope or alpha that is not negative");
  if (!is_tail(inputs[1], inputs[0])) refuse("bias_activation", inputs, "a bias of the shape of the last axes of x");
  return inputs[0];
}

void bias_activation_kernel(const KernelCall& call) { fused(call.attributes.activation).kernel(call); }

InputGradients bias_activation_gradient(Builder& graph, NodeId node, NodeId upstream, std::span<const bool> wanted) {
  const Attributes attributes = graph.graph()[node].attributes;
  const NodeId towards_sum =
      graph.append(fused(attributes.activation).gradient, {node, upstream}, {.value = attributes.value});
  return {wanted[0] ? towards_sum : kNoNode, wanted[1] ? towards(graph, node, 1, towards_sum) : kNoNode, kNoNode};
}

}  // namespace athanor::ops
