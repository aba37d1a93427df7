// Loops over flat arrays, with numpy broadcasting for two operands. Raw pointers and sizes only.
//
// Most ops of a compiled graph write over an input. A loop that may do so through two pointers is not made into vectors
// by LLVM, which then asks at run time whether they overlap; hence the loops of their own that have one pointer for
// both. In wasm they take a fifth of the time (tests/bench/README.md).
#pragma once

#include <algorithm>
#include <array>

#include "engine/core/shape.h"

namespace athanor::kernels {

/// out[i] = f(x[i]) for n elements. `out` may be `x`.
template <typename F>
void map(const Real* x, Real* out, Index n, F f) {
  if (x == out) {
    for (Index i = 0; i < n; ++i) out[i] = f(out[i]);
  } else {
    for (Index i = 0; i < n; ++i) out[i] = f(x[i]);
  }
}

/// out[i] = f(a[i], b[i]) for n elements. `out` may be `a` or `b`.
template <typename F>
void map(const Real* a, const Real* b, Real* out, Index n, F f) {
  if (a == out) {
    for (Index i = 0; i < n; ++i) out[i] = f(out[i], b[i]);
  } else if (b == out) {
    for (Index i = 0; i < n; ++i) out[i] = f(a[i], out[i]);
  } else {
    for (Index i = 0; i < n; ++i) out[i] = f(a[i], b[i]);
  }
}

/// out[i] = f(x[i], y) and f(x, y[i]) for n elements. `out` may be the array. On their own, so that every broadcast of
/// an op runs the same loop.
template <typename F>
[[gnu::noinline]] void map_to_number(const Real* x, Real y, Real* out, Index n, F f) {
  map(x, out, n, [f, y](Real value) { return f(value, y); });
}
template <typename F>
[[gnu::noinline]] void map_number_to(Real x, const Real* y, Real* out, Index n, F f) {
  map(y, out, n, [f, x](Real value) { return f(x, value); });
}
template <typename F>
[[gnu::noinline]] void map_pairs(const Real* a, const Real* b, Real* out, Index n, F f) {
  map(a, b, out, n, f);
}

/// out[r, i] = f(x[r, i], row[i]) for x and out (rows, columns). `out` may be `x`, or `row` where there is one row.
template <typename F>
void map_rows(const Real* x, const Real* row, Real* out, Index rows, Index columns, F f) {
  if (columns == 1) return map(x, out, rows, [f, y = *row](Real value) { return f(value, y); });
  for (Index r = 0; r < rows; ++r) map(x + r * columns, row, out + r * columns, columns, f);
}

/// Element strides of `shape` read as if broadcast to `to`: 0 along repeated axes.
inline std::array<Index, kMaxRank> broadcast_strides(const Shape& shape, const Shape& to) {
  std::array<Index, kMaxRank> strides{};
  Index stride = 1;
  const int extra = to.rank - shape.rank;
  for (int axis = shape.rank - 1; axis >= 0; --axis) {
    strides[static_cast<std::size_t>(axis + extra)] = shape[axis] == 1 ? 0 : stride;
    stride *= shape[axis];
  }
  return strides;
}

/// `shape` as four axes.
inline Shape with_leading_ones(const Shape& shape) {
  Shape full;
  for (int axis = shape.rank; axis < kMaxRank; ++axis) full.push_back(1);
  for (int axis = 0; axis < shape.rank; ++axis) full.push_back(shape[axis]);
  return full;
}

/// Two rows of n numbers, or a number repeated where the step is 0, and where their result goes.
struct RowPair {
  const Real* a;
  Index a_step;
  const Real* b;
  Index b_step;
  Real* out;
  Index n;
};

/// Calls row(f, pair) for every row along the last axis of `to`, of `a` and `b` broadcast to it. No template: most ops
/// have it, few of their calls need it.
void for_each_row(const Real* a, const Shape& a_shape, const Real* b, const Shape& b_shape, Real* out, const Shape& to,
                  void (*row)(const void* f, const RowPair& pair), const void* f);

/// out = f(a, b) with `a` and `b` broadcast to `to`. The last axis runs in the inner loop. `out` may be an operand that
/// has the full shape.
template <typename F>
void map_broadcast(const Real* a, const Shape& a_shape, const Real* b, const Shape& b_shape, Real* out, const Shape& to,
                   F f) {
  if (a_shape == to && b_shape == to) return map_pairs(a, b, out, to.size(), f);
  // A number on either side is by far the most frequent broadcast after a bias row.
  if (b_shape.size() == 1 && a_shape == to) return map_to_number(a, *b, out, to.size(), f);
  if (a_shape.size() == 1 && b_shape == to) return map_number_to(*a, b, out, to.size(), f);
  const auto row = [](const void* given, const RowPair& pair) {
    const F& g = *static_cast<const F*>(given);
    if (pair.a_step == 0 && pair.b_step == 0) {
      std::fill_n(pair.out, pair.n, g(*pair.a, *pair.b));
    } else if (pair.b_step == 0) {
      map_to_number(pair.a, *pair.b, pair.out, pair.n, g);
    } else if (pair.a_step == 0) {
      map_number_to(*pair.a, pair.b, pair.out, pair.n, g);
    } else {
      map_pairs(pair.a, pair.b, pair.out, pair.n, g);
    }
  };
  for_each_row(a, a_shape, b, b_shape, out, to, row, &f);
}

/// out = f(a, b, c) with all three broadcast to `to`. `out` may be an operand that has the full shape.
template <typename F>
void map_broadcast(const std::array<const Real*, 3>& in, const std::array<Shape, 3>& shapes, Real* out, const Shape& to,
                   F f) {
  const auto [a, b, c] = in;
  if (shapes[0] == to && shapes[1] == to && shapes[2] == to) {
    for (Index i = 0; i < to.size(); ++i) out[i] = f(a[i], b[i], c[i]);
    return;
  }
  const Shape full = with_leading_ones(to);
  const std::array<Index, kMaxRank> sa = broadcast_strides(shapes[0], full);
  const std::array<Index, kMaxRank> sb = broadcast_strides(shapes[1], full);
  const std::array<Index, kMaxRank> sc = broadcast_strides(shapes[2], full);
  for (Index i = 0; i < full[0]; ++i) {
    for (Index j = 0; j < full[1]; ++j) {
      for (Index k = 0; k < full[2]; ++k) {
        const Real* pa = a + i * sa[0] + j * sa[1] + k * sa[2];
        const Real* pb = b + i * sb[0] + j * sb[1] + k * sb[2];
        const Real* pc = c + i * sc[0] + j * sc[1] + k * sc[2];
        for (Index l = 0; l < full[3]; ++l) *out++ = f(pa[l * sa[3]], pb[l * sb[3]], pc[l * sc[3]]);
      }
    }
  }
}

}  // namespace athanor::kernels
