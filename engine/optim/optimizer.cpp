#include "engine/optim/optimizer.h"

#include <algorithm>

#include "engine/optim/muon.h"
#include "engine/optim/updates.h"

namespace athanor {
namespace {

Index no_scratch(std::span<const Parameter> /*layout*/) { return 0; }

constexpr std::array<OptimizerRow, kOptimizerNames.size()> kRows{{
    {.optimizer = Optimizer::kSgd,
     .slots = 1,
     .decays = false,
     .is_elementwise = true,
     .update = updates::sgd,
     .scratch = no_scratch,
     .meaning = "stochastic gradient descent with momentum"},
    {.optimizer = Optimizer::kNesterov,
     .slots = 1,
     .decays = false,
     .is_elementwise = true,
     .update = updates::nesterov,
     .scratch = no_scratch,
     .meaning = "momentum that looks one step ahead"},
    {.optimizer = Optimizer::kAdaGrad,
     .slots = 1,
     .decays = false,
     .is_elementwise = true,
     .update = updates::adagrad,
     .scratch = no_scratch,
     .meaning = "AdaGrad: steps shrink with the sum of all squared gradients"},
    {.optimizer = Optimizer::kAdaDelta,
     .slots = 2,
     .decays = false,
     .is_elementwise = true,
     .update = updates::adadelta,
     .scratch = no_scratch,
     .meaning = "AdaDelta: steps as large as past steps were; made for a learning rate of 1"},
    {.optimizer = Optimizer::kRmsProp,
     .slots = 1,
     .decays = false,
     .is_elementwise = true,
     .update = updates::rmsprop,
     .scratch = no_scratch,
     .meaning = "RMSProp: steps divided by the recent size of the gradient"},
    {.optimizer = Optimizer::kAdam,
     .slots = 2,
     .decays = false,
     .is_elementwise = true,
     .update = updates::adam,
     .scratch = no_scratch,
     .meaning = "Adam: steps scaled by running estimates of the gradient's mean and size"},
    {.optimizer = Optimizer::kAdamW,
     .slots = 2,
     .decays = true,
     .is_elementwise = true,
     .update = updates::adam,
     .scratch = no_scratch,
     .meaning = "Adam with weight decay apart from the gradient"},
    {.optimizer = Optimizer::kLion,
     .slots = 1,
     .decays = true,
     .is_elementwise = true,
     .update = updates::lion,
     .scratch = no_scratch,
     .meaning = "Lion: only the sign of the averaged gradient counts"},
    {.optimizer = Optimizer::kMuon,
     .slots = 2,
     .decays = true,
     .is_elementwise = false,
     .update = update_muon,
     .scratch = muon_scratch,
     .meaning = "Muon: the averaged gradient of each weight matrix is made orthogonal"},
    {.optimizer = Optimizer::kRAdam,
     .slots = 2,
     .decays = false,
     .is_elementwise = true,
     .update = updates::radam,
     .scratch = no_scratch,
     .meaning = "Adam with a warm-up of its own: steps grow as the estimate of the gradient's size gets reliable"},
}};

constexpr bool is_complete() {
  for (std::size_t i = 0; i < kRows.size(); ++i) {
    const OptimizerRow& optimizer = kRows[i];
    if (static_cast<std::size_t>(optimizer.optimizer) != i || optimizer.slots < 0 || optimizer.update == nullptr ||
        optimizer.scratch == nullptr || optimizer.meaning.empty()) {
      return false;
    }
  }
  return true;
}
static_assert(is_complete(), "every optimiser has one row, in the order of the enum, without an empty cell");

}  // namespace

const OptimizerRow& row(Optimizer optimizer) { return kRows[static_cast<std::size_t>(optimizer)]; }

int most_optimizer_slots() {
  return std::max_element(kRows.begin(), kRows.end(),
                          [](const OptimizerRow& a, const OptimizerRow& b) { return a.slots < b.slots; })
      ->slots;
}

}  // namespace athanor
