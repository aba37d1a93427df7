// Sums and means over axes.
#pragma once

#include <array>

#include "engine/ops/rules.h"

namespace athanor::ops {

ShapeRule reduce_shape;
Kernel sum_kernel;
Kernel mean_kernel;
GradientRule sum_gradient;
GradientRule mean_gradient;

inline constexpr std::array kReduceRows{
    OpRow{.op = Op::kSum,
          .name = "sum",
          .arity = 1,
          .shape = reduce_shape,
          .kernel = sum_kernel,
          .gradient = sum_gradient,
          .in_place = kNever,
          .cost = per_input_element,
          .onnx = {OnnxKind::kOperator, "ReduceSum"},
          .meaning = "the sum over some axes"},
    OpRow{.op = Op::kMean,
          .name = "mean",
          .arity = 1,
          .shape = reduce_shape,
          .kernel = mean_kernel,
          .gradient = mean_gradient,
          .in_place = kNever,
          .cost = per_input_element,
          .onnx = {OnnxKind::kOperator, "ReduceMean"},
          .meaning = "the mean over some axes"},
};

}  // namespace athanor::ops
