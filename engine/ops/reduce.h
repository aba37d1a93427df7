// Sums, means and extremes over axes.
#pragma once

#include <array>

#include "engine/ops/division.h"
#include "engine/ops/rules.h"

namespace athanor::ops {

ShapeRule reduce_shape;
ShapeRule argmax_shape;
KernelChoice sum_kernel_for;
KernelChoice mean_kernel_for;
Kernel sum_kernel;
Kernel mean_kernel;
Kernel max_kernel;
Kernel min_kernel;
Kernel argmax_kernel;
GradientRule sum_gradient;
GradientRule mean_gradient;
GradientRule extreme_gradient;

inline constexpr std::array kReduceRows{
    OpRow{.op = Op::kSum,
          .name = "sum",
          .arity = 1,
          .shape = reduce_shape,
          .kernel = sum_kernel,
          .kernel_for = sum_kernel_for,
          .gradient = sum_gradient,
          .in_place = kNever,
          .division = &kReduction,
          .cost = per_input_element,
          .onnx = {OnnxKind::kOperator, "ReduceSum"},
          .meaning = "the sum over some axes"},
    OpRow{.op = Op::kMean,
          .name = "mean",
          .arity = 1,
          .shape = reduce_shape,
          .kernel = mean_kernel,
          .kernel_for = mean_kernel_for,
          .gradient = mean_gradient,
          .in_place = kNever,
          .division = &kReduction,
          .cost = per_input_element,
          .onnx = {OnnxKind::kOperator, "ReduceMean"},
          .meaning = "the mean over some axes"},
    OpRow{.op = Op::kMax,
          .name = "max",
          .arity = 1,
          .shape = reduce_shape,
          .kernel = max_kernel,
          .gradient = extreme_gradient,
          .in_place = kNever,
          .division = &kReduction,
          .cost = per_input_element,
          .onnx = {OnnxKind::kOperator, "ReduceMax"},
          .meaning = "the largest over some axes; equal ones share the gradient"},
    OpRow{.op = Op::kMin,
          .name = "min",
          .arity = 1,
          .shape = reduce_shape,
          .kernel = min_kernel,
          .gradient = extreme_gradient,
          .in_place = kNever,
          .division = &kReduction,
          .cost = per_input_element,
          .onnx = {OnnxKind::kOperator, "ReduceMin"},
          .meaning = "the smallest over some axes; equal ones share the gradient"},
    OpRow{.op = Op::kArgmax,
          .name = "argmax",
          .arity = 1,
          .shape = argmax_shape,
          .kernel = argmax_kernel,
          .gradient = no_gradient,
          .in_place = kNever,
          .division = &kAlongAxis,
          .cost = per_input_element,
          .onnx = {OnnxKind::kComposed, "ArgMax, Cast"},
          .meaning = "the position of the largest along an axis, the first of equal ones; exact up to 2^24 in float"},
};

}  // namespace athanor::ops
