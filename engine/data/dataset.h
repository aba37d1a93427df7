// Rows of numbers with a class each, as they pass through the stages of the pipeline.
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

struct Dataset {
  std::vector<std::string> columns;
  std::vector<std::string> classes;
  std::vector<Real> features;         // (rows, columns); NaN where a value is missing
  std::vector<std::int32_t> labels;   // (rows), positions in `classes`
  std::vector<std::int32_t> origins;  // (rows): augmented copies carry the origin of the row they were made from
  std::vector<std::uint8_t> is_copy;  // (rows)

  [[nodiscard]] Index rows() const { return static_cast<Index>(labels.size()); }
  [[nodiscard]] Index width() const { return static_cast<Index>(columns.size()); }
  [[nodiscard]] std::span<const Real> row(Index index) const {
    return std::span(features).subspan(static_cast<std::size_t>(index * width()), columns.size());
  }

  /// Appends an original row; its origin is its own position.
  void append(std::span<const Real> values, std::int32_t label);
  /// Keeps the rows whose flag is set, in order.
  void keep(const std::vector<bool>& flags);
};

}  // namespace athanor
