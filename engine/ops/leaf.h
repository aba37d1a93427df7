// Leaves: tensors whose values come from outside the graph.
#pragma once

#include <array>

#include "engine/ops/division.h"
#include "engine/ops/rules.h"

namespace athanor::ops {

Kernel constant_kernel;

inline constexpr std::array kLeafRows{
    OpRow{.op = Op::kInput,
          .name = "input",
          .arity = 0,
          .shape = leaf_shape,
          .kernel = no_kernel,
          .gradient = no_gradient,
          .in_place = kNever,
          .division = &kWhole,
          .cost = free_of_cost,
          .onnx = {OnnxKind::kGraphInput, "input"},
          .meaning = "data handed in for each run: features, targets"},
    OpRow{.op = Op::kParameter,
          .name = "parameter",
          .arity = 0,
          .shape = leaf_shape,
          .kernel = no_kernel,
          .gradient = no_gradient,
          .in_place = kNever,
          .division = &kWhole,
          .cost = free_of_cost,
          .onnx = {OnnxKind::kInitializer, "initializer"},
          .meaning = "a tensor that training changes"},
    OpRow{.op = Op::kConstant,
          .name = "constant",
          .arity = 0,
          .shape = leaf_shape,
          .kernel = constant_kernel,
          .gradient = no_gradient,
          .in_place = kNever,
          .division = &kWhole,
          .cost = free_of_cost,
          .onnx = {OnnxKind::kOperator, "ConstantOfShape"},
          .meaning = "one value everywhere"},
};

}  // namespace athanor::ops
