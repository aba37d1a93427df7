#include "engine/experiment/fields.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/data/table.h"

namespace athanor {
namespace {

constexpr std::array<std::string_view, 2> kSourceNames{"generator", "table"};
constexpr std::array<std::string_view, 2> kScalingNames{"standard", "none"};
constexpr std::array<std::string_view, 2> kMissingNames{"drop", "mean"};
constexpr std::array<std::string_view, 2> kDuplicateNames{"drop", "keep"};
constexpr std::array<std::string_view, 6> kTypeNames{"integer", "number", "boolean", "choice", "text", "list"};

/// Setter of a member of Experiment or LayerSpec that a number converts to.
template <auto Member, typename Target>
void set_number(Target& target, const FieldValue& value) {
  using Type = std::remove_reference_t<decltype(target.*Member)>;
  target.*Member = static_cast<Type>(value.number);
}

template <auto Member>
void set_text(Experiment& target, const FieldValue& value) {
  target.*Member = value.text;
}

template <auto Member>
void set_optimizer(Experiment& target, const FieldValue& value) {
  target.optimizer_settings.*Member = value.number;
}

/// Lists are filled item by item by the document reader.
void set_list(Experiment& /*target*/, const FieldValue& /*value*/) {}

using E = Experiment;
using Settings = OptimizerSettings;
constexpr double kMostSeed = 4294967295.0;

constexpr std::array kFields{
    Field{.path = "seed",
          .type = FieldType::kInteger,
          .initial = 7,
          .max = kMostSeed,
          .set = set_number<&E::seed>,
          .meaning = "start of every random number: data, split, initial weights, shuffling, dropout"},
    Field{.path = "data.source",
          .type = FieldType::kChoice,
          .choices = kSourceNames,
          .set = set_number<&E::source>,
          .meaning = "where the rows come from: a generator or a table"},
    Field{.path = "data.generator",
          .type = FieldType::kChoice,
          .initial = static_cast<double>(Generator::kSpirals),
          .choices = kGeneratorNames,
          .set = set_number<&E::generator>,
          .meaning = "the shape that two-dimensional points are drawn from"},
    Field{.path = "data.samples",
          .type = FieldType::kInteger,
          .initial = 400,
          .min = 10,
          .max = 20000,
          .scale = Scale::kLog,
          .set = set_number<&E::samples>,
          .meaning = "how many points the generator draws"},
    Field{.path = "data.noise",
          .type = FieldType::kNumber,
          .initial = 0.1,
          .max = 1,
          .set = set_number<&E::noise>,
          .meaning = "how far points stray from their shape: standard deviation in fifths of the half width"},
    Field{.path = "data.classes",
          .type = FieldType::kInteger,
          .initial = 2,
          .min = 2,
          .max = 5,
          .set = set_number<&E::classes>,
          .meaning = "number of blobs or of spiral arms; the other shapes have two classes"},
    Field{.path = "data.table.name",
          .type = FieldType::kText,
          .max = 200,
          .set = set_text<&E::table_name>,
          .meaning = "name of the table, for display"},
    Field{.path = "data.table.csv",
          .type = FieldType::kText,
          .max = static_cast<double>(kMaxCsvBytes),
          .set = set_text<&E::table_csv>,
          .meaning = "the table as comma-separated values with a header line"},
    Field{.path = "data.table.target",
          .type = FieldType::kText,
          .max = 200,
          .set = set_text<&E::table_target>,
          .meaning = "name of the column that holds the class; empty: found by itself"},
    Field{.path = "prepare.scaling",
          .type = FieldType::kChoice,
          .choices = kScalingNames,
          .set = set_number<&E::scaling>,
          .meaning = "standard: subtract the mean and divide by the standard deviation of the training part"},
    Field{.path = "clean.missing",
          .type = FieldType::kChoice,
          .choices = kMissingNames,
          .set = set_number<&E::missing>,
          .meaning = "rows with missing values: drop them, or fill in the mean of the training part"},
    Field{.path = "clean.duplicates",
          .type = FieldType::kChoice,
          .choices = kDuplicateNames,
          .set = set_number<&E::duplicates>,
          .meaning = "rows that equal an earlier row: drop or keep them"},
    Field{.path = "augment.copies",
          .type = FieldType::kInteger,
          .max = 10,
          .set = set_number<&E::augment_copies>,
          .meaning = "how many jittered copies of each training row are added"},
    Field{.path = "augment.jitter",
          .type = FieldType::kNumber,
          .initial = 0.05,
          .max = 1,
          .set = set_number<&E::augment_jitter>,
          .meaning = "how far copies move, in standard deviations of each column"},
    Field{.path = "split.validation",
          .type = FieldType::kNumber,
          .initial = 0.2,
          .max = 0.8,
          .set = set_number<&E::split_validation>,
          .meaning = "share of the rows that evaluate the model during training"},
    Field{.path = "split.test",
          .type = FieldType::kNumber,
          .initial = 0.2,
          .max = 0.8,
          .set = set_number<&E::split_test>,
          .meaning = "share of the rows that stay sealed until Finish"},
    Field{.path = "split.stratified",
          .type = FieldType::kBoolean,
          .initial = 1,
          .max = 1,
          .set = set_number<&E::split_stratified>,
          .meaning = "divide every class in the same proportions"},
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
    Field{.path = "training.loss",
          .type = FieldType::kChoice,
          .choices = kLossNames,
          .set = set_number<&E::loss>,
          .meaning = "what training makes small"},
    Field{.path = "training.optimizer",
          .type = FieldType::kChoice,
          .initial = static_cast<double>(Optimizer::kAdam),
          .choices = kOptimizerNames,
          .effect = Effect::kLive,
          .set = set_number<&E::optimizer>,
          .meaning = "how a gradient becomes a step"},
    Field{.path = "training.learning_rate",
          .type = FieldType::kNumber,
          .initial = 0.01,
          .min = 1e-6,
          .max = 10,
          .scale = Scale::kLog,
          .effect = Effect::kLive,
          .set = set_optimizer<&Settings::learning_rate>,
          .meaning = "length of a step"},
    Field{.path = "training.momentum",
          .type = FieldType::kNumber,
          .initial = 0.9,
          .max = 0.999,
          .effect = Effect::kLive,
          .set = set_optimizer<&Settings::momentum>,
          .meaning = "SGD: share of the last step that is carried on"},
    Field{.path = "training.beta1",
          .type = FieldType::kNumber,
          .initial = 0.9,
          .max = 0.999,
          .effect = Effect::kLive,
          .set = set_optimizer<&Settings::beta1>,
          .meaning = "Adam: memory of the mean gradient"},
    Field{.path = "training.beta2",
          .type = FieldType::kNumber,
          .initial = 0.999,
          .max = 0.99999,
          .effect = Effect::kLive,
          .set = set_optimizer<&Settings::beta2>,
          .meaning = "Adam: memory of the squared gradient"},
    Field{.path = "training.epsilon",
          .type = FieldType::kNumber,
          .initial = 1e-8,
          .min = 1e-10,
          .max = 0.1,
          .scale = Scale::kLog,
          .effect = Effect::kLive,
          .set = set_optimizer<&Settings::epsilon>,
          .meaning = "Adam: keeps the division by the gradient's size finite"},
    Field{.path = "training.batch_size",
          .type = FieldType::kInteger,
          .initial = 16,
          .min = 1,
          .max = 1024,
          .scale = Scale::kLog,
          .effect = Effect::kLive,
          .set = set_number<&E::batch_size>,
          .meaning = "rows per optimiser step"},
    Field{.path = "optimise.patience",
          .type = FieldType::kInteger,
          .initial = 30,
          .min = 1,
          .max = 1000,
          .scale = Scale::kLog,
          .effect = Effect::kLive,
          .set = set_number<&E::plateau_patience>,
          .meaning = "epochs without improvement before the learning rate is reduced"},
    Field{.path = "optimise.factor",
          .type = FieldType::kNumber,
          .initial = 0.5,
          .min = 0.05,
          .max = 0.95,
          .effect = Effect::kLive,
          .set = set_number<&E::plateau_factor>,
          .meaning = "what the learning rate is multiplied by"},
    Field{.path = "optimise.min_learning_rate",
          .type = FieldType::kNumber,
          .initial = 1e-5,
          .min = 1e-8,
          .max = 1,
          .scale = Scale::kLog,
          .effect = Effect::kLive,
          .set = set_number<&E::plateau_min_learning_rate>,
          .meaning = "the learning rate is never reduced below this"},
    Field{.path = "optimise.threshold",
          .type = FieldType::kNumber,
          .initial = 1e-4,
          .max = 0.5,
          .effect = Effect::kLive,
          .set = set_number<&E::plateau_threshold>,
          .meaning = "relative drop of the loss that counts as improvement"},
    Field{.path = "done.max_epochs",
          .type = FieldType::kInteger,
          .initial = 300,
          .min = 1,
          .max = 100000,
          .scale = Scale::kLog,
          .effect = Effect::kLive,
          .set = set_number<&E::max_epochs>,
          .meaning = "training ends after this many epochs"},
    Field{.path = "done.target_accuracy",
          .type = FieldType::kNumber,
          .initial = 1,
          .max = 1,
          .effect = Effect::kLive,
          .set = set_number<&E::target_accuracy>,
          .meaning = "training ends when the validation accuracy reaches this; 1 switches it off"},
    Field{.path = "done.patience",
          .type = FieldType::kInteger,
          .max = 10000,
          .effect = Effect::kLive,
          .set = set_number<&E::stop_patience>,
          .meaning = "training ends after this many epochs without improvement; 0 switches it off"},
};

constexpr std::array kLayerFields{
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

template <typename Target>
constexpr bool is_sound(std::span<const FieldRow<Target>> rows) {
  return std::all_of(rows.begin(), rows.end(), [](const FieldRow<Target>& field) {
    const bool is_choice = field.type == FieldType::kChoice;
    const double most = is_choice ? static_cast<double>(field.choices.size()) - 1 : field.max;
    return field.set != nullptr && !field.meaning.empty() && field.choices.empty() != is_choice &&
           field.initial >= field.min && field.initial <= most && (field.scale == Scale::kLinear || field.min > 0);
  });
}
static_assert(is_sound<Experiment>(kFields) && is_sound<LayerSpec>(kLayerFields),
              "every field needs a setter, a meaning and a default within its range");

template <typename Target>
Json describe(const FieldRow<Target>& field, const std::string& prefix) {
  Json entry{{"path", prefix + std::string(field.path)},
             {"type", kTypeNames[static_cast<std::size_t>(field.type)]},
             {"default", default_value(field)}};
  if (field.type == FieldType::kInteger || field.type == FieldType::kNumber || field.type == FieldType::kText ||
      field.type == FieldType::kList) {
    entry["min"] = field.min;
    entry["max"] = field.max;
  }
  if (field.type == FieldType::kInteger || field.type == FieldType::kNumber) {
    entry["scale"] = field.scale == Scale::kLog ? "log" : "linear";
  }
  if (!field.choices.empty()) {
    entry["choices"] = Json::array();
    for (const std::string_view choice : field.choices) entry["choices"].push_back(choice);
  }
  entry["effect"] = field.effect == Effect::kLive ? "live" : "restart";
  entry["since"] = field.since;
  entry["meaning"] = field.meaning;
  return entry;
}

/// Two hidden layers that are enough for the default spirals.
Json default_layers() {
  Json layer = Json::object();
  for (const LayerField& field : kLayerFields) layer[std::string(field.path)] = default_value(field);
  return Json::array({layer, layer});
}

}  // namespace

std::span<const Field> fields() { return kFields; }

std::span<const LayerField> layer_fields() { return kLayerFields; }

template <typename Target>
Json default_value(const FieldRow<Target>& field) {
  switch (field.type) {
    case FieldType::kInteger:
      return static_cast<std::int64_t>(field.initial);
    case FieldType::kBoolean:
      return field.initial != 0;
    case FieldType::kChoice:
      return field.choices[static_cast<std::size_t>(field.initial)];
    case FieldType::kText:
      return "";
    case FieldType::kList:
      return default_layers();
    case FieldType::kNumber:
      break;
  }
  return field.initial;
}
template Json default_value(const Field& field);
template Json default_value(const LayerField& field);

Json describe_fields() {
  Json list = Json::array();
  for (const Field& field : fields()) {
    list.push_back(describe(field, ""));
    if (field.type != FieldType::kList) continue;
    for (const LayerField& item : layer_fields()) list.push_back(describe(item, std::string(field.path) + "[]."));
  }
  return list;
}

}  // namespace athanor
