// The TypeScript types of what crosses the boundary as plain JavaScript values, written next to the C++ names that
// bindings.cpp uses. Emscripten puts them into the generated athanor.d.ts; only the program that it runs for that
// (ATHANOR_TYPES) holds their texts, 3 kB compressed.
#pragma once

#include <emscripten/bind.h>
#include <emscripten/val.h>

#include "bindings/document_type.h"
#include "bindings/step_trace_type.h"

namespace athanor::bindings {

// NOLINTBEGIN(readability-identifier-naming): the macro makes the types
EMSCRIPTEN_DECLARE_VAL_TYPE(DocumentValue)
EMSCRIPTEN_DECLARE_VAL_TYPE(AnyValue)
EMSCRIPTEN_DECLARE_VAL_TYPE(FieldsValue)
EMSCRIPTEN_DECLARE_VAL_TYPE(ProblemsValue)
EMSCRIPTEN_DECLARE_VAL_TYPE(TableReportValue)
EMSCRIPTEN_DECLARE_VAL_TYPE(FlowchartValue)
EMSCRIPTEN_DECLARE_VAL_TYPE(StageLabelsValue)
EMSCRIPTEN_DECLARE_VAL_TYPE(EdgeLabelsValue)
EMSCRIPTEN_DECLARE_VAL_TYPE(EffectValue)
EMSCRIPTEN_DECLARE_VAL_TYPE(StatusValue)
EMSCRIPTEN_DECLARE_VAL_TYPE(EventsValue)
EMSCRIPTEN_DECLARE_VAL_TYPE(AxesValue)
EMSCRIPTEN_DECLARE_VAL_TYPE(GridValue)
EMSCRIPTEN_DECLARE_VAL_TYPE(PointsValue)
EMSCRIPTEN_DECLARE_VAL_TYPE(CleanedValue)
EMSCRIPTEN_DECLARE_VAL_TYPE(TrackedValue)
EMSCRIPTEN_DECLARE_VAL_TYPE(GeneratorsValue)
EMSCRIPTEN_DECLARE_VAL_TYPE(PresetsValue)
EMSCRIPTEN_DECLARE_VAL_TYPE(ReferenceValue)
EMSCRIPTEN_DECLARE_VAL_TYPE(DiagnosisValue)
EMSCRIPTEN_DECLARE_VAL_TYPE(StepValue)
EMSCRIPTEN_DECLARE_VAL_TYPE(StepTraceValue)
EMSCRIPTEN_DECLARE_VAL_TYPE(NeuronStepValue)
EMSCRIPTEN_DECLARE_VAL_TYPE(PartReportValue)
EMSCRIPTEN_DECLARE_VAL_TYPE(ValidationValue)
EMSCRIPTEN_DECLARE_VAL_TYPE(ThresholdValue)
EMSCRIPTEN_DECLARE_VAL_TYPE(ThresholdReportValue)
EMSCRIPTEN_DECLARE_VAL_TYPE(DecisionsValue)
EMSCRIPTEN_DECLARE_VAL_TYPE(NeuronMapsValue)
EMSCRIPTEN_DECLARE_VAL_TYPE(WeightsValue)
EMSCRIPTEN_DECLARE_VAL_TYPE(UnitValue)
EMSCRIPTEN_DECLARE_VAL_TYPE(HistogramsValue)
EMSCRIPTEN_DECLARE_VAL_TYPE(IntegersValue)
EMSCRIPTEN_DECLARE_VAL_TYPE(FloatsValue)
EMSCRIPTEN_DECLARE_VAL_TYPE(DoublesValue)
EMSCRIPTEN_DECLARE_VAL_TYPE(BytesValue)
// NOLINTEND(readability-identifier-naming)

#define ATHANOR_STAGE_ID "'prepare'|'clean'|'augment'|'split'|'done'|'train'|'evaluate'|'optimise'|'finish'"
#define ATHANOR_PROBLEM "{code: string, path: string, message: string, params: Record<string, string>}"
#define ATHANOR_FIGURES "{precision: number, recall: number, f1: number}"
#define ATHANOR_VALUE_FIGURES \
  "{mae: number|null, mse: number|null, rmse: number|null, r2: number|null, explainedVariance: number|null}"
#define ATHANOR_SPREAD "{mean: number|null, deviation: number|null, low: number|null, high: number|null}"
#define ATHANOR_MEASURES                                                                                   \
  "{loss: number, accuracy: number, precision: number, recall: number, f1: number, confusion: number[][]}" \
  "|({loss: number|null}&" ATHANOR_VALUE_FIGURES ")|null"

template <typename T>
void register_type([[maybe_unused]] const char* type) {
#ifdef ATHANOR_TYPES
  emscripten::register_type<T>(type);
#else
  emscripten::register_type<T>("unknown");
#endif
}

/// Of a type whose text is made from the engine's tables.
template <typename T, std::string (*Make)()>
void register_made_type() {
#ifdef ATHANOR_TYPES
  emscripten::register_type<T>(Make().c_str());
#else
  emscripten::register_type<T>("unknown");
#endif
}

/// Called once from EMSCRIPTEN_BINDINGS.
inline void register_types() {
  // clang-format off
  register_made_type<DocumentValue, document_type>();
  register_type<AnyValue>("unknown");
  register_type<FieldsValue>(
      "{path: string, type: 'integer'|'number'|'boolean'|'choice'|'text'|'list', default: unknown, min?: number,"
      " max?: number, scale?: 'linear'|'log'|'log_to_one', first?: number, choices?: string[], effect: 'live'|'restart',"
      " when?: {path: string, choices?: string[], least?: number}, since: number, meaning: string}[]");
  register_type<ProblemsValue>("(" ATHANOR_PROBLEM ")[]");
  register_type<TableReportValue>(
      "{rows: number, task: 'classification'|'regression',"
      " columns: {name: string, kind: 'numeric'|'ordinal'|'categorical', role: 'feature'|'target'|'ignored',"
      " levels: string[], missing: number}[], classes: string[],"
      " problems: {line: number, column: number, code: string, message: string, params: Record<string, string>}[],"
      " problemCount: number, error?: " ATHANOR_PROBLEM "}");
  register_type<FlowchartValue>(
      "{nodes: {id: " ATHANOR_STAGE_ID ", decision: boolean}[],"
      " edges: {from: " ATHANOR_STAGE_ID ", to: " ATHANOR_STAGE_ID ", when: ''|'yes'|'no'}[]}");
  register_type<StageLabelsValue>("Record<" ATHANOR_STAGE_ID ", string>");
  register_type<EdgeLabelsValue>("{yes: string, no: string}");
  register_type<EffectValue>("'live'|'restart'");
  register_type<StatusValue>(
      "{stage: " ATHANOR_STAGE_ID ", finished: boolean, failure: " ATHANOR_PROBLEM "|null, recoverable: boolean,"
      " restartNeeded: boolean,"
      " stages: {id: " ATHANOR_STAGE_ID ", state: 'idle'|'active'|'done'|'skipped'|'failed', visits: number,"
      " seconds: number, figures: Record<string, number>}[],"
      " edges: {from: " ATHANOR_STAGE_ID ", to: " ATHANOR_STAGE_ID ", visits: number}[],"
      " epoch: number, step: number, batch: number, batchesPerEpoch: number, learningRate: number,"
      " loss: number|null,"
      " measures: {train: " ATHANOR_MEASURES ", validation: " ATHANOR_MEASURES ", test: " ATHANOR_MEASURES "},"
      " stopReason: ''|'epochs'|'score'|'patience', task: 'classification'|'regression', columns: string[], classes: string[],"
      " rows: {train: number, validation: number, test: number}, parameters: number, memoryBytes: number}");
  register_type<EventsValue>(
      "{index: number, stage: " ATHANOR_STAGE_ID ", seconds: number, duration: number,"
      " figures: Record<string, number>}[]");
  register_type<AxesValue>("[number, number]");
  register_type<GridValue>(
      "{resolution: number, width: number, x: [number, number], y: [number, number],"
      " predictions: Float32Array<ArrayBuffer>}");
  register_type<PointsValue>(
      "{x: Float32Array<ArrayBuffer>, y: Float32Array<ArrayBuffer>, label: Uint8Array<ArrayBuffer>,"
      " value: Float32Array<ArrayBuffer>,"
      " part: Uint8Array<ArrayBuffer>, row: Int32Array<ArrayBuffer>, origin: Int32Array<ArrayBuffer>}");
  register_type<DiagnosisValue>(
      "{verdict: 'early'|'sound'|'overfitting'|'underfitting'|'diverging'|'chance'|'rate_high'"
      "|'rate_low', trainLoss: number|null,"
      " trainScore: number|null, validationLoss: number|null, bestEpoch: number, bestLoss: number|null,"
      " cures: {id: 'dropout'|'l2'|'early_stopping'|'more_data'|'more_neurons'|'less_penalty'|'lower_rate'|'clip'"
      "|'raise_rate',"
      " changes: {path: string, value: unknown}[]}[]}");
  register_type<StepValue>(
      "{step: number, epoch: number, batch: number, learningRate: number, update: boolean, rows: number[],"
      " columns: number, features: (number|null)[], outputs: number, targets: (number|null)[],"
      " layers: {name: string, units: number, sums: (number|null)[], outputs: (number|null)[]}[],"
      " rowLosses: (number|null)[], loss: number|null, gradientNorm: number|null, updateNorm: number|null,"
      " parameters: {name: string, shape: number[], trained: boolean, before: (number|null)[],"
      " gradient: (number|null)[], after: (number|null)[]}[]}");
  register_made_type<StepTraceValue, step_trace_type>();
  register_type<NeuronStepValue>(
      "{step: number, row: number, x: (number|null)[], target: number|null, initial: (number|null)[],"
      " before: (number|null)[], z: number|null, y: number|null, loss: number|null, lossByY: number|null,"
      " yByZ: number|null, gradient: (number|null)[], learningRate: number, after: (number|null)[], phases: {id: 'initialise'|'sum'|'activate'|'loss'|'gradient'|'update',"
      " lines: {formula: string, numbers: string}[]}[]}");
  register_type<CleanedValue>(
      "{row: number, reason: 'missing'|'duplicate'|'outlier'|'label'|'relabelled', values: (number|null)[],"
      " target: number}[]");
  register_type<TrackedValue>(
      "('accuracy'|'balancedAccuracy'|'precision'|'recall'|'f1'|'matthews'|'kappa'"
      "|'r2'|'rmse'|'mae'|'mse'|'explainedVariance')[]");
  register_type<GeneratorsValue>(
      "{name: string, task: 'classification'|'regression', dimensions: number, leastClasses: number,"
      " mostClasses: number, meaning: string}[]");
  register_type<PresetsValue>("{name: string, document: object, table: string, meaning: string}[]");
  register_type<ReferenceValue>(
      "{ops: {name: string, arity: number, meaning: string, onnx: string, inPlace: boolean, hasGradient: boolean}[],"
      " stages: {id: " ATHANOR_STAGE_ID ", decision: boolean, meaning: string}[],"
      " optimizers: {name: string, slots: number, decays: boolean, meaning: string}[],"
      " errors: {code: string, sentence: string}[]}");
  register_type<PartReportValue>(
      "{rows: number, loss: number|null, baseline: number,"
      " classification: {accuracy: number, balancedAccuracy: number, matthews: number,"
      " kappa: number, classes: (" ATHANOR_FIGURES " & {truths: number, predictions: number})[],"
      " macro: " ATHANOR_FIGURES ", micro: " ATHANOR_FIGURES ", weighted: " ATHANOR_FIGURES "}|null,"
      " probability: {logLoss: number|null, brier: number|null, rocAuc: number|null, averagePrecision: number|null,"
      " rocAucs: (number|null)[], averagePrecisions: (number|null)[],"
      " roc: [number, number, number|null][][], precisionRecall: [number, number, number|null][][]}|null,"
      " regression: " ATHANOR_VALUE_FIGURES "|null}");
  register_type<ValidationValue>(
      "{folds: number, finished: boolean, fold: number, epoch: number, maxEpochs: number,"
      " results: {fold: number, epochs: number, trainLoss: number|null, validationLoss: number|null,"
      " score: number|null}[], mean: number|null, deviation: number|null}");
  register_type<ThresholdValue>("number|null");
  register_type<ThresholdReportValue>(
      "{truePositives: number, falsePositives: number, falseNegatives: number, trueNegatives: number,"
      " accuracy: number, falsePositiveRate: number} & " ATHANOR_FIGURES);
  register_type<DecisionsValue>(
      "{confusion: number[][], rows: Int32Array<ArrayBuffer>, truths: Int32Array<ArrayBuffer>,"
      " predicted: Int32Array<ArrayBuffer>}");
  register_type<NeuronMapsValue>(
      "{resolution: number, units: number[], x: [number, number], y: [number, number],"
      " values: Float32Array<ArrayBuffer>}");
  register_type<WeightsValue>(
      "{parameter: string, inputs: number, units: number, shownInputs: number, shownUnits: number,"
      " weights: Float32Array<ArrayBuffer>, biases: Float32Array<ArrayBuffer>}[]");
  register_type<UnitValue>(
      "{parameter: string, unit: number, inputs: number, weights: (number|null)[], bias: number|null, rows: number,"
      " sum: " ATHANOR_SPREAD ", output: " ATHANOR_SPREAD "}");
  register_type<HistogramsValue>(
      "{quantity: 'weights'|'gradients'|'activations', name: string, low: number, high: number, mean: number,"
      " deviation: number, counts: number[], notFinite: number}[]");
  register_type<IntegersValue>("Int32Array<ArrayBuffer>");
  register_type<FloatsValue>("Float32Array<ArrayBuffer>");
  register_type<DoublesValue>("Float64Array<ArrayBuffer>");
  register_type<BytesValue>("Uint8Array<ArrayBuffer>");
  // clang-format on
}

}  // namespace athanor::bindings
