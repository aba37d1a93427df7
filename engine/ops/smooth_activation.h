// Activations that are smooth everywhere, and log-softmax.
#pragma once

#include <array>

#include "engine/ops/division.h"
#include "engine/ops/rules.h"

namespace athanor::ops {

Kernel gelu_kernel;
Kernel gelu_grad_kernel;
Kernel gelu_tanh_kernel;
Kernel gelu_tanh_grad_kernel;
Kernel silu_kernel;
Kernel silu_grad_kernel;
Kernel softplus_kernel;
Kernel log_softmax_kernel;

GradientRule gelu_gradient;
GradientRule gelu_grad_gradient;
GradientRule gelu_tanh_gradient;
GradientRule gelu_tanh_grad_gradient;
GradientRule silu_gradient;
GradientRule silu_grad_gradient;
GradientRule softplus_gradient;
GradientRule log_softmax_gradient;

inline constexpr std::array kSmoothActivationRows{
    OpRow{.op = Op::kGelu,
          .name = "gelu",
          .arity = 1,
          .shape = same_shape,
          .kernel = gelu_kernel,
          .gradient = gelu_gradient,
          .in_place = kFirst,
          .division = &kElementwise,
          .cost = per_element<16>,
          .onnx = {OnnxKind::kOperator, "Gelu"},
          .meaning = "x * Phi(x) with the normal distribution's Phi, by the error function (Hendrycks & Gimpel 2016)"},
    OpRow{.op = Op::kGeluGrad,
          .name = "gelu_grad",
          .arity = 2,
          .shape = equal_shapes,
          .kernel = gelu_grad_kernel,
          .gradient = gelu_grad_gradient,
          .in_place = kFirstOrSecond,
          .division = &kElementwise,
          .cost = per_element<24>,
          .onnx = {OnnxKind::kComposed, "Erf, Exp, Mul, Add"},
          .meaning = "the gradient through gelu(x), from x and the gradient towards it: dy * (Phi(x) + x * phi(x))"},
    OpRow{.op = Op::kGeluTanh,
          .name = "gelu_tanh",
          .arity = 1,
          .shape = same_shape,
          .kernel = gelu_tanh_kernel,
          .gradient = gelu_tanh_gradient,
          .in_place = kFirst,
          .division = &kElementwise,
          .cost = per_element<16>,
          .onnx = {OnnxKind::kOperator, "Gelu(approximate=tanh)"},
          .meaning = "x / 2 * (1 + tanh(sqrt(2 / pi) * (x + 0.044715 x^3))): within 5e-4 of gelu"},
    OpRow{.op = Op::kGeluTanhGrad,
          .name = "gelu_tanh_grad",
          .arity = 2,
          .shape = equal_shapes,
          .kernel = gelu_tanh_grad_kernel,
          .gradient = gelu_tanh_grad_gradient,
          .in_place = kFirstOrSecond,
          .division = &kElementwise,
          .cost = per_element<24>,
          .onnx = {OnnxKind::kComposed, "Tanh, Mul, Add"},
          .meaning = "the gradient through gelu_tanh(x), from x and the gradient towards it"},
    OpRow{.op = Op::kSilu,
          .name = "silu",
          .arity = 1,
          .shape = same_shape,
          .kernel = silu_kernel,
          .gradient = silu_gradient,
          .in_place = kFirst,
          .division = &kElementwise,
          .cost = per_element<8>,
          .onnx = {OnnxKind::kComposed, "Sigmoid, Mul"},
          .meaning = "x * sigmoid(x), also called swish (Elfwing et al. 2018)"},
    OpRow{.op = Op::kSiluGrad,
          .name = "silu_grad",
          .arity = 2,
          .shape = equal_shapes,
          .kernel = silu_grad_kernel,
          .gradient = silu_grad_gradient,
          .in_place = kFirstOrSecond,
          .division = &kElementwise,
          .cost = per_element<12>,
          .onnx = {OnnxKind::kComposed, "Sigmoid, Mul, Add"},
          .meaning = "the gradient through silu(x), from x and the gradient towards it: dy * s * (1 + x * (1 - s)) "
                     "with s = sigmoid(x)"},
    OpRow{.op = Op::kSoftplus,
          .name = "softplus",
          .arity = 1,
          .shape = same_shape,
          .kernel = softplus_kernel,
          .gradient = softplus_gradient,
          .in_place = kFirst,
          .division = &kElementwise,
          .cost = per_element<16>,
          .onnx = {OnnxKind::kOperator, "Softplus"},
          .meaning = "log(1 + exp(x)), without overflow"},
    OpRow{.op = Op::kLogSoftmax,
          .name = "log_softmax",
          .arity = 1,
          .shape = rows_shape,
          .kernel = log_softmax_kernel,
          .gradient = log_softmax_gradient,
          .in_place = kFirst,
          .division = &kRows,
          .cost = per_element<8>,
          .onnx = {OnnxKind::kOperator, "LogSoftmax"},
          .meaning = "x - log(sum(exp(x))) over the last axis"},
};

}  // namespace athanor::ops
