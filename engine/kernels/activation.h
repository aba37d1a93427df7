// Activations that several ops share. Numbers that are undefined stay so: a diverging run must not be hidden.
#pragma once

#include <cmath>

#include "engine/core/real.h"

namespace athanor::kernels {

inline Real relu(Real x) { return x < 0 ? Real{0} : x; }

inline Real leaky_relu(Real x, Real slope) { return x < 0 ? slope * x : x; }

inline Real elu(Real x, Real alpha) { return x > 0 ? x : alpha * std::expm1(x); }

/// out[i] = 1 / (1 + exp(-x[i])) for n elements. `out` may be `x`.
void sigmoid(const Real* x, Real* out, Index n);

/// out[i] = tanh(x[i]) for n elements. `out` may be `x`.
void tanh(const Real* x, Real* out, Index n);

}  // namespace athanor::kernels
