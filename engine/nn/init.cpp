#include "engine/nn/init.h"

#include <algorithm>
#include <cmath>

namespace athanor {
namespace {

struct InitializerRow {
  bool is_normal;
  double (*variance)(double fan_in, double fan_out);
};

constexpr auto kXavier = [](double fan_in, double fan_out) { return 2 / (fan_in + fan_out); };
constexpr auto kHe = [](double fan_in, double /*fan_out*/) { return 2 / fan_in; };
constexpr std::array<InitializerRow, kInitializerNames.size()> kRows{{
    {.is_normal = false, .variance = kXavier},
    {.is_normal = true, .variance = kXavier},
    {.is_normal = false, .variance = kHe},
    {.is_normal = true, .variance = kHe},
}};

}  // namespace

void fill_weights(Initializer initializer, Index fan_in, Index fan_out, Random& random, std::span<Real> weights) {
  const InitializerRow& init = kRows[static_cast<std::size_t>(initializer)];
  const double variance = init.variance(static_cast<double>(fan_in), static_cast<double>(fan_out));
  const auto deviation = static_cast<Real>(std::sqrt(variance));
  const auto bound = static_cast<Real>(std::sqrt(3 * variance));
  for (Real& weight : weights) weight = init.is_normal ? deviation * random.normal() : random.uniform(-bound, bound);
}

void initialize(const Graph& graph, Initializer initializer, std::uint32_t seed, std::span<Real> block) {
  for (std::size_t i = 0; i < graph.parameters.size(); ++i) {
    const Parameter& parameter = graph.parameters[i];
    const std::span<Real> values =
        block.subspan(static_cast<std::size_t>(parameter.offset), static_cast<std::size_t>(parameter.shape.size()));
    if (parameter.shape.rank == 2) {
      Random random(seed, Stream::kInit, i);
      fill_weights(initializer, parameter.shape[0], parameter.shape[1], random, values);
    } else {
      std::fill(values.begin(), values.end(), Real{0});
    }
  }
}

}  // namespace athanor
