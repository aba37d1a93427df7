// Elementwise arithmetic. Two operands broadcast as in numpy; gradients sum back over repeated axes.
#pragma once

#include <array>

#include "engine/ops/division.h"
#include "engine/ops/rules.h"

namespace athanor::ops {

Kernel add_kernel;
Kernel subtract_kernel;
Kernel multiply_kernel;
Kernel divide_kernel;
Kernel negate_kernel;
Kernel square_kernel;
Kernel scale_kernel;

GradientRule add_gradient;
GradientRule subtract_gradient;
GradientRule multiply_gradient;
GradientRule divide_gradient;
GradientRule negate_gradient;
GradientRule square_gradient;
GradientRule scale_gradient;

inline constexpr std::array kElementwiseRows{
    OpRow{.op = Op::kAdd,
          .name = "add",
          .arity = 2,
          .shape = broadcast_shapes,
          .kernel = add_kernel,
          .gradient = add_gradient,
          .in_place = kFirstOrSecond,
          .division = &kElementwise,
          .cost = per_element<1>,
          .onnx = {OnnxKind::kOperator, "Add"},
          .meaning = "a + b"},
    OpRow{.op = Op::kSubtract,
          .name = "subtract",
          .arity = 2,
          .shape = broadcast_shapes,
          .kernel = subtract_kernel,
          .gradient = subtract_gradient,
          .in_place = kFirstOrSecond,
          .division = &kElementwise,
          .cost = per_element<1>,
          .onnx = {OnnxKind::kOperator, "Sub"},
          .meaning = "a - b"},
    OpRow{.op = Op::kMultiply,
          .name = "multiply",
          .arity = 2,
          .shape = broadcast_shapes,
          .kernel = multiply_kernel,
          .gradient = multiply_gradient,
          .in_place = kFirstOrSecond,
          .division = &kElementwise,
          .cost = per_element<1>,
          .onnx = {OnnxKind::kOperator, "Mul"},
          .meaning = "a * b, element by element"},
    OpRow{.op = Op::kDivide,
          .name = "divide",
          .arity = 2,
          .shape = broadcast_shapes,
          .kernel = divide_kernel,
          .gradient = divide_gradient,
          .in_place = kFirstOrSecond,
          .division = &kElementwise,
          .cost = per_element<1>,
          .onnx = {OnnxKind::kOperator, "Div"},
          .meaning = "a / b"},
    OpRow{.op = Op::kNegate,
          .name = "negate",
          .arity = 1,
          .shape = same_shape,
          .kernel = negate_kernel,
          .gradient = negate_gradient,
          .in_place = kFirst,
          .division = &kElementwise,
          .cost = per_element<1>,
          .onnx = {OnnxKind::kOperator, "Neg"},
          .meaning = "-x"},
    OpRow{.op = Op::kSquare,
          .name = "square",
          .arity = 1,
          .shape = same_shape,
          .kernel = square_kernel,
          .gradient = square_gradient,
          .in_place = kFirst,
          .division = &kElementwise,
          .cost = per_element<1>,
          .onnx = {OnnxKind::kComposed, "Mul(x, x)"},
          .meaning = "x * x"},
    OpRow{.op = Op::kScale,
          .name = "scale",
          .arity = 1,
          .shape = same_shape,
          .kernel = scale_kernel,
          .gradient = scale_gradient,
          .in_place = kFirst,
          .division = &kElementwise,
          .cost = per_element<1>,
          .onnx = {OnnxKind::kComposed, "Mul(x, factor)"},
          .meaning = "x times a fixed number"},
};

}  // namespace athanor::ops
