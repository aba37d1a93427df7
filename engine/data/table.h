// Makes a data set of a CSV table: finds out which columns hold numbers, which one holds the class, and which rows are
// broken.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/data/csv.h"
#include "engine/data/dataset.h"
#include "engine/data/schema.h"

namespace athanor {

struct ColumnReport {
  std::string name;
  bool is_number = false;
  ColumnRole role = ColumnRole::kIgnored;
  Index missing = 0;
};

/// A table as read. When `error` is set the table as a whole cannot be used and `data` is empty. Rows with a problem
/// are listed and left out of `data`; missing values (empty, NA, N/A, NaN, null, ?) are not problems, they are NaN
/// there.
struct Table {
  Dataset data;
  std::vector<ColumnReport> columns;
  std::vector<RowProblem> problems;
  std::optional<Error> error;
};

/// `target` names the class column; when empty it is the last column that holds text, else the last one with at most
/// kMaxClasses different whole numbers. Text columns beside the target are ignored. Never throws for what the text
/// holds.
[[nodiscard]] Table read_table(std::string_view csv, std::string_view target);

}  // namespace athanor
