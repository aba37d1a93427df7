// Elementwise functions of one tensor, and the larger or smaller of two.
#pragma once

#include <array>

#include "engine/ops/division.h"
#include "engine/ops/rules.h"

namespace athanor::ops {

ShapeRule clip_shape;

Kernel exp_kernel;
Kernel log_kernel;
Kernel sqrt_kernel;
Kernel abs_kernel;
Kernel sign_kernel;
Kernel power_kernel;
Kernel reciprocal_kernel;
Kernel maximum_kernel;
Kernel minimum_kernel;
Kernel clip_kernel;
Kernel clip_grad_kernel;

GradientRule exp_gradient;
GradientRule log_gradient;
GradientRule sqrt_gradient;
GradientRule abs_gradient;
GradientRule power_gradient;
GradientRule reciprocal_gradient;
GradientRule maximum_gradient;
GradientRule minimum_gradient;
GradientRule clip_gradient;
GradientRule clip_grad_gradient;

inline constexpr std::array kMathRows{
    OpRow{.op = Op::kExp,
          .name = "exp",
          .arity = 1,
          .shape = same_shape,
          .kernel = exp_kernel,
          .gradient = exp_gradient,
          .in_place = kFirst,
          .division = &kElementwise,
          .cost = per_element<8>,
          .onnx = {OnnxKind::kOperator, "Exp"},
          .meaning = "e to the power x"},
    OpRow{.op = Op::kLog,
          .name = "log",
          .arity = 1,
          .shape = same_shape,
          .kernel = log_kernel,
          .gradient = log_gradient,
          .in_place = kFirst,
          .division = &kElementwise,
          .cost = per_element<8>,
          .onnx = {OnnxKind::kOperator, "Log"},
          .meaning = "the natural logarithm; NaN below 0"},
    OpRow{.op = Op::kSqrt,
          .name = "sqrt",
          .arity = 1,
          .shape = same_shape,
          .kernel = sqrt_kernel,
          .gradient = sqrt_gradient,
          .in_place = kFirst,
          .division = &kElementwise,
          .cost = per_element<1>,
          .onnx = {OnnxKind::kOperator, "Sqrt"},
          .meaning = "the square root; NaN below 0"},
    OpRow{.op = Op::kAbs,
          .name = "abs",
          .arity = 1,
          .shape = same_shape,
          .kernel = abs_kernel,
          .gradient = abs_gradient,
          .in_place = kFirst,
          .division = &kElementwise,
          .cost = per_element<1>,
          .onnx = {OnnxKind::kOperator, "Abs"},
          .meaning = "the size without the sign; its gradient at 0 is 0"},
    OpRow{.op = Op::kSign,
          .name = "sign",
          .arity = 1,
          .shape = same_shape,
          .kernel = sign_kernel,
          .gradient = no_gradient,
          .in_place = kFirst,
          .division = &kElementwise,
          .cost = per_element<1>,
          .onnx = {OnnxKind::kOperator, "Sign"},
          .meaning = "-1, 0 or 1; NaN stays NaN"},
    OpRow{.op = Op::kPower,
          .name = "power",
          .arity = 1,
          .shape = same_shape,
          .kernel = power_kernel,
          .gradient = power_gradient,
          .in_place = kFirst,
          .division = &kElementwise,
          .cost = per_element<16>,
          .onnx = {OnnxKind::kOperator, "Pow"},
          .meaning = "x to the power of a fixed number"},
    OpRow{.op = Op::kReciprocal,
          .name = "reciprocal",
          .arity = 1,
          .shape = same_shape,
          .kernel = reciprocal_kernel,
          .gradient = reciprocal_gradient,
          .in_place = kFirst,
          .division = &kElementwise,
          .cost = per_element<1>,
          .onnx = {OnnxKind::kOperator, "Reciprocal"},
          .meaning = "1 / x"},
    OpRow{.op = Op::kMaximum,
          .name = "maximum",
          .arity = 2,
          .shape = broadcast_shapes,
          .kernel = maximum_kernel,
          .gradient = maximum_gradient,
          .in_place = kFirstOrSecond,
          .division = &kElementwise,
          .cost = per_element<1>,
          .onnx = {OnnxKind::kOperator, "Max"},
          .meaning = "the larger of a and b; both share the gradient where they are equal"},
    OpRow{.op = Op::kMinimum,
          .name = "minimum",
          .arity = 2,
          .shape = broadcast_shapes,
          .kernel = minimum_kernel,
          .gradient = minimum_gradient,
          .in_place = kFirstOrSecond,
          .division = &kElementwise,
          .cost = per_element<1>,
          .onnx = {OnnxKind::kOperator, "Min"},
          .meaning = "the smaller of a and b; both share the gradient where they are equal"},
    OpRow{.op = Op::kClip,
          .name = "clip",
          .arity = 1,
          .shape = clip_shape,
          .kernel = clip_kernel,
          .gradient = clip_gradient,
          .in_place = kFirst,
          .division = &kElementwise,
          .cost = per_element<2>,
          .onnx = {OnnxKind::kOperator, "Clip"},
          .meaning = "x, but no less than value and no more than limit"},
    OpRow{.op = Op::kClipGrad,
          .name = "clip_grad",
          .arity = 2,
          .shape = clip_shape,
          .kernel = clip_grad_kernel,
          .gradient = clip_grad_gradient,
          .in_place = kFirstOrSecond,
          .division = &kElementwise,
          .cost = per_element<2>,
          .onnx = {OnnxKind::kComposed, "GreaterOrEqual, LessOrEqual, And, Where"},
          .meaning = "the gradient through clip(x), from x and the gradient towards clip(x): dy where value <= x <= "
                     "limit, else 0"},
};

}  // namespace athanor::ops
