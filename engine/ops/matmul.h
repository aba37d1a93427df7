// Matrix product, also of stacks of matrices.
#pragma once

#include <array>

#include "engine/ops/division.h"
#include "engine/ops/rules.h"

namespace athanor::ops {

ShapeRule matmul_shape;
Kernel matmul_kernel;
GradientRule matmul_gradient;
CostRule matmul_cost;

inline constexpr std::array kMatmulRows{
    OpRow{
        .op = Op::kMatmul,
        .name = "matmul",
        .arity = 2,
        .shape = matmul_shape,
        .kernel = matmul_kernel,
        .gradient = matmul_gradient,
        .in_place = kNever,
        .division = &kProduct,
        .cost = matmul_cost,
        .onnx = {OnnxKind::kComposed, "Transpose of what is stored transposed, MatMul"},
        .meaning =
            "(..., M, K) x (..., K, N) = (..., M, N); leading axes broadcast, either operand may be stored transposed"},
};

}  // namespace athanor::ops
