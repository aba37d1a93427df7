// A decoder-only transformer that predicts the next token at every place (Radford et al., "Language models are
// unsupervised multitask learners", 2019): norms come before attention and before the two dense layers, whose results
// are added.
#pragma once

#include "engine/models/training_graph.h"

namespace athanor {

struct GptSpec {
  Index vocabulary = 65;
  Index context = 64;
  Index width = 64;
  Index layers = 4;
  Index heads = 4;
  Index expansion = 4;  // the first of the two dense layers is so many times as wide
};

/// inputs (batch, context): tokens as whole numbers below `vocabulary`; targets (batch * context, vocabulary). Weights
/// begin normal with deviation 0.02, those that add to the stream with 0.02 / sqrt(2 layers), as in GPT-2.
/// Throws kShapeMismatch where the heads do not divide the width.
[[nodiscard]] TrainingGraph training_gpt(const GptSpec& spec, Index batch);

}  // namespace athanor
