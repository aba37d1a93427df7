// Losses per element or per row. The targets are data: nothing flows back to them but through the losses of a
// difference (squared, absolute, Huber, log-cosh), whose two sides are alike.
#pragma once

#include <array>

#include "engine/ops/division.h"
#include "engine/ops/rules.h"

namespace athanor::ops {

ShapeRule row_loss_shape;
ShapeRule huber_shape;
Kernel absolute_error_kernel;
Kernel huber_kernel;
Kernel log_cosh_kernel;
Kernel hinge_kernel;
Kernel kl_divergence_kernel;
GradientRule absolute_error_gradient;
GradientRule huber_gradient;
GradientRule log_cosh_gradient;
GradientRule hinge_gradient;
GradientRule kl_divergence_gradient;
Kernel squared_error_kernel;
Kernel sigmoid_cross_entropy_kernel;
Kernel softmax_cross_entropy_kernel;
GradientRule squared_error_gradient;
GradientRule sigmoid_cross_entropy_gradient;
GradientRule softmax_cross_entropy_gradient;
CostRule softmax_cross_entropy_cost;

inline constexpr std::array kLossRows{
    OpRow{.op = Op::kSquaredError,
          .name = "squared_error",
          .arity = 2,
          .shape = equal_shapes,
          .kernel = squared_error_kernel,
          .gradient = squared_error_gradient,
          .in_place = kFirstOrSecond,
          .division = &kElementwise,
          .cost = per_element<2>,
          .onnx = {OnnxKind::kComposed, "Sub, Mul"},
          .meaning = "(prediction - target) squared, per element"},
    OpRow{.op = Op::kSigmoidCrossEntropy,
          .name = "sigmoid_cross_entropy",
          .arity = 2,
          .shape = equal_shapes,
          .kernel = sigmoid_cross_entropy_kernel,
          .gradient = sigmoid_cross_entropy_gradient,
          .in_place = kFirstOrSecond,
          .division = &kElementwise,
          .cost = per_element<8>,
          .onnx = {OnnxKind::kComposed, "Relu, Mul, Softplus"},
          .meaning = "binary cross-entropy of sigmoid(logits) against targets in [0, 1], per element"},
    OpRow{.op = Op::kSoftmaxCrossEntropy,
          .name = "softmax_cross_entropy",
          .arity = 2,
          .shape = row_loss_shape,
          .kernel = softmax_cross_entropy_kernel,
          .gradient = softmax_cross_entropy_gradient,
          .in_place = kNever,
          .division = &kBatch,
          .cost = softmax_cross_entropy_cost,
          .onnx = {OnnxKind::kComposed, "LogSoftmax, Mul, ReduceSum"},
          .meaning = "cross-entropy of softmax(logits) against rows of targets that sum to 1, per row"},
    OpRow{.op = Op::kAbsoluteError,
          .name = "absolute_error",
          .arity = 2,
          .shape = equal_shapes,
          .kernel = absolute_error_kernel,
          .gradient = absolute_error_gradient,
          .in_place = kFirstOrSecond,
          .division = &kElementwise,
          .cost = per_element<2>,
          .onnx = {OnnxKind::kComposed, "Sub, Abs"},
          .meaning = "|prediction - target|, per element"},
    OpRow{.op = Op::kHuber,
          .name = "huber",
          .arity = 2,
          .shape = huber_shape,
          .kernel = huber_kernel,
          .gradient = huber_gradient,
          .in_place = kFirstOrSecond,
          .division = &kElementwise,
          .cost = per_element<5>,
          .onnx = {OnnxKind::kComposed, "Sub, Abs, Less, Mul, Where"},
          .meaning = "with d = prediction - target: d * d / 2 where |d| <= delta, else delta * (|d| - delta / 2)"},
    OpRow{.op = Op::kLogCosh,
          .name = "log_cosh",
          .arity = 2,
          .shape = equal_shapes,
          .kernel = log_cosh_kernel,
          .gradient = log_cosh_gradient,
          .in_place = kFirstOrSecond,
          .division = &kElementwise,
          .cost = per_element<24>,
          .onnx = {OnnxKind::kComposed, "Sub, Abs, Softplus, Add"},
          .meaning = "log(cosh(prediction - target)), per element, without overflow"},
    OpRow{.op = Op::kHinge,
          .name = "hinge",
          .arity = 2,
          .shape = equal_shapes,
          .kernel = hinge_kernel,
          .gradient = hinge_gradient,
          .in_place = kFirstOrSecond,
          .division = &kElementwise,
          .cost = per_element<3>,
          .onnx = {OnnxKind::kComposed, "Mul, Sub, Relu"},
          .meaning = "max(0, 1 - prediction * target) for targets -1 and 1, per element"},
    OpRow{.op = Op::kKlDivergence,
          .name = "kl_divergence",
          .arity = 2,
          .shape = row_loss_shape,
          .kernel = kl_divergence_kernel,
          .gradient = kl_divergence_gradient,
          .in_place = kNever,
          .division = &kBatch,
          .cost = softmax_cross_entropy_cost,
          .onnx = {OnnxKind::kComposed, "LogSoftmax, Log, Sub, Mul, ReduceSum"},
          .meaning = "sum(target * (log(target) - log_softmax(logits))) with 0 log 0 = 0, against rows of targets that "
                     "sum to 1, per row"},
};

}  // namespace athanor::ops
