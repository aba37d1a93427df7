// A register-blocked product in the manner of Goto & van de Geijn ("Anatomy of high-performance matrix multiplication",
// 2008): a panel of b is packed on the stack, a tile of c stays in registers while the sums run. Eigen 3.4 has no wasm
// vectors and takes heap memory for large products; the figures of both are in tests/bench/README.md.
#include "engine/kernels/gemm.h"

#include <algorithm>
#include <array>

#include "engine/kernels/gemm_small.h"
#include "engine/kernels/gemm_tile.h"
#include "engine/kernels/transpose.h"

namespace athanor::kernels {
namespace {

using simd::kLanes;
using simd::Vector;
using tile::kTileColumns;
using tile::kTileRows;
using tile::put;
using tile::tile_product;

constexpr Index kPanelDepth = 256;
// A panel stays in the nearest cache beside a tile's rows of a: 16 KiB of floats, at full depth two tiles of four
// lanes, which fill whole lines of c.
constexpr Index kPanelSize = kPanelDepth * kTileColumns * 2;
// Up to so many rows of the result packing b costs more than it saves.
constexpr Index kDirectRows = 2 * kTileRows;

/// Copies b[depth, width] as rows of a tile; missing columns are zeros.
ATHANOR_SMALL void pack(const View& b, Index depth, Index width, Real* packed) {
  const bool is_full = width == kTileColumns;
  const Real* from = b.data;
  if (is_full && b.column_stride == 1) {
    for (Index k = 0; k < depth; ++k, from += b.row_stride, packed += kTileColumns) {
      simd::store(packed, simd::load(from));
      simd::store(packed + kLanes, simd::load(from + kLanes));
    }
    return;
  }
  Index k = 0;  // rows copied so far
  if (b.row_stride == 1) {
    k = depth / kTurned * kTurned;
    transpose(from, b.column_stride, width, k, packed, kTileColumns, kTileColumns);
    from += k;
    packed += k * kTileColumns;
  }
  for (; k < depth; ++k, from += b.row_stride, packed += kTileColumns) {
    simd::store(packed, Vector{});
    simd::store(packed + kLanes, Vector{});
    for (Index j = 0; j < width; ++j) packed[j] = from[j * b.column_stride];
  }
}

using TileProduct = void (*)(const View&, const Real*, Index, Index, Real*);
constexpr std::array<TileProduct, 7> kTileProducts{
    nullptr,
    tile_product<1>,
    tile_product<2>,
    tile_product<3>,
    tile_product<4>,
    tile_product<5>,
    kTileRows > 5 ? tile_product<std::max<Index>(kTileRows, 5)> : nullptr};

/// Where the tiles of a panel of b lie: the first, from one to the next, and the rows of each `stride` apart.
struct Tiles {
  const Real* first;
  Index step;
  Index stride;
};

/// c[rows, columns] = alpha * a[rows, depth] * panel (+ c).
ATHANOR_SMALL void row_of_tiles(const View& a, Index rows, const Tiles& tiles, Index depth, Index columns, Target c) {
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-member-init): the product fills it
  alignas(64) std::array<Real, kTileRows * kTileColumns> sums;
  const TileProduct product = kTileProducts[static_cast<std::size_t>(rows)];
  const Real* tile = tiles.first;
  for (Index column = 0; column < columns; column += kTileColumns, tile += tiles.step, c.data += kTileColumns) {
    product(a, tile, tiles.stride, depth, sums.data());
    put(sums.data(), rows, std::min(kTileColumns, columns - column), c);
    if (c.bias != nullptr) c.bias += kTileColumns;
  }
}

ATHANOR_SMALL void large_product(const Product& product) {
  const auto& [left, right, m, n, k, whole] = product;
  const Index row_tiles = (m + kTileRows - 1) / kTileRows;
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-member-init): pack() fills what is read; zeroing it at every call costs
  alignas(64) std::array<Real, kPanelSize> packed;
  Index depth_at = 0;
  do {  // once at least: a product without sums is zero
    const Index depth = std::min(kPanelDepth, k - depth_at);
    const Index most = kPanelSize / std::max<Index>(depth, 1) / kTileColumns * kTileColumns;
    for (Index column = 0, columns = 0; column < n; column += columns) {
      columns = n - column;
      const View panel = right.at(depth_at, column);
      Tiles tiles{.first = packed.data(), .step = kTileColumns * depth, .stride = kTileColumns};
      if (m <= kDirectRows && right.column_stride == 1 && columns >= kTileColumns) {
        columns -= columns % kTileColumns;
        tiles = {.first = panel.data, .step = kTileColumns, .stride = right.row_stride};
      } else {
        columns = std::min(most, columns);
        for (Index at = 0; at < columns; at += kTileColumns) {
          pack(panel.at(0, at), depth, std::min(kTileColumns, columns - at), packed.data() + at * depth);
        }
      }
      Target target = whole;
      target.data += column;
      target.accumulate = whole.accumulate || depth_at > 0;
      const bool is_last = depth_at + depth >= k;
      target.bias = is_last && whole.bias != nullptr ? whole.bias + column : nullptr;
      for (Index row = 0, i = 0; i < row_tiles; ++i) {
        const Index rows = m / row_tiles + (i < m % row_tiles ? 1 : 0);  // as equal in number as can be
        row_of_tiles(left.at(row, depth_at), rows, tiles, depth, columns, target);
        target.data += rows * whole.stride;
        row += rows;
      }
    }
    depth_at += kPanelDepth;
  } while (depth_at < k);
}

}  // namespace

namespace tile {

ATHANOR_SMALL void put(const Real* sums, Index rows, Index width, const Target& c) {
  Real* to = c.data;
  for (Index i = 0; i < rows; ++i, to += c.stride, sums += kTileColumns) {
    if (width == kTileColumns) {
      Vector first = c.alpha * simd::load(sums);
      Vector second = c.alpha * simd::load(sums + kLanes);
      if (c.accumulate) {
        first = simd::load(to) + first;
        second = simd::load(to + kLanes) + second;
      }
      if (c.bias != nullptr) {
        first += simd::load(c.bias);
        second += simd::load(c.bias + kLanes);
      }
      simd::store(to, first);
      simd::store(to + kLanes, second);
    } else {
      for (Index j = 0; j < width; ++j) {
        to[j] = c.accumulate ? to[j] + c.alpha * sums[j] : c.alpha * sums[j];
        if (c.bias != nullptr) to[j] += c.bias[j];
      }
    }
  }
}

}  // namespace tile

ATHANOR_SMALL void gemm(const GemmShape& shape, const Real* a, const Real* b, Real* c) {
  multiply(product_of(shape, a, b, c));
}

void multiply(const Product& product) {
  if (is_small(product.m, product.n, product.k)) {
    small_product(product);
  } else {
    large_product(product);
  }
}

}  // namespace athanor::kernels
