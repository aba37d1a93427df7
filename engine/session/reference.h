// The engine's tables as JSON, for forms, start cards and the reference.
#pragma once

#include "engine/core/json.h"

namespace athanor {

/// [{name, task, dimensions, leastClasses, mostClasses, meaning}]; the classes are 0 for regression.
[[nodiscard]] Json describe_generators();

/// [{name, document, table, meaning}]: of the documents what differs from the defaults; where `table` names a file, its
/// text is to be put at data.table.csv.
[[nodiscard]] Json describe_presets();

/// [{name, arity, meaning, onnx, inPlace, hasGradient}] in the order of the table.
[[nodiscard]] Json describe_ops();

/// [{id, decision, meaning}] in the order of the default flowchart.
[[nodiscard]] Json describe_stages();

/// [{name, slots, decays, meaning}]
[[nodiscard]] Json describe_optimizers();

/// [{code, sentence}]: the English sentences with their parameters as {name}.
[[nodiscard]] Json describe_errors();

}  // namespace athanor
