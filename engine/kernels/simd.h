// Several Reals in one register, by the vector types of GCC and Clang: the same source becomes wasm SIMD, SSE, AVX or
// NEON. Four floats in wasm, whose `simd` variant defines the reference bits; eight where a native build has AVX2.
#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <type_traits>

#include "engine/core/real.h"

#if defined(__wasm_simd128__)
#include <wasm_simd128.h>
#elif defined(__SSE2__)
#include <immintrin.h>
#endif

// For what surrounds the inner loops: compiled for size, without vectors and unrolled turns that it would not gain
// from, for people wait for the module when the page opens.
#ifdef __clang__
#define ATHANOR_SMALL [[clang::minsize, gnu::noinline]]
#else
#define ATHANOR_SMALL
#endif

namespace athanor::simd {

#if defined(__AVX2__)
inline constexpr std::size_t kVectorBytes = 32;
#else
inline constexpr std::size_t kVectorBytes = 16;
#endif

using Vector __attribute__((vector_size(kVectorBytes))) = Real;
/// As many whole numbers of a Real's size: bits, and what a comparison gives (all bits set or none).
using Integer = std::conditional_t<sizeof(Real) == 4, std::int32_t, std::int64_t>;
using Integers __attribute__((vector_size(kVectorBytes))) = Integer;
inline constexpr Index kLanes = kVectorBytes / sizeof(Real);

inline Vector load(const Real* from) {
  Vector v;
  std::memcpy(&v, from, sizeof(v));
  return v;
}

inline void store(Real* to, Vector v) { std::memcpy(to, &v, sizeof(v)); }

inline Vector splat(Real x) { return x - Vector{}; }

inline Integers bits(Vector v) { return (Integers)v; }     // NOLINT(cppcoreguidelines-pro-type-cstyle-cast): a bit cast
inline Vector from_bits(Integers v) { return (Vector)v; }  // NOLINT(cppcoreguidelines-pro-type-cstyle-cast): likewise

/// a - b, around the end where it is out of range: bits of NaN and of negative numbers are subtracted from as well,
/// though nobody wants the result.
inline Integers wrapping_difference(Integers a, Integers b) {
  using Unsigned __attribute__((vector_size(kVectorBytes))) = std::make_unsigned_t<Integer>;
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-cstyle-cast): likewise
  return (Integers)((Unsigned)a - (Unsigned)b);
}

/// The first `count` lanes from memory, the others `rest`.
[[gnu::noinline]] inline Vector load_some(const Real* from, Index count, Real rest) {
  std::array<Real, kLanes> lanes{};
  for (Index i = 0; i < kLanes; ++i) lanes[static_cast<std::size_t>(i)] = i < count ? from[i] : rest;
  return load(lanes.data());
}

/// The first `count` lanes to memory.
[[gnu::noinline]] inline void store_some(Real* to, Vector v, Index count) {
  std::array<Real, kLanes> lanes{};
  store(lanes.data(), v);
  for (Index i = 0; i < count; ++i) to[i] = lanes[static_cast<std::size_t>(i)];
}

/// A whole vector, or where fewer than its lanes are left, those and `rest`.
inline Vector load_up_to(const Real* from, Index left, Real rest = 0) {
  return left >= kLanes ? load(from) : load_some(from, left, rest);
}

inline void store_up_to(Real* to, Vector v, Index left) {
  if (left >= kLanes) {
    store(to, v);
  } else {
    store_some(to, v, left);
  }
}

/// a * b + c: rounded twice in the reference builds, fused where the relaxed variant runs on a processor that can, and
/// where a native float build has FMA.
inline Vector multiply_add(Vector a, Vector b, Vector c) {
#if defined(__wasm_relaxed_simd__) && !defined(ATHANOR_REAL_DOUBLE)
  return (Vector)wasm_f32x4_relaxed_madd((v128_t)a, (v128_t)b, (v128_t)c);
#elif defined(__AVX2__) && defined(__FMA__) && !defined(ATHANOR_REAL_DOUBLE)
  return _mm256_fmadd_ps(a, b, c);
#else
  return a * b + c;
#endif
}

#if defined(__AVX2__) && defined(__FMA__) && !defined(ATHANOR_REAL_DOUBLE)
/// Likewise of half as many.
inline __m128 multiply_add(__m128 a, __m128 b, __m128 c) { return _mm_fmadd_ps(a, b, c); }
#endif

inline Vector abs(Vector v) {
  constexpr Integer kAllButSign = sizeof(Real) == 4 ? INT32_MAX : static_cast<Integer>(INT64_MAX);
  return from_bits(bits(v) & kAllButSign);
}

/// The smaller and the larger; `v` where it is undefined, so that NaN gets through. LLVM knows the instruction that
/// does so, GCC does not.
#if defined(__AVX2__) && !defined(ATHANOR_REAL_DOUBLE)
inline Vector at_most(Vector v, Vector limit) { return _mm256_min_ps(limit, v); }
inline Vector at_least(Vector v, Vector limit) { return _mm256_max_ps(limit, v); }
#else
inline Vector at_most(Vector v, Vector limit) { return limit < v ? limit : v; }
inline Vector at_least(Vector v, Vector limit) { return v < limit ? limit : v; }
#endif

/// The sum of the lanes: neighbours half a vector apart first, ((v0 + v2) + (v1 + v3)) in wasm.
inline Real sum(Vector v) {
  std::array<Real, kLanes> lanes{};
  store(lanes.data(), v);
  for (std::size_t half = kLanes / 2; half > 0; half /= 2) {
    for (std::size_t i = 0; i < half; ++i) lanes[i] += lanes[i + half];
  }
  return lanes[0];
}

/// out[i] = f(x[i]) for n elements, several at a time; f takes and gives vectors. What stands beside an element does
/// not change its bits. `out` may be `x`.
template <typename F>
void map(const Real* x, Real* out, Index n, F f) {
  // What is left in the end goes through the same loop, in memory of its own: one copy of f, which may be long, and no
  // call in the loop, around which V8 would keep every constant of f in memory.
  std::array<Real, kLanes> rest;  // NOLINT(cppcoreguidelines-pro-type-member-init): filled where it is read
  const Real* from = x;
  Real* to = out;
  for (Index count = n;;) {
    Index i = 0;
    for (; i + kLanes <= count; i += kLanes) store(to + i, f(load(from + i)));
    const Index left = count - i;
    if (left == 0) break;
    store(rest.data(), load_some(from + i, left, 0));
    from = to = rest.data();
    count = kLanes;
  }
  if (to == out) return;
  for (Index i = n / kLanes * kLanes; i < n; ++i) out[i] = rest[static_cast<std::size_t>(i % kLanes)];
}

/// out[i] = f(a[i], b[i]), likewise. `out` may be `a` or `b`.
template <typename F>
void map(const Real* a, const Real* b, Real* out, Index n, F f) {
  for (Index i = 0; i < n; i += kLanes) {
    const Index count = n - i;
    const bool is_full = count >= kLanes;
    const Vector y =
        f(is_full ? load(a + i) : load_some(a + i, count, 0), is_full ? load(b + i) : load_some(b + i, count, 0));
    if (is_full) {
      store(out + i, y);
    } else {
      store_some(out + i, y, count);
    }
  }
}

}  // namespace athanor::simd
