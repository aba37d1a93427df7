// Activations, and the two-input ops their gradients are made of.
#pragma once

#include <array>

#include "engine/ops/division.h"
#include "engine/ops/rules.h"

namespace athanor::ops {

Kernel sigmoid_kernel;
Kernel sigmoid_grad_kernel;
Kernel tanh_kernel;
Kernel tanh_grad_kernel;
Kernel relu_kernel;
Kernel relu_grad_kernel;
Kernel softmax_kernel;
Kernel softsign_kernel;

GradientRule sigmoid_gradient;
GradientRule sigmoid_grad_gradient;
GradientRule tanh_gradient;
GradientRule tanh_grad_gradient;
GradientRule relu_gradient;
GradientRule relu_grad_gradient;
GradientRule softmax_gradient;
GradientRule softsign_gradient;

CostRule softmax_cost;

inline constexpr std::array kActivationRows{
    OpRow{.op = Op::kSigmoid,
          .name = "sigmoid",
          .arity = 1,
          .shape = same_shape,
          .kernel = sigmoid_kernel,
          .gradient = sigmoid_gradient,
          .in_place = kFirst,
          .division = &kElementwise,
          .cost = per_element<4>,
          .onnx = {OnnxKind::kOperator, "Sigmoid"},
          .meaning = "1 / (1 + exp(-x))"},
    OpRow{.op = Op::kSigmoidGrad,
          .name = "sigmoid_grad",
          .arity = 2,
          .shape = equal_shapes,
          .kernel = sigmoid_grad_kernel,
          .gradient = sigmoid_grad_gradient,
          .in_place = kFirstOrSecond,
          .division = &kElementwise,
          .cost = per_element<3>,
          .onnx = {OnnxKind::kComposed, "Mul, Sub"},
          .meaning = "the gradient through y = sigmoid(x), from y and the gradient towards y: dy * y * (1 - y)"},
    OpRow{.op = Op::kTanh,
          .name = "tanh",
          .arity = 1,
          .shape = same_shape,
          .kernel = tanh_kernel,
          .gradient = tanh_gradient,
          .in_place = kFirst,
          .division = &kElementwise,
          .cost = per_element<4>,
          .onnx = {OnnxKind::kOperator, "Tanh"},
          .meaning = "(exp(x) - exp(-x)) / (exp(x) + exp(-x))"},
    OpRow{.op = Op::kTanhGrad,
          .name = "tanh_grad",
          .arity = 2,
          .shape = equal_shapes,
          .kernel = tanh_grad_kernel,
          .gradient = tanh_grad_gradient,
          .in_place = kFirstOrSecond,
          .division = &kElementwise,
          .cost = per_element<3>,
          .onnx = {OnnxKind::kComposed, "Mul, Sub"},
          .meaning = "the gradient through y = tanh(x), from y and the gradient towards y: dy * (1 - y * y)"},
    OpRow{.op = Op::kRelu,
          .name = "relu",
          .arity = 1,
          .shape = same_shape,
          .kernel = relu_kernel,
          .gradient = relu_gradient,
          .in_place = kFirst,
          .division = &kElementwise,
          .cost = per_element<1>,
          .onnx = {OnnxKind::kOperator, "Relu"},
          .meaning = "max(x, 0)"},
    OpRow{.op = Op::kReluGrad,
          .name = "relu_grad",
          .arity = 2,
          .shape = equal_shapes,
          .kernel = relu_grad_kernel,
          .gradient = relu_grad_gradient,
          .in_place = kFirstOrSecond,
          .division = &kElementwise,
          .cost = per_element<1>,
          .onnx = {OnnxKind::kComposed, "Greater, Where"},
          .meaning = "the gradient through y = relu(x), from y and the gradient towards y: dy where y > 0, else 0"},
    OpRow{.op = Op::kSoftmax,
          .name = "softmax",
          .arity = 1,
          .shape = rows_shape,
          .kernel = softmax_kernel,
          .gradient = softmax_gradient,
          .in_place = kFirst,
          .division = &kRows,
          .cost = softmax_cost,
          .onnx = {OnnxKind::kOperator, "Softmax"},
          .meaning = "exp(x) / sum(exp(x)) over the last axis"},
    OpRow{.op = Op::kSoftsign,
          .name = "softsign",
          .arity = 1,
          .shape = same_shape,
          .kernel = softsign_kernel,
          .gradient = softsign_gradient,
          .in_place = kFirst,
          .division = &kElementwise,
          .cost = per_element<3>,
          .onnx = {OnnxKind::kOperator, "Softsign"},
          .meaning = "x / (1 + |x|): tanh that nears its bounds slowly (Bergstra et al. 2009)"},
};

}  // namespace athanor::ops
