#include "engine/ops/random.h"

#include "engine/core/random.h"

namespace athanor::ops {

void dropout_mask_kernel(const KernelCall& call) {
  const auto rate = static_cast<Real>(call.attributes.value);
  const Real kept = 1 / (1 - rate);
  const Index n = call.out_shape.size();
  const std::array<std::uint32_t, 2> key{call.state->seed, static_cast<std::uint32_t>(Stream::kDropout)};
  RandomBlock counter{0, call.attributes.index, static_cast<std::uint32_t>(call.state->step),
                      static_cast<std::uint32_t>(call.state->step >> 32U)};
  for (Index i = 0; i < n; ++counter[0]) {
    const RandomBlock words = philox(counter, key);
    for (std::size_t lane = 0; lane < words.size() && i < n; ++lane, ++i) {
      call.out[i] = unit_real(words[lane]) < rate ? Real{0} : kept;
    }
  }
}

}  // namespace athanor::ops
