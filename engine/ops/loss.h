// Losses per element or per row. The targets are data: nothing flows back to them but through squared_error.
#pragma once

#include <array>

#include "engine/ops/rules.h"

namespace athanor::ops {

ShapeRule row_loss_shape;
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
          .cost = softmax_cross_entropy_cost,
          .onnx = {OnnxKind::kComposed, "LogSoftmax, Mul, ReduceSum"},
          .meaning = "cross-entropy of softmax(logits) against rows of targets that sum to 1, per row"},
};

}  // namespace athanor::ops
