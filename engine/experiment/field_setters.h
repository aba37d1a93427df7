// Setters and shorthands that the rows of the field table are written with.
#pragma once

#include <algorithm>
#include <array>
#include <string_view>
#include <type_traits>

#include "engine/experiment/fields.h"

namespace athanor::rows {

/// Setter of a member of Experiment or LayerSpec that a number converts to.
template <auto Member, typename Target>
void set_number(Target& target, const FieldValue& value) {
  using Type = std::remove_reference_t<decltype(target.*Member)>;
  target.*Member = static_cast<Type>(value.number);
}

template <auto Member, typename Target>
void set_text(Target& target, const FieldValue& value) {
  target.*Member = value.text;
}

/// Setter of a member of one of Experiment's parts: set_part<&Experiment::step, &StepSettings::l1>.
template <auto Part, auto Member>
void set_part(Experiment& target, const FieldValue& value) {
  using Type = std::remove_reference_t<decltype(target.*Part.*Member)>;
  target.*Part.*Member = static_cast<Type>(value.number);
}

/// Setter of a number in the optimiser's rule.
template <auto Member>
void set_rule(Experiment& target, const FieldValue& value) {
  target.step.rule.*Member = value.number;
}

/// Lists are filled item by item by the document reader.
inline void set_list(Experiment& /*target*/, const FieldValue& /*value*/) {}

/// A choice before those of a table.
template <std::size_t Size>
constexpr std::array<std::string_view, Size + 1> with_first(std::string_view first,
                                                            const std::array<std::string_view, Size>& names) {
  std::array<std::string_view, Size + 1> all{first};
  std::copy(names.begin(), names.end(), all.begin() + 1);
  return all;
}

using E = Experiment;
using Rule = OptimizerSettings;

}  // namespace athanor::rows
