#include "engine/ops/leaf.h"

#include <algorithm>

namespace athanor::ops {

void constant_kernel(const KernelCall& call) {
  std::fill_n(call.out, call.out_shape.size(), static_cast<Real>(call.attributes.value));
}

}  // namespace athanor::ops
