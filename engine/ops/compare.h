// Comparisons, 1 where they hold and else 0 (also against NaN), and the choice between two tensors by a third.
#pragma once

#include <array>

#include "engine/ops/division.h"
#include "engine/ops/rules.h"

namespace athanor::ops {

Kernel equal_kernel;
Kernel greater_kernel;
Kernel greater_equal_kernel;
Kernel less_kernel;
Kernel where_kernel;

GradientRule where_gradient;

inline constexpr std::array kCompareRows{
    OpRow{.op = Op::kEqual,
          .name = "equal",
          .arity = 2,
          .shape = broadcast_shapes,
          .kernel = equal_kernel,
          .gradient = no_gradient,
          .in_place = kFirstOrSecond,
          .division = &kElementwise,
          .cost = per_element<1>,
          .onnx = {OnnxKind::kComposed, "Equal, Cast"},
          .meaning = "1 where a = b, else 0"},
    OpRow{.op = Op::kGreater,
          .name = "greater",
          .arity = 2,
          .shape = broadcast_shapes,
          .kernel = greater_kernel,
          .gradient = no_gradient,
          .in_place = kFirstOrSecond,
          .division = &kElementwise,
          .cost = per_element<1>,
          .onnx = {OnnxKind::kComposed, "Greater, Cast"},
          .meaning = "1 where a > b, else 0"},
    OpRow{.op = Op::kGreaterEqual,
          .name = "greater_equal",
          .arity = 2,
          .shape = broadcast_shapes,
          .kernel = greater_equal_kernel,
          .gradient = no_gradient,
          .in_place = kFirstOrSecond,
          .division = &kElementwise,
          .cost = per_element<1>,
          .onnx = {OnnxKind::kComposed, "GreaterOrEqual, Cast"},
          .meaning = "1 where a >= b, else 0"},
    OpRow{.op = Op::kLess,
          .name = "less",
          .arity = 2,
          .shape = broadcast_shapes,
          .kernel = less_kernel,
          .gradient = no_gradient,
          .in_place = kFirstOrSecond,
          .division = &kElementwise,
          .cost = per_element<1>,
          .onnx = {OnnxKind::kComposed, "Less, Cast"},
          .meaning = "1 where a < b, else 0"},
    OpRow{.op = Op::kWhere,
          .name = "where",
          .arity = 3,
          .shape = broadcast_shapes,
          .kernel = where_kernel,
          .gradient = where_gradient,
          .in_place = kAnyInput,
          .division = &kElementwise,
          .cost = per_element<1>,
          .onnx = {OnnxKind::kComposed, "Cast, Where"},
          .meaning = "the second input where the first is not 0, else the third"},
};

}  // namespace athanor::ops
