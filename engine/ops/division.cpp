#include "engine/ops/division.h"

#include <algorithm>

#include "engine/kernels/gemm_tile.h"

namespace athanor::ops {
namespace {

Index first_axis(const KernelCall& call) { return call.out_shape.rank == 0 ? 1 : call.out_shape[0]; }

Index one(const KernelCall& /*call*/) { return 1; }

void stay(KernelCall& /*call*/, Index /*first*/, Index /*count*/) {}

template <typename Pointer>
void take(Pointer& data, Shape& shape, Index first, Index count) {
  data += first * (shape.size() / shape[0]);
  shape[0] = count;
}

void take_input(KernelCall& call, std::size_t k, Index first, Index count) {
  take(call.in[k], call.in_shapes[k], first, count);
}

void take_output(KernelCall& call, Index first, Index count) { take(call.out, call.out_shape, first, count); }

void narrow_elementwise(KernelCall& call, Index first, Index count) {
  for (std::size_t k = 0; k < kMaxInputs; ++k) {
    const Shape& shape = call.in_shapes[k];
    if (call.in[k] == nullptr || shape.rank < call.out_shape.rank || shape[0] < call.out_shape[0]) continue;
    take_input(call, k, first, count);
  }
  take_output(call, first, count);
}

void narrow_batch(KernelCall& call, Index first, Index count) {
  for (std::size_t k = 0; k < kMaxInputs && call.in[k] != nullptr; ++k) take_input(call, k, first, count);
  take_output(call, first, count);
}

void narrow_batch_of_first(KernelCall& call, Index first, Index count) {
  take_input(call, 0, first, count);
  take_output(call, first, count);
}

/// The rows of a matrix of rank 1 are its only one.
Index rows(const KernelCall& call) { return call.out_shape.rank < 2 ? 1 : call.out_shape[0]; }

Index kept_rows(const KernelCall& call) { return (call.attributes.axes & 1U) != 0 ? 1 : first_axis(call); }

Index rows_across(const KernelCall& call) { return call.attributes.axis == 0 ? 1 : first_axis(call); }

/// Columns of a product that are taken together: some tiles of the kernel, in any build.
constexpr Index kProductColumns = 16;

/// Whether a product is divided by its columns: where it has few rows, as each part by rows would pack all of b, which
/// costs as much as three rows of the result do. With fewer still nothing is packed (kernels/gemm).
bool is_by_columns(const KernelCall& call) {
  constexpr Index kLeastRows = 64;
  const Shape& out = call.out_shape;
  return out.rank == 2 && out[0] >= kLeastRows && out[0] < out[1];
}

Index product_units(const KernelCall& call) {
  return is_by_columns(call) ? (call.out_shape[1] + kProductColumns - 1) / kProductColumns : first_axis(call);
}

/// Columns of the result are columns of b, or rows where it is stored transposed, and of a bias. The shape of b stays:
/// it says how far apart the rows of both lie.
void narrow_columns(KernelCall& call, Index first, Index count) {
  call.in[1] += first * (call.attributes.transpose_b ? call.in_shapes[1][1] : 1);
  if (call.in[2] != nullptr) call.in[2] += first;
  call.out += first;
  call.out_shape[1] = count;
}

/// Rows of the result are rows of a, or columns where it is stored transposed: then it keeps its shape, which says how
/// far apart its rows lie.
void narrow_product(KernelCall& call, Index first, Index count) {
  if (call.out_shape.rank > 2) {
    narrow_elementwise(call, first, count);
    return;
  }
  if (is_by_columns(call)) {
    const Index column = first * kProductColumns;
    narrow_columns(call, column, std::min(count * kProductColumns, call.out_shape[1] - column));
    return;
  }
  if (call.attributes.transpose_a) {
    call.in[0] += first;
  } else {
    take_input(call, 0, first, count);
  }
  take_output(call, first, count);
}

/// Filters of one tile of the product that sums their gradients.
constexpr Index kTileFilters = kernels::tile::kTileColumns;

Index filter_units(const KernelCall& call) {
  return call.attributes.window.groups == 1 ? (call.out_shape[3] + kTileFilters - 1) / kTileFilters : 1;
}

/// The second input keeps its shape, which says how far apart the rows of both lie.
void narrow_filters(KernelCall& call, Index first, Index count) {
  const Index filter = first * kTileFilters;
  call.in[1] += filter;
  call.out += filter;
  call.out_shape[3] = std::min(count * kTileFilters, call.out_shape[3] - filter);
}

}  // namespace

const Division kWhole{.units = one, .narrow = stay};
const Division kElementwise{.units = first_axis, .narrow = narrow_elementwise};
const Division kRows{.units = rows, .narrow = narrow_batch};
const Division kBatch{.units = first_axis, .narrow = narrow_batch};
const Division kBatchOfFirst{.units = first_axis, .narrow = narrow_batch_of_first};
const Division kReduction{.units = kept_rows, .narrow = narrow_batch_of_first};
const Division kAlongAxis{.units = rows_across, .narrow = narrow_batch};
const Division kFilters{.units = filter_units, .narrow = narrow_filters};
const Division kProduct{.units = product_units, .narrow = narrow_product};

}  // namespace athanor::ops
