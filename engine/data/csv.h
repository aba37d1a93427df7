// Reads comma-separated values as RFC 4180 has them: quoted cells, doubled quotes, line breaks inside quotes, CRLF or
// LF, a byte-order mark. Written here rather than taken from a library because every problem must name its line and the
// rest of the file must still be read, natively and in wasm, from text in memory.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/core/error.h"

namespace athanor {

struct CsvRecord {
  int line = 0;  // 1-based line the record begins on
  std::vector<std::string> cells;
};

/// Something wrong with one row. `column` is 1-based, 0 for the row as a whole.
struct RowProblem {
  int line = 0;
  int column = 0;
  ErrorCode code = ErrorCode::kInternal;
  ErrorParams params;
};

struct CsvText {
  std::vector<CsvRecord> records;    // the header among them; blank lines left out
  std::vector<RowProblem> problems;  // records that could not be read; they are not in `records`
};

/// Splits text into records. Never throws for what the text holds.
[[nodiscard]] CsvText read_csv(std::string_view text);

}  // namespace athanor
