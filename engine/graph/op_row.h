// One row per op: everything the engine knows about it. The table itself is put together in engine/ops/table.cpp, where
// a missing row or cell does not compile.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "engine/graph/graph.h"

namespace athanor {

class Builder;

/// What may differ from one run of a compiled graph to the next without compiling it again.
struct StepState {
  std::uint32_t seed = 0;
  std::uint64_t step = 0;
};

/// One kernel call with everything resolved: the executor runs a flat list of these.
struct KernelCall {
  void (*kernel)(const KernelCall&) = nullptr;
  Real* out = nullptr;
  std::array<const Real*, kMaxInputs> in{};
  Shape out_shape;
  std::array<Shape, kMaxInputs> in_shapes{};
  Attributes attributes;
  const StepState* state = nullptr;
  NodeId node = kNoNode;
  Op op = Op::kInput;
};

// The cells that are functions. Families declare theirs by these types: `Kernel add_kernel;`.

/// Shapes in, shape out. Throws kShapeMismatch saying what came and what was expected.
using ShapeRule = Shape(std::span<const Shape> inputs, const Attributes& attributes);

/// Fills call.out from call.in. Outputs never overlap inputs except where the row permits it.
using Kernel = void(const KernelCall& call);

/// A kernel that does this very call, to the bit, without asking about its shapes: half of what a small one takes. Null
/// where there is none.
using KernelChoice = Kernel*(const KernelCall& call);

/// The gradients towards the inputs of `node`, given the gradient towards its output; appended to the graph as ops.
/// kNoNode where `wanted` is false or the op has no gradient towards that input.
using InputGradients = std::array<NodeId, kMaxInputs>;
using GradientRule = InputGradients(Builder& graph, NodeId node, NodeId upstream, std::span<const bool> wanted);

struct Cost {
  double flops = 0;  // multiply-add counts as two
  double bytes = 0;  // read and written
};
using CostRule = Cost(std::span<const Shape> inputs, const Shape& output);

/// How a call can be done in parts: units of its output that do not depend on one another, so that each comes out in
/// the same bits whatever others are made in the same call.
struct Division {
  /// How many units a call has; 1 when it cannot be divided.
  Index (*units)(const KernelCall& call) = nullptr;
  /// The call becomes the one that makes `count` units from `first` on. An input that would be overwritten by other
  /// units before it is read must not be, which holds where units read none but their own part of what they may
  /// overwrite.
  void (*narrow)(KernelCall& call, Index first, Index count) = nullptr;
};

/// How ONNX expresses the op. `kComposed`: by several ONNX nodes, the text says which; `kNone`: said out loud.
enum class OnnxKind : std::uint8_t { kUnset, kOperator, kComposed, kGraphInput, kInitializer, kNone };
struct OnnxMapping {
  OnnxKind kind = OnnxKind::kUnset;
  std::string_view text;
};

/// Which inputs the output may overwrite (bit k for input k) when nobody needs them later.
inline constexpr std::uint8_t kInPlaceUnset = 0xFF;
inline constexpr std::uint8_t kNever = 0;
inline constexpr std::uint8_t kFirst = 1;
inline constexpr std::uint8_t kSecond = 2;
inline constexpr std::uint8_t kFirstOrSecond = 3;
inline constexpr std::uint8_t kAnyInput = 7;

struct OpRow {
  Op op;
  std::string_view name;
  int arity = -1;
  ShapeRule* shape = nullptr;  // broadcast, reshape and leaves take theirs from the builder
  Kernel* kernel = nullptr;
  KernelChoice* kernel_for = nullptr;
  GradientRule* gradient = nullptr;  // no_gradient where there is none
  std::uint8_t in_place = kInPlaceUnset;
  const Division* division = nullptr;  // kWhole where it is never divided (engine/ops/division.h)
  CostRule* cost = nullptr;
  OnnxMapping onnx;
  std::string_view meaning;
};

/// The row of an op (engine/ops/table.cpp).
[[nodiscard]] const OpRow& row(Op op);

/// What a call whose inputs and shapes are complete is best done by.
[[nodiscard]] Kernel* kernel_for(const KernelCall& call);

/// Gradient cell of ops that pass nothing back: leaves, masks.
GradientRule no_gradient;

}  // namespace athanor
