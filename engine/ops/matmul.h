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
ShapeRule linear_shape;
Kernel linear_kernel;
KernelChoice product_kernel_for;
GradientRule linear_gradient;

inline constexpr std::array kMatmulRows{
    OpRow{
        .op = Op::kMatmul,
        .name = "matmul",
        .arity = 2,
        .shape = matmul_shape,
        .kernel = matmul_kernel,
        .kernel_for = product_kernel_for,
        .gradient = matmul_gradient,
        .in_place = kNever,
        .division = &kProduct,
        .cost = matmul_cost,
        .onnx = {OnnxKind::kComposed, "Transpose of what is stored transposed, MatMul"},
        .meaning =
            "(..., M, K) x (..., K, N) = (..., M, N); leading axes broadcast, either operand may be stored transposed"},
    OpRow{
        .op = Op::kLinear,
        .name = "linear",
        .arity = 3,
        .shape = linear_shape,
        .kernel = linear_kernel,
        .kernel_for = product_kernel_for,
        .gradient = linear_gradient,
        .in_place = kNever,
        .division = &kProduct,
        .cost = matmul_cost,
        .onnx = {OnnxKind::kComposed, "Transpose of what is stored transposed, MatMul, Add"},
        .meaning = "(..., M, K) x (K, N) + (N) = (..., M, N) in one pass, either operand of the product as in matmul"},
};

}  // namespace athanor::ops
