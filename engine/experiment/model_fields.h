// Rows of the field table: the network, and the fields of one layer.
#pragma once

#include <array>

#include "engine/experiment/field_setters.h"

namespace athanor::rows {

inline constexpr std::array<std::string_view, 4> kWithValue{"uniform", "normal", "truncated_normal", "constant"};

inline constexpr double kMaxLayerName = 40;

/// The choices of a layer: the network's initializer, or one of its own.
inline constexpr auto kLayerInitializerNames = with_first("inherit", kInitializerNames);

/// The losses that compare plain outputs.
inline constexpr std::array<std::string_view, 6> kPlainOutputs{"auto",  "squared_error", "absolute_error",
                                                               "huber", "log_cosh",      "hinge"};

inline void set_layer_initializer(LayerSpec& target, const FieldValue& value) {
  target.has_initializer = value.number > 0;
  if (target.has_initializer) target.initializer = static_cast<Initializer>(value.number - 1);
}

inline constexpr std::array kModelFields{
    Field{.path = "model.layers",
          .type = FieldType::kList,
          .max = 8,
          .set = set_list,
          .meaning = "hidden layers from input to output"},
    Field{.path = "model.output_activation",
          .type = FieldType::kChoice,
          .initial = static_cast<double>(Activation::kLinear),
          .choices = kActivationNames,
          .effect = Effect::kLive,
          .when = {.path = "training.loss", .choices = kPlainOutputs},
          .set = set_number<&E::output_activation>,
          .meaning = "function applied to the output where the loss compares plain outputs; cross-entropies and "
                     "kl_divergence have their own. Two classes under a sigmoid need one output neuron, so a change to "
                     "or from it restarts such a run"},
    Field{.path = "model.initializer",
          .type = FieldType::kChoice,
          .initial = static_cast<double>(Initializer::kHeUniform),
          .choices = kInitializerNames,
          .set = set_part<&E::start, &Start::initializer>,
          .meaning = "how the initial weights are drawn"},
    Field{.path = "model.initializer_value",
          .initial = 0.1,
          .max = 10,
          .scale = Scale::kLog,
          .first = 0.001,
          .when = {.path = "model.initializer", .choices = kWithValue},
          .set = set_part<&E::start, &Start::value>,
          .meaning = "half width of uniform, deviation of normal and truncated_normal, the constant"},
};

inline constexpr std::array kLayerFields{
    LayerField{.path = "name",
               .type = FieldType::kText,
               .max = kMaxLayerName,
               .effect = Effect::kLive,
               .set = set_text<&LayerSpec::name>,
               .meaning = "what residual edges call the layer; empty: its number, counted from 1"},
    LayerField{.path = "units",
               .type = FieldType::kInteger,
               .initial = 8,
               .min = 1,
               .max = 512,
               .scale = Scale::kLog,
               .set = set_number<&LayerSpec::units>,
               .meaning = "neurons of the layer"},
    LayerField{.path = "activation",
               .type = FieldType::kChoice,
               .initial = static_cast<double>(Activation::kRelu),
               .choices = kActivationNames,
               .effect = Effect::kLive,
               .set = set_number<&LayerSpec::activation>,
               .meaning = "function applied to every neuron's sum"},
    LayerField{.path = "norm",
               .type = FieldType::kChoice,
               .choices = kNormNames,
               .set = set_number<&LayerSpec::norm>,
               .meaning =
                   "what brings the neurons' sums to a common size before the activation: layer and rms over the "
                   "neurons of a row, group over each of up to four groups of them, batch over the rows of a batch"},
    LayerField{.path = "dropout",
               .type = FieldType::kNumber,
               .max = 0.9,
               .effect = Effect::kLive,
               .set = set_number<&LayerSpec::dropout>,
               .meaning = "share of the layer's outputs that is zeroed at random in each training step"},
    LayerField{.path = "initializer",
               .type = FieldType::kChoice,
               .choices = kLayerInitializerNames,
               .set = set_layer_initializer,
               .meaning = "how this layer's weights are drawn"},
    LayerField{.path = "initializer_value",
               .initial = 0.1,
               .max = 10,
               .scale = Scale::kLog,
               .first = 0.001,
               .when = {.path = "model.layers[].initializer", .choices = kWithValue},
               .set = set_number<&LayerSpec::initializer_value>,
               .meaning = "where the layer has an initializer of its own: half width of uniform, deviation of normal "
                          "and truncated_normal, the constant"},
    LayerField{.path = "residual",
               .type = FieldType::kText,
               .max = kMaxLayerName,
               .effect = Effect::kLive,
               .set = set_text<&LayerSpec::residual>,
               .meaning = "name of an earlier layer, or input: its output is added to this layer's"},
};

}  // namespace athanor::rows
