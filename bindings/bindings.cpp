// Declarations only: names as JavaScript sees them, functions from calls.h.
#include <emscripten/bind.h>

#include "bindings/calls.h"
#include "bindings/guard.h"

namespace js = athanor::bindings;
using js::kGuarded;

EMSCRIPTEN_BINDINGS(athanor) {
  js::register_types();

  emscripten::function("version()", kGuarded<js::version>);
  emscripten::function("mostThreads()", kGuarded<js::most_threads>);
  emscripten::function("setThreads(count)", kGuarded<js::set_threads>);
  emscripten::function("fields()", kGuarded<js::fields>);
  emscripten::function("generators()", kGuarded<js::generators>);
  emscripten::function("presets()", kGuarded<js::presets>);
  emscripten::function("reference()", kGuarded<js::reference>);
  emscripten::function("defaults()", kGuarded<js::defaults>);
  emscripten::function("validate(document)", kGuarded<js::validate_document>);
  emscripten::function("complete(document)", kGuarded<js::complete_document>);
  emscripten::function("readCsv(text, choices)", kGuarded<js::read_csv_table>);
  emscripten::function("flowchart()", kGuarded<js::flowchart>);
  emscripten::function("mermaid(labels, edgeLabels, direction)", kGuarded<js::mermaid>);
  emscripten::function("createSession(document)", kGuarded<js::create_session>);
  emscripten::function("restoreSession(checkpoint)", kGuarded<js::restore_session>);

  emscripten::function("createCrossValidation(document)", kGuarded<js::create_validation>);

  emscripten::class_<athanor::CrossValidation>("CrossValidation")
      .function("advance(milliseconds)", kGuarded<js::advance_validation>)
      .function("report()", kGuarded<js::validation_report>);

  emscripten::class_<athanor::Session>("Session")
      .function("advance(milliseconds, maxEpochs)", kGuarded<js::advance>)
      .function("stepBatch()", kGuarded<js::step_batch>)
      .function("stepEpoch()", kGuarded<js::step_epoch>)
      .function("stepStage()", kGuarded<js::step_stage>)
      .function("stepStageFor(milliseconds)", kGuarded<js::step_stage_for>)
      .function("recover()", kGuarded<js::recover_session>)
      .function("rewind()", kGuarded<js::rewind_session>)
      .function("set(path, value)", kGuarded<js::set_field>)
      .function("document()", kGuarded<js::document>)
      .function("status()", kGuarded<js::status>)
      .function("events(since)", kGuarded<js::events>)
      .function("cleaned()", kGuarded<js::cleaned>)
      .function("history(sinceEpoch)", kGuarded<js::history>)
      .function("tracked()", kGuarded<js::tracked>)
      .function("measureHistory(sinceEpoch)", kGuarded<js::measure_history>)
      .function("losses()", kGuarded<js::losses>)
      .function("lossLog(every)", kGuarded<js::loss_log>)
      .function("diagnosis()", kGuarded<js::diagnosis>)
      .function("nextStep()", kGuarded<js::next_step>)
      .function("stepTrace(sample, layer, unit, input)", kGuarded<js::step_trace>)
      .function("neuronStep()", kGuarded<js::neuron_step>)
      .function("measures(part)", kGuarded<js::measures>)
      .function("rowsInCell(part, truth, predicted)", kGuarded<js::rows_in_cell>)
      .function("decisions(part, threshold)", kGuarded<js::decisions>)
      .function("atThreshold(part, positive, threshold)", kGuarded<js::at_threshold>)
      .function("neuronMaps(resolution, xColumn, yColumn)", kGuarded<js::neuron_maps>)
      .function("weights(units)", kGuarded<js::weights>)
      .function("unit(layer, unit)", kGuarded<js::unit>)
      .function("setParameter(name, index, value)", kGuarded<js::set_parameter>)
      .function("removeNeuron(layer, unit)", kGuarded<js::remove_neuron>)
      .function("histograms(bins)", kGuarded<js::histograms>)
      .function("axes()", kGuarded<js::axes>)
      .function("grid(resolution, xColumn, yColumn)", kGuarded<js::grid>)
      .function("points(xColumn, yColumn)", kGuarded<js::points>)
      .function("predict(features)", kGuarded<js::predict>)
      .function("gainsFromThreads()", kGuarded<js::gains_from_threads>)
      .function("checkpoint()", kGuarded<js::checkpoint>);
}
