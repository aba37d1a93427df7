// Makes a data set of a CSV table: finds out what its columns are, which one is the target, and which rows are broken.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/error.h"
#include "engine/data/csv.h"
#include "engine/data/dataset.h"
#include "engine/data/schema.h"

namespace athanor {

struct ColumnReport {
  std::string name;
  ColumnRole role = ColumnRole::kIgnored;
  ColumnKind kind = ColumnKind::kNumeric;
  std::vector<std::string> levels;  // of ordinal and categorical features, in the order they are encoded in
  Index missing = 0;
};

/// A table as read. When `error` is set the table as a whole cannot be used and `data` is empty. Rows with a problem
/// are listed and left out of `data`; missing values (empty, NA, N/A, NaN, null, ?) are not problems, they are NaN
/// there. Levels of categorical features are those of all rows (see hide_unseen_levels), classes those of the rows that
/// could be read.
struct Table {
  Dataset data;
  std::vector<ColumnReport> columns;
  std::vector<RowProblem> problems;
  std::optional<Error> error;
};

/// What a person says of a table; the rest is found out (guess_schema).
struct TableChoices {
  std::string_view target = {};  // name of the target column
  std::optional<Task> task = {};
  std::span<const ColumnChoice> columns = {};
};

/// Never throws for what the text or the choices hold.
[[nodiscard]] Table read_table(std::string_view csv, const TableChoices& choices);

}  // namespace athanor
