// The operations a graph can hold. Each has one row in the table (op_row.h says what a row holds).
#pragma once

#include <cstdint>

namespace athanor {

enum class Op : std::uint8_t {
  // leaves
  kInput,
  kParameter,
  kConstant,
  // elementwise arithmetic, with broadcasting
  kAdd,
  kSubtract,
  kMultiply,
  kDivide,
  kNegate,
  kSquare,
  kScale,
  kExp,
  kLog,
  kSqrt,
  kAbs,
  kSign,
  kPower,
  kReciprocal,
  kMaximum,
  kMinimum,
  kClip,
  kClipGrad,
  // comparisons (1 where they hold, else 0) and the choice by one, with broadcasting
  kEqual,
  kGreater,
  kGreaterEqual,
  kLess,
  kWhere,
  // activations and what their gradients need
  kSigmoid,
  kSigmoidGrad,
  kTanh,
  kTanhGrad,
  kRelu,
  kReluGrad,
  kSoftmax,
  kLogSoftmax,
  kLeakyRelu,
  kLeakyReluGrad,
  kElu,
  kEluGrad,
  kHardSigmoid,
  kHardSwish,
  kGelu,
  kGeluGrad,
  kGeluTanh,
  kGeluTanhGrad,
  kSilu,
  kSiluGrad,
  kSoftplus,
  kSoftsign,
  // an activation of a sum, in one pass
  kBiasActivation,
  // matrix product
  kMatmul,
  kLinear,
  // convolution and pooling of images
  kConvolution,
  kTransposedConvolution,
  kConvolutionWeightGrad,
  kMaxPool,
  kMaxPoolGrad,
  kMaxPoolPick,
  kAveragePool,
  kAveragePoolGrad,
  // normalised rows, attention
  kNormalize,
  kNormalizeGrad,
  kAttention,
  kAttentionQueryGrad,
  kAttentionKeyGrad,
  // reductions and movement
  kSum,
  kMean,
  kMax,
  kMin,
  kArgmax,
  kBroadcast,
  kReshape,
  kPermute,
  kSlice,
  kPad,
  kConcat,
  kGather,
  kGatherGrad,
  // losses
  kSquaredError,
  kSigmoidCrossEntropy,
  kSoftmaxCrossEntropy,
  kAbsoluteError,
  kHuber,
  kLogCosh,
  kHinge,
  kKlDivergence,
  // random
  kDropoutMask,
};
inline constexpr int kOpCount = static_cast<int>(Op::kDropoutMask) + 1;

}  // namespace athanor
