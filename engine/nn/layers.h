// Layers as functions that append ops to a graph.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "engine/graph/builder.h"

namespace athanor {

enum class Activation : std::uint8_t {
  kLinear,
  kSigmoid,
  kTanh,
  kRelu,
  kLeakyRelu,
  kElu,
  kSelu,
  kGelu,
  kGeluTanh,
  kSilu,
  kSoftplus,
  kHardSigmoid,
  kHardTanh,
  kHardSwish,
  kSoftmax,
  kLogSoftmax,
  kSoftsign,
};
inline constexpr std::array<std::string_view, 17> kActivationNames{
    "linear", "sigmoid",  "tanh",         "relu",      "leaky_relu", "elu",     "selu",        "gelu",    "gelu_tanh",
    "silu",   "softplus", "hard_sigmoid", "hard_tanh", "hard_swish", "softmax", "log_softmax", "softsign"};

/// y (B, units) = x (B, inputs) W + b with W (inputs, units) and b (units).
NodeId dense(Builder& graph, NodeId x, Index units, const std::string& name);

/// The activation, element by element; linear returns x itself.
NodeId activate(Builder& graph, NodeId x, Activation activation);

/// Inverted dropout (Srivastava et al. 2014): zeroes with probability `rate` and scales the rest by 1 / (1 - rate), so
/// that evaluation needs no change. `index` tells the masks of one graph apart. A rate of 0 returns x itself.
NodeId dropout(Builder& graph, NodeId x, double rate, std::uint32_t index);

/// (x - mean) / sqrt(variance + epsilon) * gain + bias along the last axis, whose size gain and bias have; the variance
/// is the biased one (Ba et al. 2016).
NodeId layer_norm(Builder& graph, NodeId x, NodeId gain, NodeId bias, double epsilon = 1e-5);

/// x / sqrt(mean(x^2) + epsilon) * gain along the last axis (Zhang & Sennrich 2019).
NodeId rms_norm(Builder& graph, NodeId x, NodeId gain, double epsilon = 1e-5);

/// x (B, ..., C) with the channels last, brought to mean 0 and variance 1 within each of `groups` groups of
/// neighbouring channels, all axes between included, each row on its own; gain and bias (C) (Wu & He 2018). The
/// variance is the biased one. Throws kShapeMismatch where the groups do not divide the channels.
NodeId group_norm(Builder& graph, NodeId x, Index groups, NodeId gain, NodeId bias, double epsilon = 1e-5);

/// A batch brought to mean 0 and variance 1 per channel, and the statistics of the batch: what a caller mixes into its
/// running ones. As in PyTorch the output uses the biased variance while `variance` is the unbiased one.
struct BatchNorm {
  NodeId output = kNoNode;
  NodeId mean = kNoNode;      // (C)
  NodeId variance = kNoNode;  // (C)
};

/// Batch normalisation while training (Ioffe & Szegedy 2015): x (..., C) with the channels last, statistics over all
/// other axes, gain and bias (C). Every channel needs two values or more.
BatchNorm batch_norm_training(Builder& graph, NodeId x, NodeId gain, NodeId bias, double epsilon = 1e-5);

/// The same with statistics given: mean (C) and variance (C).
NodeId batch_norm_inference(Builder& graph, NodeId x, NodeId gain, NodeId bias, NodeId mean, NodeId variance,
                            double epsilon = 1e-5);

}  // namespace athanor
