// Ops that draw random numbers: a pure function of seed, step and position.
#pragma once

#include <array>

#include "engine/ops/division.h"
#include "engine/ops/rules.h"

namespace athanor::ops {

Kernel dropout_mask_kernel;

inline constexpr std::array kRandomRows{
    OpRow{.op = Op::kDropoutMask,
          .name = "dropout_mask",
          .arity = 0,
          .shape = leaf_shape,
          .kernel = dropout_mask_kernel,
          .gradient = no_gradient,
          .in_place = kNever,
          .division = &kWhole,
          .cost = per_element<10>,
          .onnx = {OnnxKind::kNone, "training only; an exported model drops nothing"},
          .meaning = "0 with probability rate, else 1 / (1 - rate)"},
};

}  // namespace athanor::ops
