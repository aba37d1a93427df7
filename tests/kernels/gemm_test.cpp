// The matrix product against three loops in double, and what it promises of its bits.
#include "engine/kernels/gemm.h"

#include <algorithm>
#include <array>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <limits>
#include <vector>

#include "engine/core/random.h"
#include "engine/kernels/gemm_small.h"

using namespace athanor;

namespace {

using Values = std::vector<Real>;
using Doubles = std::vector<double>;

constexpr Real kUntouched = -77;

/// A product on random values, its matrices as parts of larger ones by `padding`.
struct Product {
  kernels::GemmShape shape;
  Values a;
  Values b;
  Values c;

  Product(const kernels::GemmShape& wanted, Index padding, std::uint32_t seed) : shape(wanted) {
    const bool ta = shape.transpose_a;
    const bool tb = shape.transpose_b;
    const Index columns_a = ta ? shape.m : shape.k;
    const Index columns_b = tb ? shape.k : shape.n;
    if (padding > 0) {
      shape.stride_a = columns_a + padding;
      shape.stride_b = columns_b + padding + 1;
      shape.stride_c = shape.n + padding + 2;
    }
    Random random(seed, Stream::kInit);
    const auto fill = [&](Values& values, Index rows, Index stride) {
      values.resize(static_cast<std::size_t>(rows * stride));
      for (Real& value : values) value = random.uniform(-1, 1);
    };
    fill(a, ta ? shape.k : shape.m, columns_a + padding);
    fill(b, tb ? shape.n : shape.k, padding > 0 ? shape.stride_b : columns_b);
    c.assign(static_cast<std::size_t>(shape.m * stride_of_c()), kUntouched);
  }

  [[nodiscard]] Index stride_of_c() const { return shape.stride_c > 0 ? shape.stride_c : shape.n; }

  [[nodiscard]] double left(Index i, Index k) const {
    const Index stride = shape.stride_a > 0 ? shape.stride_a : (shape.transpose_a ? shape.m : shape.k);
    return a[static_cast<std::size_t>(shape.transpose_a ? k * stride + i : i * stride + k)];
  }
  [[nodiscard]] double right(Index k, Index j) const {
    const Index stride = shape.stride_b > 0 ? shape.stride_b : (shape.transpose_b ? shape.k : shape.n);
    return b[static_cast<std::size_t>(shape.transpose_b ? j * stride + k : k * stride + j)];
  }

  /// The largest error in units of what the rounding of so many additions may come to; infinite where something was
  /// written beside c.
  [[nodiscard]] double run() {
    kernels::gemm(shape, a.data(), b.data(), c.data());
    double worst = 0;
    const Index stride = stride_of_c();
    for (Index i = 0; i < shape.m; ++i) {
      for (Index j = 0; j < stride; ++j) {
        const auto got = static_cast<double>(c[static_cast<std::size_t>(i * stride + j)]);
        if (j >= shape.n) {
          if (got != kUntouched) return std::numeric_limits<double>::infinity();
          continue;
        }
        double sum = 0;
        double size = 0;
        for (Index k = 0; k < shape.k; ++k) {
          const double product = left(i, k) * right(k, j);
          sum += product;
          size += std::abs(product);
        }
        const double before = shape.accumulate ? kUntouched : 0.0;
        const double expected = before + static_cast<double>(shape.alpha) * sum;
        const double unit = (size + std::abs(before)) * static_cast<double>(std::numeric_limits<Real>::epsilon());
        worst = std::max(worst, std::abs(got - expected) / (unit * (2 + std::sqrt(static_cast<double>(shape.k)))));
      }
    }
    return worst;
  }
};

/// Runs every transposition of m x n x k, tight and as parts of larger matrices, written and added.
double worst_of(Index m, Index n, Index k) {
  double worst = 0;
  for (int variant = 0; variant < 16; ++variant) {
    Product product({.m = m,
                     .n = n,
                     .k = k,
                     .transpose_a = (variant & 1) != 0,
                     .transpose_b = (variant & 2) != 0,
                     .alpha = (variant & 8) != 0 ? Real{-0.5} : Real{1},
                     .accumulate = (variant & 8) != 0},
                    (variant & 4) != 0 ? 3 : 0, static_cast<std::uint32_t>(variant + 1));
    worst = std::max(worst, product.run());
  }
  return worst;
}

}  // namespace

TEST_CASE("gemm: every small shape is the product of three loops") {
  for (Index m = 1; m <= 20; ++m) {
    for (Index n = 1; n <= 20; ++n) {
      // All sums to length 4, then every third: tiles differ in rows and columns, not in depth.
      for (Index k = 1; k <= 20; k += k < 4 ? 1 : 3) {
        const double worst = worst_of(m, n, k);
        INFO(m << " x " << n << " x " << k);
        if (!(worst <= 1)) REQUIRE(worst <= 1);
      }
    }
  }
  SUCCEED();
}

TEST_CASE("gemm: large and odd shapes are the product of three loops") {
  constexpr std::array<std::array<Index, 3>, 9> kShapes{{{1, 1, 1000},
                                                         {1, 300, 257},
                                                         {300, 1, 255},
                                                         {33, 65, 513},
                                                         {65, 33, 256},
                                                         {129, 127, 31},
                                                         {10, 784, 10},
                                                         {784, 10, 32},
                                                         {11, 8, 600}}};
  for (const auto& [m, n, k] : kShapes) {
    INFO(m << " x " << n << " x " << k);
    CHECK(worst_of(m, n, k) <= 1);
  }
}

TEST_CASE("gemm: a product without sums is zero") {
  Values c(6, kUntouched);
  const Real nothing = 0;
  kernels::gemm({.m = 2, .n = 3, .k = 0}, &nothing, &nothing, c.data());
  CHECK(std::all_of(c.begin(), c.end(), [](Real value) { return value == 0; }));
}

TEST_CASE("gemm: an element has the same bits whatever stands beside it") {
  const Index k = 300;
  Product large({.m = 23, .n = 21, .k = k}, 0, 5);
  CHECK(large.run() <= 1);
  for (Index rows = 1; rows <= 12; ++rows) {
    Values c(static_cast<std::size_t>(rows * 21));
    kernels::gemm({.m = rows, .n = 21, .k = k}, large.a.data(), large.b.data(), c.data());
    CHECK(std::equal(c.begin(), c.end(), large.c.begin()));
  }
  for (Index columns = 1; columns <= 20; ++columns) {
    Values c(static_cast<std::size_t>(23 * columns));
    kernels::gemm({.m = 23, .n = columns, .k = k, .stride_b = 21}, large.a.data(), large.b.data(), c.data());
    bool is_same = true;
    for (Index i = 0; i < 23; ++i) {
      is_same = is_same && std::equal(c.begin() + i * columns, c.begin() + (i + 1) * columns, large.c.begin() + i * 21);
    }
    CHECK(is_same);
  }
}

TEST_CASE("gemm: small products have the bits of large ones") {
  for (const Index k : {Index{1}, Index{2}, Index{7}, Index{64}}) {
    for (const bool ta : {false, true}) {
      for (const bool tb : {false, true}) {
        // So many rows and columns that it is done by tiles; parts of it are not.
        constexpr Index kRows = 70;
        constexpr Index kColumns = 37;
        Product large({.m = kRows, .n = kColumns, .k = k, .transpose_a = ta, .transpose_b = tb}, 0, 8);
        REQUIRE_FALSE(kernels::is_small(kRows, kColumns, k));
        CHECK(large.run() <= 1);
        for (Index rows = 1; rows <= 11; ++rows) {
          for (Index columns = 1; rows * columns * k <= kernels::kMostProducts && columns <= 17; ++columns) {
            REQUIRE(kernels::is_small(rows, columns, k));
            Values c(static_cast<std::size_t>(rows * columns));
            kernels::gemm({.m = rows,
                           .n = columns,
                           .k = k,
                           .transpose_a = ta,
                           .transpose_b = tb,
                           .stride_a = ta ? kRows : k,
                           .stride_b = tb ? k : kColumns},
                          large.a.data(), large.b.data(), c.data());
            INFO(rows << " x " << columns << " x " << k << ", " << ta << tb);
            bool is_same = true;
            for (Index i = 0; i < rows; ++i) {
              is_same = is_same && std::equal(c.begin() + i * columns, c.begin() + (i + 1) * columns,
                                              large.c.begin() + i * kColumns);
            }
            if (!is_same) REQUIRE(is_same);
          }
        }
      }
    }
  }
}

TEST_CASE("gemm: NaN and infinity reach the sums they belong to, and no other") {
  for (const Index m : {Index{3}, Index{30}}) {
    Product product({.m = m, .n = 11, .k = 9}, 0, 2);
    product.a[9 + 4] = std::numeric_limits<Real>::quiet_NaN();
    product.b[2 * 11 + 10] = std::numeric_limits<Real>::infinity();
    kernels::gemm(product.shape, product.a.data(), product.b.data(), product.c.data());
    for (Index i = 0; i < m; ++i) {
      for (Index j = 0; j < 11; ++j) {
        const Real value = product.c[static_cast<std::size_t>(i * 11 + j)];
        if (i == 1) {
          CHECK(std::isnan(value));
        } else {
          CHECK(std::isinf(value) == (j == 10));
          CHECK(!std::isnan(value));
        }
      }
    }
  }
}
