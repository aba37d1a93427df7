// Rows of a table chosen by index, and the gradient that adds up what comes back to them.
#pragma once

#include <array>

#include "engine/ops/division.h"
#include "engine/ops/rules.h"

namespace athanor::ops {

ShapeRule gather_shape;
ShapeRule gather_grad_shape;
Kernel gather_kernel;
Kernel gather_grad_kernel;
GradientRule gather_gradient;
GradientRule gather_grad_gradient;
CostRule gather_cost;
CostRule gather_grad_cost;

inline constexpr std::array kGatherRows{
    OpRow{.op = Op::kGather,
          .name = "gather",
          .arity = 2,
          .shape = gather_shape,
          .kernel = gather_kernel,
          .gradient = gather_gradient,
          .in_place = kNever,
          .division = &kWhole,
          .cost = gather_cost,
          .onnx = {OnnxKind::kOperator, "Gather"},
          .meaning =
              "row index[...] of a table (V, D) for every index: an embedding; an index outside the table is an error"},
    OpRow{
        .op = Op::kGatherGrad,
        .name = "gather_grad",
        .arity = 2,
        .shape = gather_grad_shape,
        .kernel = gather_grad_kernel,
        .gradient = gather_grad_gradient,
        .in_place = kNever,
        .division = &kWhole,
        .cost = gather_grad_cost,
        .onnx = {OnnxKind::kComposed, "ConstantOfShape, ScatterND(reduction=add)"},
        .meaning = "the gradient through gather towards the table, from the indices and the gradient towards the rows"},
};

}  // namespace athanor::ops
