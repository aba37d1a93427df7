// What transformers are made of: rows normalised, and attention of several heads. Both compute in one pass what other
// ops could express too; the gradients of their gradients are put together from those.
#pragma once

#include <array>

#include "engine/ops/division.h"
#include "engine/ops/rules.h"

namespace athanor::ops {

ShapeRule attention_shape;
ShapeRule attention_query_grad_shape;
ShapeRule attention_key_grad_shape;
ShapeRule normalize_grad_shape;
Kernel attention_kernel;
Kernel attention_query_grad_kernel;
Kernel attention_key_grad_kernel;
Kernel normalize_kernel;
Kernel normalize_grad_kernel;
GradientRule attention_gradient;
GradientRule attention_query_grad_gradient;
GradientRule attention_key_grad_gradient;
GradientRule normalize_gradient;
GradientRule normalize_grad_gradient;
CostRule attention_cost;
CostRule attention_query_grad_cost;
CostRule attention_key_grad_cost;

inline constexpr std::array kAttentionRows{
    OpRow{.op = Op::kAttention,
          .name = "attention",
          .arity = 2,
          .shape = attention_shape,
          .kernel = attention_kernel,
          .gradient = attention_gradient,
          .in_place = kNever,
          .division = &kBatch,
          .cost = attention_cost,
          .onnx = {OnnxKind::kComposed, "Split, Reshape, Transpose, MatMul, Softmax, MatMul, Transpose, Reshape"},
          .meaning = "softmax(q k^T / sqrt(d)) v of several heads, q (B, Q, D), k and v side by side (B, K, 2D)"},
    OpRow{.op = Op::kAttentionQueryGrad,
          .name = "attention_query_grad",
          .arity = 3,
          .shape = attention_query_grad_shape,
          .kernel = attention_query_grad_kernel,
          .gradient = attention_query_grad_gradient,
          .in_place = kNever,
          .division = &kBatch,
          .cost = attention_query_grad_cost,
          .onnx = {OnnxKind::kNone, "only in gradients"},
          .meaning = "what flows back to the queries of attention"},
    OpRow{.op = Op::kAttentionKeyGrad,
          .name = "attention_key_grad",
          .arity = 3,
          .shape = attention_key_grad_shape,
          .kernel = attention_key_grad_kernel,
          .gradient = attention_key_grad_gradient,
          .in_place = kNever,
          .division = &kBatch,
          .cost = attention_key_grad_cost,
          .onnx = {OnnxKind::kNone, "only in gradients"},
          .meaning = "what flows back to the keys and values of attention"},
    OpRow{.op = Op::kNormalize,
          .name = "normalize",
          .arity = 1,
          .shape = rows_shape,
          .kernel = normalize_kernel,
          .gradient = normalize_gradient,
          .in_place = kFirst,
          .division = &kRows,
          .cost = per_element<8>,
          .onnx = {OnnxKind::kOperator, "LayerNormalization"},
          .meaning = "(x - mean) / sqrt(variance + value) over the last axis, the variance being the biased one"},
    OpRow{.op = Op::kNormalizeGrad,
          .name = "normalize_grad",
          .arity = 2,
          .shape = normalize_grad_shape,
          .kernel = normalize_grad_kernel,
          .gradient = normalize_grad_gradient,
          .in_place = kFirstOrSecond,
          .division = &kRows,
          .cost = per_element<14>,
          .onnx = {OnnxKind::kNone, "only in gradients"},
          .meaning = "what flows back through normalize"},
};

}  // namespace athanor::ops
