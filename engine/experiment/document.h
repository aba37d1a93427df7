// The experiment document: JSON in, typed experiment out. Unknown and bad fields are refused with their path, the value
// and what is allowed.
#pragma once

#include <string_view>
#include <vector>

#include "engine/core/error.h"
#include "engine/core/json.h"
#include "engine/experiment/experiment.h"

namespace athanor {

/// Bytes of a document as text: a full table and room for the rest.
inline constexpr std::size_t kMaxDocumentBytes = 9 * 1024 * 1024;

/// Reads JSON text. Throws kBadJson with line and column, kTooLong.
[[nodiscard]] Json parse_json(std::string_view text);

/// A complete document with every field at its default.
[[nodiscard]] Json default_document();

/// Every problem of a document, in the order of the document; empty when it can be run.
[[nodiscard]] std::vector<Error> validate(const Json& document);

/// The document with defaults filled in and members in the order of the field table. Throws the first problem.
[[nodiscard]] Json complete(const Json& document);

/// The typed experiment of a complete document.
[[nodiscard]] Experiment read_experiment(const Json& document);

/// The table in `csv` as a document would have it read whose `data.table` has these members; what they say of `csv` is
/// not heeded. Throws their first problem, never for what the text holds: Table::error says that.
[[nodiscard]] Table preview_table(std::string_view csv, const Json& choices);

/// A copy of a complete document with one field set: `path` is a field's path ("training.learning_rate",
/// "model.layers", "model.layers[1].units"). Throws when the path or the value is bad; the given document is never
/// changed.
[[nodiscard]] Json with_field(const Json& document, std::string_view path, const Json& value);

/// Whether setting this path lets a run go on. Throws kUnknownField.
[[nodiscard]] bool is_live(std::string_view path);

}  // namespace athanor
