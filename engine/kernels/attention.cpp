#include "engine/kernels/attention.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/kernels/gemm.h"
#include "engine/kernels/simd_math.h"

namespace athanor::kernels {
namespace {

using simd::kLanes;
using simd::Vector;

/// Weights, or their gradients, of as many queries as there is room for.
using Block = std::array<Real, kMostKeys>;

/// So many queries at once leave little of a causal square to be made in vain.
constexpr Index kCausalQueries = 32;

/// Some queries of one head of one element of the batch.
struct Part {
  const Real* q;
  const Real* k;  // the first of the head; values lie `width` further on
  Index first;    // query of the batch element
  Index count;
  Index keys;    // that any of them sees
  Index offset;  // element of q, out and dy
  Index place;   // element of kv
};

/// Calls f for every part. `restart` is true with the first of a head.
template <typename F>
void for_each_part(const Attention& shape, const Real* q, const Real* kv, F f) {
  Index most = std::max<Index>(1, kMostKeys / shape.keys);
  if (shape.causal) most = std::min(most, kCausalQueries);
  for (Index b = 0; b < shape.batch; ++b) {
    for (Index head = 0; head < shape.heads; ++head) {
      const Index column = head * (shape.width / shape.heads);
      const Index place = b * shape.keys * 2 * shape.width + column;
      for (Index first = 0, count = 0; first < shape.queries; first += count) {
        count = std::min(most, shape.queries - first);
        const Index seen = first + count + shape.keys - shape.queries;
        const Index offset = (b * shape.queries + first) * shape.width + column;
        f(Part{.q = q + offset,
               .k = kv + place,
               .first = first,
               .count = count,
               .keys = shape.causal ? std::clamp<Index>(seen, 1, shape.keys) : shape.keys,
               .offset = offset,
               .place = place});
      }
    }
  }
}

Index head_width(const Attention& shape) { return shape.width / shape.heads; }

Real scale_of(const Attention& shape) { return 1 / std::sqrt(static_cast<Real>(head_width(shape))); }

/// Keys that one query sees: at least the first.
Index seen_by(const Attention& shape, const Part& part, Index query) {
  if (!shape.causal) return part.keys;
  return std::clamp<Index>(part.first + query + 1 + shape.keys - shape.queries, 1, part.keys);
}

/// The row becomes its softmax, of `seen` scores; what is not seen weighs nothing.
void softmax_row(Real* row, Index seen, Index keys) {
  Vector largest = simd::splat(row[0]);
  for (Index i = 0; i < seen; i += kLanes)
    largest = simd::at_least(largest, simd::load_up_to(row + i, seen - i, row[0]));
  Real most = largest[0];
  for (Index lane = 1; lane < kLanes; ++lane) most = most < largest[lane] ? largest[lane] : most;
  Vector sums{};
  for (Index i = 0; i < seen; i += kLanes) {
    Vector terms = simd::exp(simd::load_up_to(row + i, seen - i, most) - most);
    simd::store_up_to(row + i, terms, seen - i);
    if (seen - i < kLanes) terms = simd::load_some(row + i, seen - i, 0);
    sums += terms;
  }
  const Real factor = 1 / simd::sum(sums);
  simd::map(row, row, seen, [factor](Vector v) { return v * factor; });
  std::fill(row + seen, row + keys, Real{0});
}

/// weights (count, keys) of a part.
void weigh(const Attention& shape, const Part& part, Real* weights) {
  gemm({.m = part.count,
        .n = part.keys,
        .k = head_width(shape),
        .transpose_b = true,
        .stride_a = shape.width,
        .stride_b = 2 * shape.width,
        .alpha = scale_of(shape)},
       part.q, part.k, weights);
  for (Index i = 0; i < part.count; ++i) softmax_row(weights + i * part.keys, seen_by(shape, part, i), part.keys);
}

/// The gradient of the scores (count, keys), the scale included, from the weights and the gradient dy of the result.
void score_gradient(const Attention& shape, const Part& part, const Real* weights, const Real* dy, Real* gradient) {
  gemm({.m = part.count,
        .n = part.keys,
        .k = head_width(shape),
        .transpose_b = true,
        .stride_a = shape.width,
        .stride_b = 2 * shape.width},
       dy + part.offset, part.k + shape.width, gradient);
  const Real scale = scale_of(shape);
  for (Index i = 0; i < part.count; ++i, weights += part.keys, gradient += part.keys) {
    Vector sums{};
    for (Index j = 0; j < part.keys; j += kLanes) {
      const Index left = part.keys - j;
      sums += simd::load_up_to(weights + j, left, 0) * simd::load_up_to(gradient + j, left, 0);
    }
    const Real along = simd::sum(sums);
    simd::map(weights, gradient, gradient, part.keys,
              [along, scale](Vector weight, Vector v) { return scale * weight * (v - along); });
  }
}

}  // namespace

ATHANOR_SMALL void attend(const Attention& shape, const Real* q, const Real* kv, Real* out) {
  alignas(64) Block weights;  // NOLINT(cppcoreguidelines-pro-type-member-init): weigh() fills what is read
  for_each_part(shape, q, kv, [&](const Part& part) {
    weigh(shape, part, weights.data());
    gemm(
        {.m = part.count, .n = head_width(shape), .k = part.keys, .stride_b = 2 * shape.width, .stride_c = shape.width},
        weights.data(), part.k + shape.width, out + part.offset);
  });
}

ATHANOR_SMALL void attend_back_queries(const Attention& shape, const Real* q, const Real* kv, const Real* dy,
                                       Real* dq) {
  alignas(64) Block weights;   // NOLINT(cppcoreguidelines-pro-type-member-init): as above
  alignas(64) Block gradient;  // NOLINT(cppcoreguidelines-pro-type-member-init): score_gradient() fills what is read
  for_each_part(shape, q, kv, [&](const Part& part) {
    weigh(shape, part, weights.data());
    score_gradient(shape, part, weights.data(), dy, gradient.data());
    gemm(
        {.m = part.count, .n = head_width(shape), .k = part.keys, .stride_b = 2 * shape.width, .stride_c = shape.width},
        gradient.data(), part.k, dq + part.offset);
  });
}

ATHANOR_SMALL void attend_back_keys(const Attention& shape, const Real* q, const Real* kv, const Real* dy, Real* dkv) {
  alignas(64) Block weights;   // NOLINT(cppcoreguidelines-pro-type-member-init): as above
  alignas(64) Block gradient;  // NOLINT(cppcoreguidelines-pro-type-member-init): as above
  std::fill_n(dkv, shape.batch * shape.keys * 2 * shape.width, Real{0});
  for_each_part(shape, q, kv, [&](const Part& part) {
    weigh(shape, part, weights.data());
    score_gradient(shape, part, weights.data(), dy, gradient.data());
    GemmShape back{.m = part.keys,
                   .n = head_width(shape),
                   .k = part.count,
                   .transpose_a = true,
                   .stride_b = shape.width,
                   .stride_c = 2 * shape.width,
                   .accumulate = true};
    back.stride_a = part.keys;
    gemm(back, gradient.data(), part.q, dkv + part.place);
    gemm(back, weights.data(), dy + part.offset, dkv + part.place + shape.width);
  });
}

}  // namespace athanor::kernels
