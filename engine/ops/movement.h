// Ops that place values without computing new ones. Broadcast and reshape get their shape from the builder.
#pragma once

#include <array>

#include "engine/ops/division.h"
#include "engine/ops/rules.h"

namespace athanor::ops {

ShapeRule permute_shape;
ShapeRule slice_shape;
ShapeRule pad_shape;
ShapeRule concat_shape;
Kernel permute_kernel;
Kernel slice_kernel;
Kernel pad_kernel;
Kernel concat_kernel;
GradientRule permute_gradient;
GradientRule slice_gradient;
GradientRule pad_gradient;
GradientRule concat_gradient;
CostRule moved_cost;
Kernel broadcast_kernel;
Kernel reshape_kernel;
GradientRule broadcast_gradient;
GradientRule reshape_gradient;

inline constexpr std::array kMovementRows{
    OpRow{.op = Op::kBroadcast,
          .name = "broadcast",
          .arity = 1,
          .shape = same_shape,
          .kernel = broadcast_kernel,
          .gradient = broadcast_gradient,
          .in_place = kNever,
          .division = &kElementwise,
          .cost = per_element<0>,
          .onnx = {OnnxKind::kOperator, "Expand"},
          .meaning = "repeats along axes of size 1 and along new leading axes"},
    OpRow{.op = Op::kReshape,
          .name = "reshape",
          .arity = 1,
          .shape = same_shape,
          .kernel = reshape_kernel,
          .gradient = reshape_gradient,
          .in_place = kFirst,
          .division = &kWhole,
          .cost = per_element<0>,
          .onnx = {OnnxKind::kOperator, "Reshape"},
          .meaning = "the same values in the same order under another shape"},
    OpRow{.op = Op::kPermute,
          .name = "permute",
          .arity = 1,
          .shape = permute_shape,
          .kernel = permute_kernel,
          .gradient = permute_gradient,
          .in_place = kNever,
          .division = &kWhole,
          .cost = per_element<0>,
          .onnx = {OnnxKind::kOperator, "Transpose"},
          .meaning = "axes in another order: axis k of the output is axis order[k] of the input"},
    OpRow{.op = Op::kSlice,
          .name = "slice",
          .arity = 1,
          .shape = slice_shape,
          .kernel = slice_kernel,
          .gradient = slice_gradient,
          .in_place = kNever,
          .division = &kAlongAxis,
          .cost = moved_cost,
          .onnx = {OnnxKind::kOperator, "Slice"},
          .meaning = "positions start to start + length of an axis"},
    OpRow{.op = Op::kPad,
          .name = "pad",
          .arity = 1,
          .shape = pad_shape,
          .kernel = pad_kernel,
          .gradient = pad_gradient,
          .in_place = kNever,
          .division = &kAlongAxis,
          .cost = per_element<0>,
          .onnx = {OnnxKind::kOperator, "Pad"},
          .meaning =
              "zeros before and after along an axis, length positions in all, of which the tensor begins at start"},
    OpRow{.op = Op::kConcat,
          .name = "concat",
          .arity = 2,
          .shape = concat_shape,
          .kernel = concat_kernel,
          .gradient = concat_gradient,
          .in_place = kNever,
          .division = &kAlongAxis,
          .cost = per_element<0>,
          .onnx = {OnnxKind::kOperator, "Concat"},
          .meaning = "one tensor behind the other along an axis"},
};

}  // namespace athanor::ops
