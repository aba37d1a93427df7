// Activations that several ops share. Numbers that are undefined stay so: a diverging run must not be hidden.
//
// Of arrays: `out` may be any of the inputs, and an element has the same bits wherever it stands (simd.h).
#pragma once

#include "engine/core/real.h"

namespace athanor::kernels {

inline Real relu(Real x) { return x < 0 ? Real{0} : x; }

inline Real leaky_relu(Real x, Real slope) { return x < 0 ? slope * x : x; }

/// out = exp(x)
void exp(const Real* x, Real* out, Index n);

/// out = 1 / (1 + exp(-x))
void sigmoid(const Real* x, Real* out, Index n);

/// out = tanh(x)
void tanh(const Real* x, Real* out, Index n);

/// out = x where x > 0, else alpha (exp(x) - 1)
void elu(Real alpha, const Real* x, Real* out, Index n);

/// out = log(1 + exp(x))
void softplus(const Real* x, Real* out, Index n);

/// out = x Phi(x), with Phi the normal distribution; its derivative times dy.
void gelu(const Real* x, Real* out, Index n);
void gelu_grad(const Real* x, const Real* dy, Real* out, Index n);

/// out = x / 2 (1 + tanh(u)) with u = sqrt(2 / pi) (x + 0.044715 x^3); its derivative times dy.
void gelu_tanh(const Real* x, Real* out, Index n);
void gelu_tanh_grad(const Real* x, const Real* dy, Real* out, Index n);

/// out = x sigmoid(x); its derivative times dy.
void silu(const Real* x, Real* out, Index n);
void silu_grad(const Real* x, const Real* dy, Real* out, Index n);

/// out = -log of the chance that sigmoid(x) gives t: max(x, 0) - x t + log(1 + exp(-|x|)), without overflow.
void sigmoid_cross_entropy(const Real* x, const Real* t, Real* out, Index n);

}  // namespace athanor::kernels
