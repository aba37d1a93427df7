#include "engine/pipeline/spec.h"

#include <string>
#include <utility>

#include "engine/core/error.h"

namespace athanor {
namespace {

Loss loss_of(const Experiment& experiment, Index classes) {
  if (!experiment.has_loss) return classes > 0 ? Loss::kCrossEntropy : Loss::kSquaredError;
  if (suits(experiment.loss, classes)) return experiment.loss;
  std::vector<std::string_view> choices{"auto"};
  for (std::size_t i = 0; i < kLossNames.size(); ++i) {
    if (suits(static_cast<Loss>(i), classes)) choices.push_back(kLossNames[i]);
  }
  throw not_a_choice("training.loss", std::string(kLossNames[static_cast<std::size_t>(experiment.loss)]), choices);
}

}  // namespace

MlpSpec spec_of(const Experiment& experiment, Index columns, Index classes, std::vector<Embedding> embeddings) {
  return {.columns = columns,
          .embeddings = std::move(embeddings),
          .classes = classes,
          .layers = experiment.layers,
          .start = experiment.start,
          .output_activation = experiment.output_activation,
          .loss = loss_of(experiment, classes),
          .huber_delta = experiment.huber_delta,
          .label_smoothing = experiment.label_smoothing,
          .weighs_classes = experiment.weighs_classes};
}

std::vector<Embedding> embeddings_of(const Dataset& data) {
  std::vector<Embedding> embeddings;
  for (const LevelGroup& group : data.groups) {
    if (group.embedding > 0) {
      embeddings.push_back({.begin = group.begin, .levels = group.size, .size = group.embedding});
    }
  }
  return embeddings;
}

}  // namespace athanor
