// A register-blocked product in the manner of Goto & van de Geijn ("Anatomy of high-performance matrix multiplication",
// 2008): a panel of b is packed on the stack, a tile of c stays in registers while the sums run. Eigen 3.4 has no wasm
// vectors and takes heap memory for large products; the figures of both are in tests/bench/README.md.
#include "engine/kernels/gemm.h"

#include <algorithm>
#include <array>

#include "engine/kernels/simd.h"

namespace athanor::kernels {
namespace {

using simd::kLanes;
using simd::Vector;

constexpr Index kTileRows = 6;  // 6 x 2 accumulators and 3 more values fit the 16 registers of x86-64
constexpr Index kTileVectors = 2;
constexpr Index kTileColumns = kTileVectors * kLanes;
constexpr Index kPanelDepth = 256;
constexpr Index kPanelColumns = 64;  // a panel of 256 x 64 floats is 64 KiB: within the second cache

/// Where a matrix's element (row, column) stands: data[row * row_stride + column * column_stride].
struct View {
  const Real* data;
  Index row_stride;
  Index column_stride;
};

/// Copies b[depth, columns] tile by tile: for each tile of columns, its rows one after another; missing columns are
/// zeros.
void pack(const View& b, Index depth, Index columns, Real* packed) {
  for (Index tile = 0; tile < columns; tile += kTileColumns) {
    const Index width = std::min(kTileColumns, columns - tile);
    const Real* from = b.data + tile * b.column_stride;
    for (Index k = 0; k < depth; ++k, packed += kTileColumns, from += b.row_stride) {
      for (Index j = 0; j < width; ++j) packed[j] = from[j * b.column_stride];
      for (Index j = width; j < kTileColumns; ++j) packed[j] = 0;
    }
  }
}

/// c[Rows, width] = (accumulate ? c : 0) + a[Rows, depth] * packed tile.
template <Index Rows>
void tile_product(const View& a, const Real* packed, Index depth, Real* c, Index c_stride, Index width,
                  bool accumulate) {
  std::array<std::array<Vector, kTileVectors>, Rows> sums{};
  const Real* left = a.data;
  for (Index k = 0; k < depth; ++k, left += a.column_stride, packed += kTileColumns) {
    const Vector b0 = simd::load(packed);
    const Vector b1 = simd::load(packed + kLanes);
    for (Index i = 0; i < Rows; ++i) {
      const Vector value = simd::splat(left[i * a.row_stride]);
      sums[i][0] = simd::multiply_add(value, b0, sums[i][0]);
      sums[i][1] = simd::multiply_add(value, b1, sums[i][1]);
    }
  }
  for (Index i = 0; i < Rows; ++i, c += c_stride) {
    std::array<Real, kTileColumns> row{};
    simd::store(row.data(), sums[i][0]);
    simd::store(row.data() + kLanes, sums[i][1]);
    if (accumulate) {
      for (Index j = 0; j < width; ++j) c[j] += row[j];
    } else {
      for (Index j = 0; j < width; ++j) c[j] = row[j];
    }
  }
}

using TileProduct = void (*)(const View&, const Real*, Index, Real*, Index, Index, bool);
constexpr std::array<TileProduct, kTileRows + 1> kTileProducts{
    nullptr, tile_product<1>, tile_product<2>, tile_product<3>, tile_product<4>, tile_product<5>, tile_product<6>};

}  // namespace

void gemm(const GemmShape& shape, const Real* a, const Real* b, Real* c) {
  const auto [m, n, k, transpose_a, transpose_b] = shape;
  const View left{.data = a, .row_stride = transpose_a ? 1 : k, .column_stride = transpose_a ? m : 1};
  const View right{.data = b, .row_stride = transpose_b ? 1 : n, .column_stride = transpose_b ? k : 1};
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-member-init): pack() fills what is read; zeroing 64 KiB a call costs
  alignas(64) std::array<Real, kPanelDepth * kPanelColumns> packed;
  for (Index depth_at = 0; depth_at < k; depth_at += kPanelDepth) {
    const Index depth = std::min(kPanelDepth, k - depth_at);
    for (Index panel_at = 0; panel_at < n; panel_at += kPanelColumns) {
      const Index columns = std::min(kPanelColumns, n - panel_at);
      const View panel{.data = right.data + depth_at * right.row_stride + panel_at * right.column_stride,
                       .row_stride = right.row_stride,
                       .column_stride = right.column_stride};
      pack(panel, depth, columns, packed.data());
      for (Index row = 0; row < m; row += kTileRows) {
        const Index rows = std::min(kTileRows, m - row);
        const View tile{.data = left.data + row * left.row_stride + depth_at * left.column_stride,
                        .row_stride = left.row_stride,
                        .column_stride = left.column_stride};
        for (Index column = 0; column < columns; column += kTileColumns) {
          kTileProducts[static_cast<std::size_t>(rows)](tile, packed.data() + column * depth, depth,
                                                        c + row * n + panel_at + column, n,
                                                        std::min(kTileColumns, columns - column), depth_at > 0);
        }
      }
    }
  }
}

}  // namespace athanor::kernels
