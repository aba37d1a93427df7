// Values made by other libraries, kept in tests/golden beside the scripts that made them.
#pragma once

#include <cmath>
#include <fstream>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "engine/core/error.h"
#include "engine/core/json.h"
#include "engine/core/shape.h"

namespace athanor::testing {

/// Reads tests/golden/<name>.
inline Json read_golden(const std::string& name) {
  std::ifstream file(std::string(ATHANOR_SOURCE_DIR) + "/tests/golden/" + name);
  ensure(file.good(), "the golden file is there");
  return Json::parse(file);
}

inline Shape golden_shape(const Json& tensor) {
  Shape shape;
  for (const Json& size : tensor.at("shape")) shape.push_back(size.get<Index>());
  return shape;
}

/// JSON has no NaN or infinity: the goldens write them as text.
inline std::vector<double> golden_values(const Json& list) {
  std::vector<double> values;
  for (const Json& value : list) {
    values.push_back(value.is_string() ? std::stod(value.get<std::string>()) : value.get<double>());
  }
  return values;
}

/// Whether two numbers agree as PyTorch's allclose has it.
inline bool close(double value, double expected, double relative, double absolute) {
  return std::abs(value - expected) <= absolute + relative * std::abs(expected);
}

/// The value of a measure that may have none; NaN, which nothing is close to, when it has none.
inline double figure(std::optional<double> value) { return value.value_or(std::numeric_limits<double>::quiet_NaN()); }

}  // namespace athanor::testing
