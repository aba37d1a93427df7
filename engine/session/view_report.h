// The views of a session as JSON.
#pragma once

#include <vector>

#include "engine/core/json.h"
#include "engine/session/diagnosis.h"
#include "engine/session/layer_views.h"
#include "engine/session/neuron_view.h"
#include "engine/session/part_report.h"
#include "engine/session/step_trace.h"
#include "engine/session/step_view.h"
#include "engine/session/weight_view.h"

namespace athanor {

/// The bindings write the exact types of these out for TypeScript. What is not finite or has no value is null.
[[nodiscard]] Json describe_step(const StepView& view);
[[nodiscard]] Json describe_trace(const StepTrace& trace);
[[nodiscard]] Json describe_neuron_step(const NeuronStep& step);
[[nodiscard]] Json describe_histograms(const std::vector<Histogram>& histograms);
[[nodiscard]] Json describe_unit(const UnitView& view);
[[nodiscard]] Json describe_regression(const RegressionMeasures& measures);
[[nodiscard]] Json describe_diagnosis(const Diagnosis& diagnosis);
/// A list for each true class, with a count for each predicted one.
[[nodiscard]] Json describe_confusion(const Confusion& confusion);
[[nodiscard]] Json describe_threshold(const ThresholdReport& report);
[[nodiscard]] Json describe_part(const PartReport& report);

}  // namespace athanor
