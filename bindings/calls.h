// What JavaScript can call: each function converts its arguments, calls the engine and converts the result.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "bindings/types.h"
#include "engine/session/cross_validation.h"
#include "engine/session/session.h"

namespace athanor::bindings {

// The engine's tables and documents
std::string version();

/// How many threads this variant and this machine can make use of; and how many help from now on with what is large,
/// the calling one included: gives back how many there are (engine/core/threads.h). Once for all: whoever waits for
/// threads to end keeps a browser from starting those that have not begun.
int most_threads();
int set_threads(int count);
FieldsValue fields();
GeneratorsValue generators();
PresetsValue presets();
ReferenceValue reference();
DocumentValue defaults();
ProblemsValue validate_document(const AnyValue& document);
DocumentValue complete_document(const AnyValue& document);
/// `choices` is the section data.table of a document; its `csv` does not count.
TableReportValue read_csv_table(const std::string& text, const AnyValue& choices);
FlowchartValue flowchart();
std::string mermaid(const StageLabelsValue& labels, const EdgeLabelsValue& edges, const std::string& direction);

// Sessions
std::unique_ptr<Session> create_session(const AnyValue& document);
std::unique_ptr<Session> restore_session(const BytesValue& checkpoint);
std::unique_ptr<CrossValidation> create_validation(const AnyValue& document);
/// Whether there is more to do.
bool advance_validation(CrossValidation& validation, double milliseconds);
ValidationValue validation_report(CrossValidation& validation);
int advance(Session& session, double milliseconds, int max_epochs);
void step_batch(Session& session);
void step_epoch(Session& session);
void step_stage(Session& session);
bool step_stage_for(Session& session, double milliseconds);
void recover_session(Session& session);
void rewind_session(Session& session);
EffectValue set_field(Session& session, const std::string& path, const AnyValue& value);
DocumentValue document(Session& session);
StatusValue status(Session& session);
EventsValue events(Session& session, int since);
CleanedValue cleaned(Session& session);
DoublesValue history(Session& session, int since_epoch);
TrackedValue tracked(Session& session);
DoublesValue measure_history(Session& session, int since_epoch);
FloatsValue losses(Session& session);
DoublesValue loss_log(Session& session, int every);
DiagnosisValue diagnosis(Session& session);
StepValue next_step(Session& session);
StepTraceValue step_trace(Session& session, int sample, int layer, int unit, int input);
NeuronStepValue neuron_step(Session& session);
PartReportValue measures(Session& session, const std::string& part);
IntegersValue rows_in_cell(Session& session, const std::string& part, int truth, int predicted);
/// `threshold` is a number, or null for the most probable class.
DecisionsValue decisions(Session& session, const std::string& part, const ThresholdValue& threshold);
ThresholdReportValue at_threshold(Session& session, const std::string& part, int positive, double threshold);
NeuronMapsValue neuron_maps(Session& session, int resolution, int x_column, int y_column);
WeightsValue weights(Session& session, int units);
UnitValue unit(Session& session, int layer, int unit);
void set_parameter(Session& session, const std::string& name, int index, double value);
void remove_neuron(Session& session, int layer, int unit);
HistogramsValue histograms(Session& session, int bins);
AxesValue axes(Session& session);
GridValue grid(Session& session, int resolution, int x_column, int y_column);
PointsValue points(Session& session, int x_column, int y_column);
FloatsValue predict(Session& session, const FloatsValue& features);
bool gains_from_threads(Session& session);
BytesValue checkpoint(Session& session);

}  // namespace athanor::bindings
