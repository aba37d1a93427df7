// Rows brought to mean 0 and variance 1.
#pragma once

#include "engine/core/real.h"

namespace athanor::kernels {

/// out = (x - mean) / sqrt(variance + epsilon) for each row of `width`; the variance is the biased one. `out` may be x.
void normalize(const Real* x, Real* out, Index rows, Index width, Real epsilon);

/// dx from the gradient `dy` of what normalize() makes of x. `dx` may be x or dy.
void normalize_back(const Real* x, const Real* dy, Real* dx, Index rows, Index width, Real epsilon);

}  // namespace athanor::kernels
