// The table of all fields a document can hold. It drives validation, defaults, the page's forms, the link and the
// reference: a new field is one row here and one member of Experiment.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "engine/core/json.h"
#include "engine/experiment/experiment.h"

namespace athanor {

enum class FieldType : std::uint8_t { kInteger, kNumber, kBoolean, kChoice, kText, kList };
/// How a slider goes from min to max. kLogToOne: logarithmic in the distance to 1, for shares that matter near it: 0.9,
/// 0.99, 0.999. Where FieldRow::first is set, a scale goes from 0 straight to it.
enum class Scale : std::uint8_t { kLinear, kLog, kLogToOne };
/// What setting a field means for a run in progress: it goes on with the new value, or it must start again.
enum class Effect : std::uint8_t { kLive, kRestart };

/// A field that matters only while another one has one of these values, or is large enough: forms show it then. Of a
/// field of list items the other one may be one of the same item ("model.layers[].initializer").
struct Condition {
  std::string_view path = {};
  std::span<const std::string_view> choices = {};
  double least = 0;  // where there are no choices: of a number, or of a boolean as 0 or 1
};

/// A field's value as it is handed to its setter: numbers, booleans (0 or 1) and choices (their position) as `number`.
struct FieldValue {
  double number = 0;
  std::string_view text = {};
};

template <typename Target>
struct FieldRow {
  std::string_view path;
  FieldType type = FieldType::kNumber;
  double initial = 0;  // default; for choices the position, for booleans 0 or 1. Texts default to "".
  double min = 0;      // for texts and lists: the fewest bytes or items
  double max = 0;      //                       the most
  Scale scale = Scale::kLinear;
  double first = 0;  // where min is 0 and means "none" or "off": the least value above it that a slider offers
  std::span<const std::string_view> choices = {};
  Effect effect = Effect::kRestart;
  Condition when = {};
  int since = 1;  // document version that brought the field
  void (*set)(Target& target, const FieldValue& value) = nullptr;
  std::string_view meaning = {};
};
using Field = FieldRow<Experiment>;
using LayerField = FieldRow<LayerSpec>;
using ColumnField = FieldRow<ColumnChoice>;

/// The lists a document has; each field of type kList is one of them.
inline constexpr std::string_view kLayersPath = "model.layers";
inline constexpr std::string_view kColumnsPath = "data.table.columns";

/// All fields outside lists, and the lists themselves, in the order of the document.
[[nodiscard]] std::span<const Field> fields();
/// The fields of one item of `model.layers`; their paths are relative to it.
[[nodiscard]] std::span<const LayerField> layer_fields();
/// Likewise of `data.table.columns`.
[[nodiscard]] std::span<const ColumnField> column_fields();

/// Calls `visit` with the fields of one item of a list.
template <typename Visit>
decltype(auto) with_item_fields(std::string_view list, Visit visit) {
  ensure(list == kColumnsPath || list == kLayersPath, "every list of a document has the fields of its items");
  return list == kColumnsPath ? visit(column_fields()) : visit(layer_fields());
}

/// The table as JSON, for forms and the reference: a list of {path, type, default, min, max, scale, first, choices,
/// effect, when, since, meaning}. Fields of list items have paths like "model.layers[].units" and follow their list.
[[nodiscard]] Json describe_fields();

/// The default of a field as it stands in a document.
template <typename Target>
[[nodiscard]] Json default_value(const FieldRow<Target>& field);

}  // namespace athanor
