// A session and the engine's tables as JSON: what front ends show.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/core/error.h"
#include "engine/core/json.h"
#include "engine/data/table.h"
#include "engine/session/cross_validation.h"
#include "engine/session/session.h"

namespace athanor {

/// {code, path, message, params}
[[nodiscard]] Json describe(const Error& error);

/// Where the run stands: stage, states and figures of all stages, edges, epoch and step, measures of the parts, sizes.
/// The bindings write the exact type out for TypeScript.
[[nodiscard]] Json describe_status(const Session& session);

/// Stages finished since event number `since`, at most those still kept: [{index, stage, seconds, duration, figures}].
[[nodiscard]] Json describe_events(const Session& session, std::int64_t since);

/// Rows of six: epoch, train loss, validation loss, train score (Measures::score), validation score, learning rate;
/// epochs after `since`.
[[nodiscard]] std::vector<double> history_rows(const Session& session, int since);

/// Names of what measure_rows() has, known once the data are read: [name].
[[nodiscard]] Json describe_tracked(const Session& session);

/// The same epochs as history_rows(): rows of a pair for each of describe_tracked(), train and validation; NaN for what
/// has no value.
[[nodiscard]] std::vector<double> measure_rows(const Session& session, int since);

/// What Clean did to single rows: [{row, reason, values, target}], `row` its position among those read or drawn.
[[nodiscard]] Json describe_cleaned(const Session& session);

/// {folds, finished, fold, epoch, maxEpochs, results: [{fold, epochs, trainLoss, validationLoss, score}], mean,
/// deviation}; null where a score has no value.
[[nodiscard]] Json describe_validation(const CrossValidation& validation);

/// What reading a table found: task, columns with kind, role and levels, classes, problems (at most 100 listed), or why
/// it cannot be used.
[[nodiscard]] Json describe_table(const Table& table);

/// {nodes: [{id, decision}], edges: [{from, to, when}]}
[[nodiscard]] Json describe_flowchart(const Flowchart& flowchart);

}  // namespace athanor
