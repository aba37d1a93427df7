// Convolution and pooling of images laid out (batch, height, width, channels). One-dimensional ones have a height of 1.
#pragma once

#include <array>

#include "engine/ops/division.h"
#include "engine/ops/rules.h"

namespace athanor::ops {

ShapeRule convolution_shape;
ShapeRule transposed_convolution_shape;
ShapeRule convolution_weight_grad_shape;
ShapeRule pool_shape;
ShapeRule max_pool_grad_shape;
ShapeRule max_pool_pick_shape;
ShapeRule average_pool_grad_shape;
Kernel convolution_kernel;
Kernel transposed_convolution_kernel;
Kernel convolution_weight_grad_kernel;
Kernel max_pool_kernel;
Kernel max_pool_grad_kernel;
Kernel max_pool_pick_kernel;
Kernel average_pool_kernel;
Kernel average_pool_grad_kernel;
GradientRule convolution_gradient;
GradientRule transposed_convolution_gradient;
GradientRule convolution_weight_grad_gradient;
GradientRule max_pool_gradient;
GradientRule max_pool_grad_gradient;
GradientRule max_pool_pick_gradient;
GradientRule average_pool_gradient;
GradientRule average_pool_grad_gradient;
CostRule convolution_cost;
CostRule transposed_convolution_cost;
CostRule convolution_weight_grad_cost;
CostRule pool_cost;

inline constexpr std::array kConvolutionRows{
    OpRow{.op = Op::kConvolution,
          .name = "convolution",
          .arity = 2,
          .shape = convolution_shape,
          .kernel = convolution_kernel,
          .gradient = convolution_gradient,
          .in_place = kNever,
          .division = &kBatchOfFirst,
          .cost = convolution_cost,
          .onnx = {OnnxKind::kComposed, "Transpose to channels first, Conv, Transpose back"},
          .meaning = "(B, H, W, C) with filters (KH, KW, C / groups, F) = (B, OH, OW, F): sums under a moving window"},
    OpRow{.op = Op::kTransposedConvolution,
          .name = "transposed_convolution",
          .arity = 2,
          .shape = transposed_convolution_shape,
          .kernel = transposed_convolution_kernel,
          .gradient = transposed_convolution_gradient,
          .in_place = kNever,
          .division = &kBatchOfFirst,
          .cost = transposed_convolution_cost,
          .onnx = {OnnxKind::kComposed, "Transpose to channels first, ConvTranspose, Transpose back"},
          .meaning = "(B, OH, OW, F) with the filters of a convolution = (B, H, W, C): what flows back to its input"},
    OpRow{.op = Op::kConvolutionWeightGrad,
          .name = "convolution_weight_grad",
          .arity = 2,
          .shape = convolution_weight_grad_shape,
          .kernel = convolution_weight_grad_kernel,
          .gradient = convolution_weight_grad_gradient,
          .in_place = kNever,
          .division = &kFilters,
          .cost = convolution_weight_grad_cost,
          .onnx = {OnnxKind::kNone, "only in gradients"},
          .meaning = "what flows back to a convolution's filters, from its input and the gradient of its output"},
    OpRow{.op = Op::kMaxPool,
          .name = "max_pool",
          .arity = 1,
          .shape = pool_shape,
          .kernel = max_pool_kernel,
          .gradient = max_pool_gradient,
          .in_place = kNever,
          .division = &kBatch,
          .cost = pool_cost,
          .onnx = {OnnxKind::kComposed, "Transpose to channels first, MaxPool, Transpose back"},
          .meaning = "the largest value under a moving window, channel by channel; padding takes no part"},
    OpRow{.op = Op::kMaxPoolGrad,
          .name = "max_pool_grad",
          .arity = 2,
          .shape = max_pool_grad_shape,
          .kernel = max_pool_grad_kernel,
          .gradient = max_pool_grad_gradient,
          .in_place = kNever,
          .division = &kBatch,
          .cost = pool_cost,
          .onnx = {OnnxKind::kNone, "only in gradients"},
          .meaning = "each gradient to the first place under its window that holds the largest value"},
    OpRow{.op = Op::kMaxPoolPick,
          .name = "max_pool_pick",
          .arity = 2,
          .shape = max_pool_pick_shape,
          .kernel = max_pool_pick_kernel,
          .gradient = max_pool_pick_gradient,
          .in_place = kNever,
          .division = &kBatch,
          .cost = pool_cost,
          .onnx = {OnnxKind::kNone, "only in gradients"},
          .meaning = "from a second tensor what stands where the first has the largest value under each window"},
    OpRow{.op = Op::kAveragePool,
          .name = "average_pool",
          .arity = 1,
          .shape = pool_shape,
          .kernel = average_pool_kernel,
          .gradient = average_pool_gradient,
          .in_place = kNever,
          .division = &kBatch,
          .cost = pool_cost,
          .onnx = {OnnxKind::kComposed,
                   "Transpose to channels first, AveragePool with count_include_pad, Transpose back"},
          .meaning = "the mean under a moving window, channel by channel; padding counts as zeros"},
    OpRow{.op = Op::kAveragePoolGrad,
          .name = "average_pool_grad",
          .arity = 1,
          .shape = average_pool_grad_shape,
          .kernel = average_pool_grad_kernel,
          .gradient = average_pool_grad_gradient,
          .in_place = kNever,
          .division = &kBatch,
          .cost = pool_cost,
          .onnx = {OnnxKind::kNone, "only in gradients"},
          .meaning = "each gradient in equal shares to all places under its window"},
};

}  // namespace athanor::ops
