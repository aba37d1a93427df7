// A CSV table as cells: its limits checked, its header read, nothing yet made of its values.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/error.h"
#include "engine/core/real.h"
#include "engine/data/csv.h"

namespace athanor {

inline constexpr std::size_t kMaxCsvBytes = 4 * 1024 * 1024;

struct CellTable {
  std::vector<std::string> names;    // of the columns; those without a name are called "column 2"
  std::vector<CsvRecord> records;    // each as wide as the header, at least one
  std::vector<RowProblem> problems;  // records that could not be read or have another width; they are not in `records`
};

/// Throws what makes the table as a whole unusable, at "data.table": kCsvTooLarge, kCsvEmpty, kCsvTooManyColumns,
/// kCsvTooManyRows, kCsvDuplicateColumn.
[[nodiscard]] CellTable read_cells(std::string_view csv);

/// Whether a cell says that there is no value: empty, NA, N/A, NaN, nan, null, NULL or ?.
[[nodiscard]] bool is_missing(std::string_view cell);

/// The number a cell holds, when the whole cell is a decimal one and it is finite as a float, in both builds.
[[nodiscard]] std::optional<Real> number_of(const std::string& cell);

/// An error about the table as a whole.
[[nodiscard]] Error table_refusal(ErrorCode code, ErrorParams params = {});

}  // namespace athanor
