// The TypeScript types of what crosses the boundary as plain JavaScript values, written next to the C++ names that
// bindings.cpp uses. Emscripten puts them into the generated athanor.d.ts.
#pragma once

#include <emscripten/bind.h>
#include <emscripten/val.h>

#include "bindings/document_type.h"

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
EMSCRIPTEN_DECLARE_VAL_TYPE(FloatsValue)
EMSCRIPTEN_DECLARE_VAL_TYPE(DoublesValue)
EMSCRIPTEN_DECLARE_VAL_TYPE(BytesValue)
// NOLINTEND(readability-identifier-naming)

#define ATHANOR_STAGE_ID "'prepare'|'clean'|'augment'|'split'|'done'|'train'|'evaluate'|'optimise'|'finish'"
#define ATHANOR_PROBLEM "{code: string, path: string, message: string, params: Record<string, string>}"
#define ATHANOR_MEASURES                                                                                   \
  "{loss: number, accuracy: number, precision: number, recall: number, f1: number, confusion: number[][]}" \
  "|{loss: number|null, mae: number, rmse: number, r2: number|null, explainedVariance: number|null}|null"

/// Called once from EMSCRIPTEN_BINDINGS.
inline void register_types() {
  using emscripten::register_type;
  // clang-format off
  register_type<DocumentValue>(document_type().c_str());
  register_type<AnyValue>("unknown");
  register_type<FieldsValue>(
      "{path: string, type: 'integer'|'number'|'boolean'|'choice'|'text'|'list', default: unknown, min?: number,"
      " max?: number, scale?: 'linear'|'log', choices?: string[], effect: 'live'|'restart',"
      " when?: {path: string, choices: string[]}, since: number, meaning: string}[]");
  register_type<ProblemsValue>("(" ATHANOR_PROBLEM ")[]");
  register_type<TableReportValue>(
      "{rows: number, columns: {name: string, kind: 'number'|'text', role: 'feature'|'target'|'ignored',"
      " missing: number}[], classes: string[],"
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
      " stages: {id: " ATHANOR_STAGE_ID ", state: 'idle'|'active'|'done'|'failed', visits: number,"
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
      " part: Uint8Array<ArrayBuffer>}");
  register_type<FloatsValue>("Float32Array<ArrayBuffer>");
  register_type<DoublesValue>("Float64Array<ArrayBuffer>");
  register_type<BytesValue>("Uint8Array<ArrayBuffer>");
  // clang-format on
}

}  // namespace athanor::bindings
