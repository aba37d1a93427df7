#include "engine/experiment/presets.h"

#include <algorithm>
#include <array>
#include <string>

#include "engine/experiment/document.h"

namespace athanor {
namespace {

constexpr std::array kPresets{
    // y = sigmoid(w1 x1 + w2 x2 + b), one sample per step, nothing rescaled: every number can be checked by hand.
    Preset{.name = "neuron",
           .json = R"({
      "data": {"generator": "halves", "samples": 100, "noise": 0.2},
      "prepare": {"scaling": "none"},
      "model": {"layers": [], "output_activation": "sigmoid", "initializer": "uniform", "initializer_value": 0.5},
      "training": {"loss": "squared_error", "optimizer": "sgd", "momentum": 0, "learning_rate": 0.5, "batch_size": 1},
      "optimise": {"plateau": false},
      "done": {"max_epochs": 50}})",
           .table = {},
           .meaning = "one sigmoid neuron that learns sample by sample; six steps with numbers to check by hand"},
    // 32 random samples, 2 -> 1, sigmoid, mean squared error, Adam, 1000 iterations over all of them.
    Preset{.name = "listing",
           .json = R"({
      "data": {"generator": "chance", "samples": 32, "noise": 0},
      "prepare": {"scaling": "none", "target_scaling": "none"},
      "split": {"validation": 0, "test": 0},
      "model": {"layers": [], "output_activation": "sigmoid", "initializer": "normal", "initializer_value": 1},
      "training": {"loss": "squared_error", "optimizer": "adam", "learning_rate": 0.01, "batch_size": 32},
      "optimise": {"plateau": false},
      "done": {"max_epochs": 1000}})",
           .table = {},
           .meaning = "a tutorial's first listing: 32 random samples, 1000 steps, a line every 100; random targets "
                      "leave a loss of about 1/12"},
    Preset{.name = "spiral",
           .json = R"({"training": {"learning_rate": 0.02}})",
           .table = {},
           .meaning = "two spirals that two hidden layers unwind"},
    Preset{.name = "iris",
           .json = R"({"data": {"source": "table", "table": {"name": "iris.csv"}},
      "model": {"layers": [{"units": 8}]}, "training": {"batch_size": 8}})",
           .table = "iris.csv",
           .meaning = "three kinds of iris by the sizes of their flowers: a real table with a repeated row"},
    Preset{.name = "digits",
           .json = R"({"data": {"source": "table", "table": {"name": "digits.csv"}},
      "prepare": {"scaling": "none"},
      "model": {"layers": [{"units": 32}]},
      "training": {"batch_size": 32, "learning_rate": 0.002}, "done": {"max_epochs": 60}})",
           .table = "digits.csv",
           .meaning = "handwritten digits of 8 by 8 pixels: 64 columns, ten classes"},
    Preset{
        .name = "overfit",
        .json = R"({"data": {"generator": "moons", "samples": 60, "noise": 1},
      "split": {"validation": 0.4, "test": 0.2},
      "model": {"layers": [{"units": 64}, {"units": 64}]},
      "optimise": {"plateau": false}, "done": {"max_epochs": 1000}})",
        .table = {},
        .meaning = "few noisy points and a network far too large: the training loss falls, the validation loss rises"},
    Preset{.name = "waves",
           .json = R"({"data": {"generator": "waves", "samples": 800, "noise": 0.1},
      "model": {"layers": [{"units": 16, "activation": "tanh"}, {"units": 16, "activation": "tanh"}]}})",
           .table = {},
           .meaning = "a surface of hills and valleys: regression"},
    Preset{.name = "residual",
           .json = R"({"data": {"generator": "rings", "classes": 4, "samples": 800},
      "model": {"layers": [{"name": "stem", "units": 16, "norm": "layer"},
                           {"name": "block 1", "units": 16, "norm": "layer", "residual": "stem"},
                           {"name": "block 2", "units": 16, "norm": "layer", "residual": "block 1", "dropout": 0.1}]},
      "training": {"optimizer": "adamw", "schedule": "cosine", "warmup": 2, "schedule_period": 40}})",
           .table = {},
           .meaning = "three blocks with layer norm, the later ones added to the one before: four rings"},
};

}  // namespace

std::span<const Preset> presets() { return kPresets; }

Json preset_document(const Preset& preset, std::string_view csv) {
  Json document = parse_json(preset.json);
  if (!preset.table.empty()) document["data"]["table"]["csv"] = csv;
  return complete(document);
}

const Preset& find_preset(std::string_view name) {
  const auto* const found =
      std::find_if(kPresets.begin(), kPresets.end(), [name](const Preset& preset) { return preset.name == name; });
  if (found != kPresets.end()) return *found;
  std::vector<std::string_view> choices;
  for (const Preset& preset : kPresets) choices.push_back(preset.name);
  throw not_a_choice("preset", excerpt(name), choices);
}

}  // namespace athanor
