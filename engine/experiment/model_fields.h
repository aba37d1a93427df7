// Rows of the field table: the network, and the fields of one layer.
#pragma once

#include <array>

#include "engine/experiment/field_setters.h"

namespace athanor::rows {

inline constexpr std::array kModelFields{
    Field{.path = "model.layers",
          .type = FieldType::kList,
          .max = 8,
          .set = set_list,
          .meaning = "hidden layers from input to output"},
    Field{.path = "model.initializer",
          .type = FieldType::kChoice,
          .initial = static_cast<double>(Initializer::kHeUniform),
          .choices = kInitializerNames,
          .set = set_number<&E::initializer>,
          .meaning = "how the initial weights are drawn"},
};

inline constexpr std::array kLayerFields{
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
               .set = set_number<&LayerSpec::activation>,
               .meaning = "function applied to every neuron's sum"},
    LayerField{.path = "dropout",
               .type = FieldType::kNumber,
               .max = 0.9,
               .set = set_number<&LayerSpec::dropout>,
               .meaning = "share of the layer's outputs that is zeroed at random in each training step"},
};

}  // namespace athanor::rows
