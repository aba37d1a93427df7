// Activations made of pieces: straight lines, or a line and an exponential.
#pragma once

#include <array>

#include "engine/ops/division.h"
#include "engine/ops/rules.h"

namespace athanor::ops {

/// Elementwise; alpha is not negative, so that the sign of the output tells that of the input.
ShapeRule elu_shape;

Kernel leaky_relu_kernel;
Kernel leaky_relu_grad_kernel;
Kernel elu_kernel;
Kernel elu_grad_kernel;
Kernel hard_sigmoid_kernel;
Kernel hard_swish_kernel;

GradientRule leaky_relu_gradient;
GradientRule leaky_relu_grad_gradient;
GradientRule elu_gradient;
GradientRule elu_grad_gradient;
GradientRule hard_sigmoid_gradient;
GradientRule hard_swish_gradient;

inline constexpr std::array kRectifierRows{
    OpRow{.op = Op::kLeakyRelu,
          .name = "leaky_relu",
          .arity = 1,
          .shape = same_shape,
          .kernel = leaky_relu_kernel,
          .gradient = leaky_relu_gradient,
          .in_place = kFirst,
          .division = &kElementwise,
          .cost = per_element<2>,
          .onnx = {OnnxKind::kOperator, "LeakyRelu"},
          .meaning = "x where x > 0, else x times a fixed slope"},
    OpRow{.op = Op::kLeakyReluGrad,
          .name = "leaky_relu_grad",
          .arity = 2,
          .shape = equal_shapes,
          .kernel = leaky_relu_grad_kernel,
          .gradient = leaky_relu_grad_gradient,
          .in_place = kFirstOrSecond,
          .division = &kElementwise,
          .cost = per_element<2>,
          .onnx = {OnnxKind::kComposed, "Greater, Mul, Where"},
          .meaning =
              "the gradient through leaky_relu(x), from x, or from the output where the slope is not negative, and the "
              "gradient towards the output: dy where the first is above 0, else dy * slope"},
    OpRow{.op = Op::kElu,
          .name = "elu",
          .arity = 1,
          .shape = elu_shape,
          .kernel = elu_kernel,
          .gradient = elu_gradient,
          .in_place = kFirst,
          .division = &kElementwise,
          .cost = per_element<8>,
          .onnx = {OnnxKind::kOperator, "Elu"},
          .meaning = "x where x > 0, else alpha * (exp(x) - 1) (Clevert et al. 2015)"},
    OpRow{.op = Op::kEluGrad,
          .name = "elu_grad",
          .arity = 2,
          .shape = elu_shape,
          .kernel = elu_grad_kernel,
          .gradient = elu_grad_gradient,
          .in_place = kFirstOrSecond,
          .division = &kElementwise,
          .cost = per_element<2>,
          .onnx = {OnnxKind::kComposed, "Greater, Add, Mul, Where"},
          .meaning = "the gradient through y = elu(x), from y and the gradient towards y: dy where y > 0, else dy * (y "
                     "+ alpha)"},
    OpRow{.op = Op::kHardSigmoid,
          .name = "hard_sigmoid",
          .arity = 1,
          .shape = same_shape,
          .kernel = hard_sigmoid_kernel,
          .gradient = hard_sigmoid_gradient,
          .in_place = kFirst,
          .division = &kElementwise,
          .cost = per_element<3>,
          .onnx = {OnnxKind::kOperator, "HardSigmoid(alpha=1/6, beta=1/2)"},
          .meaning = "(x + 3) / 6, but no less than 0 and no more than 1"},
    OpRow{.op = Op::kHardSwish,
          .name = "hard_swish",
          .arity = 1,
          .shape = same_shape,
          .kernel = hard_swish_kernel,
          .gradient = hard_swish_gradient,
          .in_place = kFirst,
          .division = &kElementwise,
          .cost = per_element<4>,
          .onnx = {OnnxKind::kOperator, "HardSwish"},
          .meaning = "x * hard_sigmoid(x) (Howard et al. 2019)"},
};

}  // namespace athanor::ops
