#include "bindings/calls.h"

#include <optional>

#include "bindings/convert.h"
#include "engine/core/threads.h"
#include "engine/data/table.h"
#include "engine/experiment/document.h"
#include "engine/experiment/fields.h"
#include "engine/session/reference.h"
#include "engine/session/report.h"
#include "engine/session/view_report.h"

namespace athanor::bindings {
namespace {

/// A pair of numbers as a JavaScript array.
val pair(double first, double second) {
  val array = val::array();
  array.set(0, first);
  array.set(1, second);
  return array;
}

}  // namespace

Json from_js(const val& value) {
  const val text = val::global("JSON").call<val>("stringify", value);
  // undefined and functions have no JSON; null stands for them and is refused where it does not fit.
  return text.isString() ? parse_json(text.as<std::string>()) : Json(nullptr);
}

std::string version() { return ATHANOR_VERSION; }

int most_threads() { return threads::most(); }

int set_threads(int count) {
  threads::set_count(count);
  return threads::count();
}

FieldsValue fields() { return FieldsValue(to_js(describe_fields())); }

GeneratorsValue generators() { return GeneratorsValue(to_js(describe_generators())); }

PresetsValue presets() { return PresetsValue(to_js(describe_presets())); }

ReferenceValue reference() {
  return ReferenceValue(to_js(json_object({{"ops", describe_ops()},
                                           {"stages", describe_stages()},
                                           {"optimizers", describe_optimizers()},
                                           {"errors", describe_errors()}})));
}

DocumentValue defaults() { return DocumentValue(to_js(default_document())); }

ProblemsValue validate_document(const AnyValue& document) {
  Json problems = Json::array();
  for (const Error& error : validate(from_js(document))) problems.push_back(describe(error));
  return ProblemsValue(to_js(problems));
}

DocumentValue complete_document(const AnyValue& document) { return DocumentValue(to_js(complete(from_js(document)))); }

TableReportValue read_csv_table(const std::string& text, const AnyValue& choices) {
  return TableReportValue(to_js(describe_table(preview_table(text, from_js(choices)))));
}

FlowchartValue flowchart() { return FlowchartValue(to_js(describe_flowchart(default_flowchart()))); }

std::string mermaid(const StageLabelsValue& labels, const EdgeLabelsValue& edges, const std::string& direction) {
  FlowLabels converted{.stages = {}, .yes = edges["yes"].as<std::string>(), .no = edges["no"].as<std::string>()};
  for (std::size_t i = 0; i < kStageCount; ++i) {
    converted.stages[i] = labels[std::string(kStageNames[i])].as<std::string>();
  }
  return to_mermaid(default_flowchart(), converted, direction);
}

std::unique_ptr<Session> create_session(const AnyValue& document) {
  return std::make_unique<Session>(from_js(document));
}

std::unique_ptr<Session> restore_session(const BytesValue& checkpoint) {
  return Session::restore(numbers_from_js<std::uint8_t>(checkpoint));
}

std::unique_ptr<CrossValidation> create_validation(const AnyValue& document) {
  return std::make_unique<CrossValidation>(from_js(document));
}

bool advance_validation(CrossValidation& validation, double milliseconds) { return validation.advance(milliseconds); }

ValidationValue validation_report(CrossValidation& validation) {
  return ValidationValue(to_js(describe_validation(validation)));
}

int advance(Session& session, double milliseconds, int max_epochs) {
  return static_cast<int>(session.advance(milliseconds, max_epochs));
}

void step_batch(Session& session) { session.step_batch(); }
void step_epoch(Session& session) { session.step_epoch(); }
void step_stage(Session& session) { session.step_stage(); }
bool step_stage_for(Session& session, double milliseconds) { return session.step_stage_for(milliseconds); }
void recover_session(Session& session) { session.recover(); }
void rewind_session(Session& session) { session.rewind(); }

EffectValue set_field(Session& session, const std::string& path, const AnyValue& value) {
  return EffectValue(val(session.set(path, from_js(value)) ? "live" : "restart"));
}

DocumentValue document(Session& session) { return DocumentValue(to_js(session.document())); }

StatusValue status(Session& session) { return StatusValue(to_js(describe_status(session))); }

EventsValue events(Session& session, int since) { return EventsValue(to_js(describe_events(session, since))); }

CleanedValue cleaned(Session& session) { return CleanedValue(to_js(describe_cleaned(session))); }

DoublesValue history(Session& session, int since_epoch) {
  return DoublesValue(to_js(history_rows(session, since_epoch)));
}

TrackedValue tracked(Session& session) { return TrackedValue(to_js(describe_tracked(session))); }

DoublesValue measure_history(Session& session, int since_epoch) {
  return DoublesValue(to_js(measure_rows(session, since_epoch)));
}

FloatsValue losses(Session& session) { return FloatsValue(to_js(session.losses())); }

DoublesValue loss_log(Session& session, int every) {
  std::vector<double> rows;
  for (const auto& [step, loss] : session.loss_log(every)) {
    rows.insert(rows.end(), {static_cast<double>(step), static_cast<double>(loss)});
  }
  return DoublesValue(to_js(rows));
}

DiagnosisValue diagnosis(Session& session) { return DiagnosisValue(to_js(describe_diagnosis(session.diagnosis()))); }

StepValue next_step(Session& session) { return StepValue(to_js(describe_step(session.next_step()))); }

StepTraceValue step_trace(Session& session, int sample, int layer, int unit, int input) {
  const TracePlace place{.sample = sample, .layer = layer, .unit = unit, .input = input};
  return StepTraceValue(to_js(describe_trace(session.step_trace(place))));
}

NeuronStepValue neuron_step(Session& session) {
  return NeuronStepValue(to_js(describe_neuron_step(session.neuron_step())));
}

PartReportValue measures(Session& session, const std::string& part) {
  return PartReportValue(to_js(describe_part(session.measures(part_named(part)))));
}

IntegersValue rows_in_cell(Session& session, const std::string& part, int truth, int predicted) {
  return IntegersValue(to_js(session.rows_in_cell(part_named(part), truth, predicted)));
}

DecisionsValue decisions(Session& session, const std::string& part, const ThresholdValue& threshold) {
  const Decisions decided = session.decisions(
      part_named(part), threshold.isNull() ? std::nullopt : std::optional<double>(threshold.as<double>()));
  val object = val::object();
  object.set("confusion", to_js(describe_confusion(decided.confusion)));
  object.set("rows", to_js(decided.rows));
  object.set("truths", to_js(decided.truths));
  object.set("predicted", to_js(decided.predicted));
  return DecisionsValue(val(object));
}

ThresholdReportValue at_threshold(Session& session, const std::string& part, int positive, double threshold) {
  return ThresholdReportValue(to_js(describe_threshold(session.at_threshold(part_named(part), positive, threshold))));
}

NeuronMapsValue neuron_maps(Session& session, int resolution, int x_column, int y_column) {
  const NeuronMaps maps = session.neuron_maps(resolution, x_column, y_column);
  val units = val::array();
  for (std::size_t k = 0; k < maps.units.size(); ++k) units.set(k, static_cast<double>(maps.units[k]));
  val object = val::object();
  object.set("resolution", static_cast<double>(maps.resolution));
  object.set("units", units);
  object.set("x", pair(static_cast<double>(maps.x[0]), static_cast<double>(maps.x[1])));
  object.set("y", pair(static_cast<double>(maps.y[0]), static_cast<double>(maps.y[1])));
  object.set("values", to_js(maps.values));
  return NeuronMapsValue(val(object));
}

WeightsValue weights(Session& session, int units) {
  val layers = val::array();
  int count = 0;
  for (const LayerWeights& layer : session.weights(units)) {
    val object = val::object();
    object.set("parameter", layer.parameter);
    object.set("inputs", static_cast<double>(layer.inputs));
    object.set("units", static_cast<double>(layer.units));
    object.set("shownInputs", static_cast<double>(layer.shown_inputs));
    object.set("shownUnits", static_cast<double>(layer.shown_units));
    object.set("weights", to_js(layer.weights));
    object.set("biases", to_js(layer.biases));
    layers.set(count++, object);
  }
  return WeightsValue(val(layers));
}

UnitValue unit(Session& session, int layer, int unit) {
  return UnitValue(to_js(describe_unit(session.unit(layer, unit))));
}

void set_parameter(Session& session, const std::string& name, int index, double value) {
  session.set_parameter(name, index, value);
}

void remove_neuron(Session& session, int layer, int unit) { session.remove_neuron(layer, unit); }

HistogramsValue histograms(Session& session, int bins) {
  return HistogramsValue(to_js(describe_histograms(session.histograms(bins))));
}

AxesValue axes(Session& session) {
  const auto [x, y] = session.axes();
  return AxesValue(pair(static_cast<double>(x), static_cast<double>(y)));
}

GridValue grid(Session& session, int resolution, int x_column, int y_column) {
  const Grid drawn = session.grid(resolution, x_column, y_column);
  val object = val::object();
  object.set("resolution", static_cast<double>(drawn.resolution));
  object.set("width", static_cast<double>(drawn.width));
  object.set("x", pair(drawn.x[0], drawn.x[1]));
  object.set("y", pair(drawn.y[0], drawn.y[1]));
  object.set("predictions", to_js(drawn.predictions));
  return GridValue(val(object));
}

PointsValue points(Session& session, int x_column, int y_column) {
  const Points shown = session.points(x_column, y_column);
  val object = val::object();
  object.set("x", to_js(shown.x));
  object.set("y", to_js(shown.y));
  object.set("label", to_js(shown.labels));
  object.set("value", to_js(shown.values));
  object.set("part", to_js(shown.parts));
  object.set("row", to_js(shown.rows));
  object.set("origin", to_js(shown.origins));
  return PointsValue(val(object));
}

FloatsValue predict(Session& session, const FloatsValue& features) {
  return FloatsValue(to_js(session.predict(numbers_from_js<Real>(features))));
}

bool gains_from_threads(Session& session) { return session.gains_from_threads(); }

BytesValue checkpoint(Session& session) { return BytesValue(to_js(session.checkpoint())); }

}  // namespace athanor::bindings
