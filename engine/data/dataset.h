// Rows of numbers with a class or a real value each, as they pass through the stages of the pipeline.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "engine/core/real.h"

namespace athanor {

inline constexpr Index kMaxRows = 100'000;
inline constexpr Index kMaxColumns = 256;
inline constexpr Index kMaxClasses = 20;

/// What is to be learnt of a row: its class, or a real value.
enum class Task : std::uint8_t { kClassification, kRegression };

/// Columns made of one categorical feature: 1 for the row's level, 0 for the others; all 0 for an unknown level, shares
/// of 1 where a missing one was filled in or rows were mixed.
struct LevelGroup {
  std::string name;     // of the feature
  Index begin = 0;      // its first column
  Index size = 0;       // its levels
  Index embedding = 0;  // numbers that the network turns them into by a trained
                        // table; 0: it takes them as they are
};

struct Dataset {
  std::vector<std::string> columns;
  std::vector<LevelGroup> groups;     // by rising `begin`
  std::vector<std::string> classes;   // empty for regression
  std::vector<Real> features;         // (rows, columns); NaN where a value is missing
  std::vector<std::int32_t> labels;   // (rows), positions in `classes`; all 0 for regression
  std::vector<std::int32_t> origins;  // (rows): augmented copies carry the origin of the row they were made from
  std::vector<std::uint8_t> is_copy;  // (rows)
  Task task = Task::kClassification;
  std::vector<Real> values;  // (rows) targets of regression; empty for classification

  [[nodiscard]] Index rows() const { return static_cast<Index>(labels.size()); }
  [[nodiscard]] Index width() const { return static_cast<Index>(columns.size()); }
  [[nodiscard]] std::span<const Real> row(Index index) const {
    return std::span(features).subspan(static_cast<std::size_t>(index * width()), columns.size());
  }

  /// Whether a column stands for a level of a categorical feature: nothing to scale, to move or to call far out.
  [[nodiscard]] bool is_level(Index column) const;

  /// Appends an original row of classification; its origin is its own position.
  void append(std::span<const Real> row_values, std::int32_t label);
  /// Appends an original row of regression.
  void append_value(std::span<const Real> row_values, Real value);
  /// Appends a copy made from the row at `original`: it has that row's class, value and origin.
  void append_copy(std::span<const Real> row_values, Index original);
  /// Keeps the rows whose flag is set, in order.
  void keep(const std::vector<bool>& flags);
};

}  // namespace athanor
