// Four (double build: two) Reals in one 128-bit register, by the vector types of GCC and Clang: the same source becomes
// SSE, NEON or wasm SIMD.
#pragma once

#include <cstring>

#include "engine/core/real.h"

#if defined(__wasm_relaxed_simd__) && !defined(ATHANOR_REAL_DOUBLE)
#include <wasm_simd128.h>
#endif

namespace athanor::simd {

using Vector __attribute__((vector_size(16))) = Real;
inline constexpr Index kLanes = 16 / sizeof(Real);

inline Vector load(const Real* from) {
  Vector v;
  std::memcpy(&v, from, sizeof(v));
  return v;
}

inline void store(Real* to, Vector v) { std::memcpy(to, &v, sizeof(v)); }

inline Vector splat(Real x) { return x - Vector{}; }

/// a * b + c: rounded twice in the reference builds, fused where the relaxed variant runs on a processor that can.
inline Vector multiply_add(Vector a, Vector b, Vector c) {
#if defined(__wasm_relaxed_simd__) && !defined(ATHANOR_REAL_DOUBLE)
  return (Vector)wasm_f32x4_relaxed_madd((v128_t)a, (v128_t)b, (v128_t)c);
#else
  return a * b + c;
#endif
}

}  // namespace athanor::simd
