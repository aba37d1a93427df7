#include "engine/experiment/fields.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/experiment/column_fields.h"
#include "engine/experiment/data_fields.h"
#include "engine/experiment/model_fields.h"
#include "engine/experiment/training_fields.h"

namespace athanor {
namespace {

constexpr std::array<std::string_view, 6> kTypeNames{"integer", "number", "boolean", "choice", "text", "list"};
constexpr std::array<std::string_view, 3> kScaleNames{"linear", "log", "log_to_one"};

template <std::size_t... Sizes>
constexpr auto gather(const std::array<Field, Sizes>&... groups) {
  std::array<Field, (Sizes + ...)> all{};
  std::size_t next = 0;
  const auto append = [&](const auto& group) {
    for (const Field& field : group) all[next++] = field;
  };
  (append(groups), ...);
  return all;
}

constexpr auto kFields = gather(rows::kDataFields, rows::kModelFields, rows::kTrainingFields);

/// Every logarithm that a scale asks for is one of a number above 0.
template <typename Target>
constexpr bool has_sound_scale(const FieldRow<Target>& field) {
  const bool has_first = field.first > 0;
  if (has_first && (field.min != 0 || field.first >= field.max)) return false;
  if (field.scale == Scale::kLog) return field.min > 0 || has_first;
  return field.scale == Scale::kLinear || (field.max < 1 && !has_first);
}

template <typename Target>
constexpr bool is_sound(std::span<const FieldRow<Target>> table) {
  return std::all_of(table.begin(), table.end(), [](const FieldRow<Target>& field) {
    const bool is_choice = field.type == FieldType::kChoice;
    const double most = is_choice ? static_cast<double>(field.choices.size()) - 1 : field.max;
    return field.set != nullptr && !field.meaning.empty() && field.choices.empty() != is_choice &&
           field.initial >= field.min && field.initial <= most && has_sound_scale(field);
  });
}
static_assert(is_sound<Experiment>(kFields) && is_sound<LayerSpec>(rows::kLayerFields) &&
                  is_sound<ColumnChoice>(rows::kColumnFields),
              "every field needs a setter, a meaning, a default within its range and a scale that is defined there");

template <typename Target>
Json describe(const FieldRow<Target>& field, const std::string& prefix) {
  Json entry = json_object({{"path", prefix + std::string(field.path)},
                            {"type", kTypeNames[static_cast<std::size_t>(field.type)]},
                            {"default", default_value(field)}});
  if (field.type == FieldType::kInteger || field.type == FieldType::kNumber || field.type == FieldType::kText ||
      field.type == FieldType::kList) {
    entry["min"] = field.min;
    entry["max"] = field.max;
  }
  if (field.type == FieldType::kInteger || field.type == FieldType::kNumber) {
    entry["scale"] = kScaleNames[static_cast<std::size_t>(field.scale)];
    if (field.first > 0) entry["first"] = field.first;
  }
  if (!field.choices.empty()) {
    entry["choices"] = Json::array();
    for (const std::string_view choice : field.choices) entry["choices"].push_back(choice);
  }
  entry["effect"] = field.effect == Effect::kLive ? "live" : "restart";
  if (!field.when.path.empty()) {
    entry["when"] = json_object({{"path", field.when.path}});
    if (!field.when.choices.empty()) entry["when"]["choices"] = Json::array();
    for (const std::string_view choice : field.when.choices) entry["when"]["choices"].push_back(choice);
    if (field.when.choices.empty()) entry["when"]["least"] = field.when.least;
  }
  entry["since"] = field.since;
  entry["meaning"] = field.meaning;
  return entry;
}

/// Two hidden layers that are enough for the default spirals.
Json default_layers() {
  Json layer = Json::object();
  for (const LayerField& field : rows::kLayerFields) layer[std::string(field.path)] = default_value(field);
  return Json::array({layer, layer});
}

}  // namespace

std::span<const Field> fields() { return kFields; }

std::span<const LayerField> layer_fields() { return rows::kLayerFields; }

std::span<const ColumnField> column_fields() { return rows::kColumnFields; }

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
      return field.path == kLayersPath ? default_layers() : Json::array();
    case FieldType::kNumber:
      break;
  }
  return field.initial;
}
template Json default_value(const Field& field);
template Json default_value(const LayerField& field);
template Json default_value(const ColumnField& field);

Json describe_fields() {
  Json list = Json::array();
  for (const Field& field : fields()) {
    list.push_back(describe(field, ""));
    if (field.type != FieldType::kList) continue;
    with_item_fields(field.path, [&](const auto& items) {
      for (const auto& item : items) list.push_back(describe(item, std::string(field.path) + "[]."));
    });
  }
  return list;
}

}  // namespace athanor
