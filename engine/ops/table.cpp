// The table of all ops, put together from the families and checked while compiling.
#include <cstddef>

#include "engine/graph/op_row.h"
#include "engine/ops/activation.h"
#include "engine/ops/attention.h"
#include "engine/ops/compare.h"
#include "engine/ops/convolution.h"
#include "engine/ops/elementwise.h"
#include "engine/ops/fused.h"
#include "engine/ops/gather.h"
#include "engine/ops/leaf.h"
#include "engine/ops/loss.h"
#include "engine/ops/math.h"
#include "engine/ops/matmul.h"
#include "engine/ops/movement.h"
#include "engine/ops/random.h"
#include "engine/ops/rectifier.h"
#include "engine/ops/reduce.h"
#include "engine/ops/smooth_activation.h"

namespace athanor {
namespace {

using Table = std::array<OpRow, kOpCount>;

template <std::size_t... Sizes>
constexpr Table gather(const std::array<OpRow, Sizes>&... families) {
  Table table{};
  const auto place = [&table](const auto& family) {
    for (const OpRow& op_row : family) table[static_cast<std::size_t>(op_row.op)] = op_row;
  };
  (place(families), ...);
  return table;
}

template <std::size_t... Sizes>
constexpr std::size_t row_count(const std::array<OpRow, Sizes>&... /*families*/) {
  return (Sizes + ...);
}

constexpr bool is_complete(const Table& table) {
  for (std::size_t i = 0; i < table.size(); ++i) {
    const OpRow& op_row = table[i];
    if (static_cast<std::size_t>(op_row.op) != i || op_row.name.empty() || op_row.arity < 0 ||
        op_row.arity > kMaxInputs || op_row.shape == nullptr || op_row.kernel == nullptr ||
        op_row.gradient == nullptr || op_row.in_place == kInPlaceUnset || op_row.division == nullptr ||
        op_row.cost == nullptr || op_row.onnx.kind == OnnxKind::kUnset || op_row.onnx.text.empty() ||
        op_row.meaning.empty()) {
      return false;
    }
  }
  return true;
}

/// Every family once: the table is put together and counted from this one list.
template <typename F>
constexpr auto with_families(F f) {
  return f(ops::kLeafRows, ops::kElementwiseRows, ops::kMathRows, ops::kCompareRows, ops::kActivationRows,
           ops::kRectifierRows, ops::kSmoothActivationRows, ops::kFusedRows, ops::kMatmulRows, ops::kConvolutionRows,
           ops::kAttentionRows, ops::kReduceRows, ops::kMovementRows, ops::kGatherRows, ops::kLossRows,
           ops::kRandomRows);
}

constexpr Table kTable = with_families([](const auto&... families) { return gather(families...); });

static_assert(with_families([](const auto&... families) { return row_count(families...); }) == kOpCount,
              "every op has exactly one row");
static_assert(is_complete(kTable), "an op lacks its row or a cell of it; say no_gradient or OnnxKind::kNone out loud");

}  // namespace

const OpRow& row(Op op) { return kTable[static_cast<std::size_t>(op)]; }

Kernel* kernel_for(const KernelCall& call) {
  const OpRow& op_row = row(call.op);
  Kernel* const chosen = op_row.kernel_for == nullptr ? nullptr : op_row.kernel_for(call);
  return chosen == nullptr ? op_row.kernel : chosen;
}

InputGradients no_gradient(Builder& /*graph*/, NodeId /*node*/, NodeId /*upstream*/, std::span<const bool> /*wanted*/) {
  return {kNoNode, kNoNode, kNoNode};
}

}  // namespace athanor
