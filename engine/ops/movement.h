// Ops that place values without computing new ones. Their shape comes from the builder.
#pragma once

#include <array>

#include "engine/ops/rules.h"

namespace athanor::ops {

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
          .cost = per_element<0>,
          .onnx = {OnnxKind::kOperator, "Reshape"},
          .meaning = "the same values in the same order under another shape"},
};

}  // namespace athanor::ops
