// The one place that includes Eigen, so that its settings are the same everywhere. Used for array expressions; products
// are in gemm.h.
#pragma once

#define EIGEN_DONT_PARALLELIZE
#define EIGEN_MPL2_ONLY
#include <Eigen/Core>

#include "engine/core/real.h"

namespace athanor::kernels {

using ConstArray = Eigen::Map<const Eigen::Array<Real, Eigen::Dynamic, 1>>;
using Array = Eigen::Map<Eigen::Array<Real, Eigen::Dynamic, 1>>;

}  // namespace athanor::kernels
