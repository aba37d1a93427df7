// Ops that do the work of several in one pass. Simplifying makes them (engine/graph/fuse.h); models need not.
#pragma once

#include <array>

#include "engine/ops/division.h"
#include "engine/ops/rules.h"

namespace athanor::ops {

/// The shape of x. The bias has that of x's last axes.
ShapeRule bias_activation_shape;

Kernel bias_activation_kernel;

GradientRule bias_activation_gradient;

inline constexpr std::array kFusedRows{
    OpRow{.op = Op::kBiasActivation,
          .name = "bias_activation",
          .arity = 2,
          .shape = bias_activation_shape,
          .kernel = bias_activation_kernel,
          .gradient = bias_activation_gradient,
          .in_place = kFirstOrSecond,
          .division = &kElementwise,
          .cost = per_element<5>,
          .onnx = {OnnxKind::kComposed, "Add, then Relu, LeakyRelu, Elu, Sigmoid or Tanh"},
          .meaning = "f(x + bias) with f one of relu, leaky_relu, elu, sigmoid and tanh; the bias repeats along the "
                     "first axes of x"},
};

}  // namespace athanor::ops
