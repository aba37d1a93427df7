#include "engine/pipeline/parts.h"

#include <algorithm>
#include <string>

#include "engine/core/error.h"

namespace athanor {

void require_enough(const Dataset& data, Stage stage) {
  if (data.rows() < kMinRows) {
    throw Error(ErrorCode::kTooFewRows, std::string(stage_name(stage)),
                {{"value", std::to_string(data.rows())}, {"min", std::to_string(kMinRows)}});
  }
  if (data.task == Task::kRegression) return;
  std::vector<bool> present(data.classes.size(), false);
  for (const std::int32_t label : data.labels) present[static_cast<std::size_t>(label)] = true;
  const auto count = std::count(present.begin(), present.end(), true);
  if (count < 2) {
    throw Error(ErrorCode::kTooFewClasses, std::string(stage_name(stage)), {{"value", std::to_string(count)}});
  }
}

PartMatrix make_part(const Dataset& data, std::span<const std::int32_t> rows, const MlpSpec& spec,
                     const Scaler& features, const Scaler& target) {
  PartMatrix part{.rows = static_cast<Index>(rows.size())};
  const auto columns = static_cast<std::size_t>(spec.columns);
  part.features.resize(rows.size() * columns);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto row = static_cast<std::size_t>(rows[i]);
    features.apply(data.row(rows[i]), std::span(part.features).subspan(i * columns, columns));
    part.labels.push_back(data.labels[row]);
    if (data.task == Task::kRegression) part.values.push_back(data.values[row]);
  }
  if (data.task == Task::kRegression && !target.is_identity) {
    part.target_shift = target.shift[0];
    part.target_scale = target.scale[0];
  }
  encode_targets(spec, part);
  return part;
}

void encode_targets(const MlpSpec& spec, PartMatrix& part) {
  const auto outputs = static_cast<std::size_t>(output_count(spec));
  part.targets.resize(part.labels.size() * outputs);
  for (std::size_t i = 0; i < part.labels.size(); ++i) {
    if (spec.classes == 0) {
      part.targets[i] = (part.values[i] - part.target_shift) / part.target_scale;
    } else {
      encode_target(spec, part.labels[i], std::span(part.targets).subspan(i * outputs, outputs));
    }
  }
}

}  // namespace athanor
