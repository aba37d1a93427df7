#include "engine/kernels/activation.h"

#include <numbers>

#include "engine/kernels/simd_math.h"

namespace athanor::kernels {
namespace {

using simd::Vector;

Vector positive_part(Vector x) { return x < 0 ? Vector{} : x; }

Vector softplus_of(Vector x) { return positive_part(x) + simd::log1p_exp_of_minus(simd::abs(x)); }

// (1 + tanh(u)) / 2 is sigmoid(2 u), which keeps the digits of the lower tail. 2 u = x (kScale + kCubic x^2).
constexpr double kScale = 2 * std::numbers::sqrt2 * std::numbers::inv_sqrtpi;
constexpr double kCubic = 0.044715 * kScale;

Vector gate_of(Vector x) {
  return simd::sigmoid(x * (static_cast<Real>(kScale) + static_cast<Real>(kCubic) * (x * x)));
}

}  // namespace

void exp(const Real* x, Real* out, Index n) { simd::map(x, out, n, simd::exp); }

void sigmoid(const Real* x, Real* out, Index n) { simd::map(x, out, n, simd::sigmoid); }

void tanh(const Real* x, Real* out, Index n) { simd::map(x, out, n, simd::tanh); }

void elu(Real alpha, const Real* x, Real* out, Index n) {
  simd::map(x, out, n, [alpha](Vector v) { return v > 0 ? v : alpha * simd::expm1_of_negative(v); });
}

void softplus(const Real* x, Real* out, Index n) { simd::map(x, out, n, softplus_of); }

void gelu(const Real* x, Real* out, Index n) {
  simd::map(x, out, n, [](Vector v) { return v * simd::normal(v).cdf; });
}

void gelu_grad(const Real* x, const Real* dy, Real* out, Index n) {
  simd::map(x, dy, out, n, [](Vector v, Vector upstream) {
    const simd::Normal at = simd::normal(v);
    return upstream * (at.cdf + v * at.pdf);
  });
}

void gelu_tanh(const Real* x, Real* out, Index n) {
  simd::map(x, out, n, [](Vector v) { return v * gate_of(v); });
}

void gelu_tanh_grad(const Real* x, const Real* dy, Real* out, Index n) {
  simd::map(x, dy, out, n, [](Vector v, Vector upstream) {
    const Vector gate = gate_of(v);
    const Vector slope = static_cast<Real>(kScale) + static_cast<Real>(3 * kCubic) * (v * v);
    return upstream * (gate + v * gate * (1 - gate) * slope);
  });
}

void silu(const Real* x, Real* out, Index n) {
  simd::map(x, out, n, [](Vector v) { return v * simd::sigmoid(v); });
}

void silu_grad(const Real* x, const Real* dy, Real* out, Index n) {
  simd::map(x, dy, out, n, [](Vector v, Vector upstream) {
    const Vector gate = simd::sigmoid(v);
    return upstream * gate * (1 + v * (1 - gate));
  });
}

void sigmoid_cross_entropy(const Real* x, const Real* t, Real* out, Index n) {
  // The large parts first: what a confident right answer comes to would be lost between them.
  simd::map(x, t, out, n, [](Vector v, Vector target) {
    return (positive_part(v) - v * target) + simd::log1p_exp_of_minus(simd::abs(v));
  });
}

}  // namespace athanor::kernels
